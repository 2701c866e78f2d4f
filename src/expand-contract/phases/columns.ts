import type { ChangeOf, TableName } from './change';
import { endOfTrigger, noteOf, probeOf, requirementOf, rowAsTable, rowTrigger, tableOf, triggerName } from './dual-write';
import { givenName, notNullUnits, onlyIf } from './not-null';
import type { Phases, Unit } from './phases';
import { alter, NOTHING, unit, variableOf } from './units';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote';

/** A column more; the old version need not know it. */
export function addColumn(name: string, change: ChangeOf<'addColumn'>): Phases {
  const column = quoteIdentifier(change.column);
  const target = tableOf(change);
  const { value } = change;
  const added = [
    `ALTER TABLE ${target} ADD COLUMN ${column} ${change.type};`,
    ...value === undefined ? [] : [requirementOf(fillName(name), change, []), probeOf(change, [{ column: change.column, value }])],
  ];
  return {
    ...NOTHING,
    name,
    expand: [
      unit(change, `${change.column} is there`, added.join('\n')),
      ...change.default === undefined ? [] : [alter(change, `new rows get a ${change.column}`, `ALTER COLUMN ${column} SET DEFAULT ${change.default}`)],
      ...value === undefined ? [] : [fillUnit(name, change, change.column, value, change.notNull === true)],
    ],
    backfill: value === undefined && change.default === undefined ? undefined
      : { table: target, assignments: `${column} = (${value ?? change.default})`, condition: `${column} IS NULL` },
    complete: change.notNull === true ? notNullUnits(change, change.column) : [],
    contract: value === undefined ? [] : [endOfFill(name, change)],
    notesOldWrites: value !== undefined,
    abort: [
      ...value === undefined ? [] : [{ ...endOfFill(name, change), undoes: change.default === undefined ? 1 : 2 }],
      { ...alter(change, `${change.column} goes again`, `DROP COLUMN IF EXISTS ${column}`), undoes: 0 },
    ],
  };
}

/** A column that must be given: rows that lack it get a value first. */
export function setNotNull(name: string, change: ChangeOf<'setNotNull'>): Phases {
  const column = quoteIdentifier(change.column);
  const { value } = change;
  const check = quoteIdentifier(givenName(change, change.column));
  const target = tableOf(change);
  const { text: wasNotNull, ...variable } = variableOf(name, change, change.column, 'given', 'not null');
  return {
    ...NOTHING,
    name,
    variables: [variable],
    expand: value === undefined ? [] : [fillUnit(name, change, change.column, value, true)],
    backfill: value === undefined ? undefined : { table: target, assignments: `${column} = (${value})`, condition: `${column} IS NULL` },
    complete: notNullUnits(change, change.column),
    contract: value === undefined ? [] : [endOfFill(name, change)],
    notesOldWrites: value !== undefined,
    abort: [
      ...value === undefined ? [] : [{ ...endOfFill(name, change), undoes: 0 }],
      unit(change, `${change.column} may be null again`, onlyIf(
        `NOT ${wasNotNull}`, `ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${check}, ALTER COLUMN ${column} DROP NOT NULL;`,
      )),
    ],
  };
}

function fillName(name: string): string {
  return triggerName(name, 'fill');
}

/** What the old version leaves out, the database gives; where it must be given, whoever leaves it out is not ready for contract, whatever it is called. */
function fillUnit(name: string, table: TableName, column: string, value: string, mustBeGiven: boolean): Unit {
  const quoted = quoteIdentifier(column);
  return unit(table, `rows without ${column} get one`, [
    requirementOf(fillName(name), table, [column]),
    probeOf(table, [{ column, value }]),
    rowTrigger(fillName(name), table, [column], `BEGIN
  IF NEW.${quoted} IS NULL THEN
    SELECT (${value}) INTO NEW.${quoted} FROM ${rowAsTable(table)};
    ${noteOf(name, mustBeGiven ? 'whoever' : 'unless new')}
  END IF;
  RETURN NEW;
END`),
  ].join('\n'));
}

function endOfFill(name: string, table: TableName): Unit {
  return unit(table, 'the old version is gone, and all give it themselves', endOfTrigger(fillName(name), table));
}

/** A column less: the new version can do without from the beginning, and the old one loses it at the end. */
export function dropColumn(name: string, change: ChangeOf<'dropColumn'>): Phases {
  const column = quoteIdentifier(change.column);
  const { text: wasNotNull, ...variable } = variableOf(name, change, change.column, 'given', 'not null');
  return {
    ...NOTHING,
    name,
    variables: [variable],
    expand: [unit(change, `rows need no ${change.column}`, [
      '-- zero-downtime/accepted.drop-not-null: rows of the new version hold null, and whoever declares this knows that the old version bears that',
      `ALTER TABLE ${tableOf(change)} ALTER COLUMN ${column} DROP NOT NULL;`,
    ].join('\n'))],
    contract: [unit(change, `${change.column} goes`, [
      `SELECT zero_downtime.require_unread(${[tableOf(change), change.column].map(quoteLiteral).join(', ')});`,
      `ALTER TABLE ${tableOf(change)} DROP COLUMN ${column};`,
    ].join('\n'))],
    abort: notNullUnits(change, change.column, wasNotNull).map((each) => ({ ...each, undoes: 0 })),
  };
}
