import type { ChangeOf, TableName } from './change';
import { dollarQuoted } from './dollar-quote';
import {
  backfillOf, endOfTrigger, probeOf, requirementOf, rowAsTable, rowTrigger, syncName, syncTrigger, tableOf, triggerName, verificationOf, type Pair,
} from './dual-write';
import { givenName, isNotNull, notNullUnits, onlyIf } from './not-null';
import type { Phases, Unit, Variable } from './phases';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote';

const NOTHING = { variables: [], expand: [], complete: [], contract: [], abort: [], notesOldWrites: false } as const;

/** One that no name or expression of the change holds, which would be replaced too. */
function variableOf(change: TableName, column: string, name: string, what: Variable['what']): Variable & { readonly text: string } {
  return JSON.stringify(change).includes(`{{${name}}}`) ? variableOf(change, column, `${name}_`, what)
    : { name, what, table: tableOf(change), column, text: `{{${name}}}` };
}

function unit(table: TableName, title: string, sql: string): Unit {
  return { title, tables: [tableOf(table)], sql };
}

function alter(table: TableName, title: string, command: string): Unit {
  return unit(table, title, `ALTER TABLE ${tableOf(table)} ${command};`);
}

/** A column under another name: both are there until nobody knows the old one. */
export function renameColumn(name: string, change: ChangeOf<'renameColumn'>): Phases {
  const [old, fresh] = [quoteIdentifier(change.from), quoteIdentifier(change.to)];
  const { text: type, ...variable } = variableOf(change, change.from, 'type', 'collated type');
  const pair: Pair = { migration: name, table: change, from: change.from, to: change.to, up: old, down: fresh, oldType: type, newType: type };
  return { ...moved(name, pair, type, true), variables: [variable] };
}

/** A column of another type, and of another name, as two types never share one. */
export function changeColumnType(name: string, change: ChangeOf<'changeColumnType'>): Phases {
  const { from, to, up, down, type } = change;
  const { text: oldType, ...variable } = variableOf(change, from, 'type', 'type');
  return { ...moved(name, { migration: name, table: change, from, to, up, down, oldType, newType: type }, type, false), variables: [variable] };
}

function moved(name: string, pair: Pair, type: string, keepsDefault: boolean): Phases {
  const [old, fresh] = [quoteIdentifier(pair.from), quoteIdentifier(pair.to)];
  const { table, from, to } = pair;
  const target = tableOf(table);
  const sync = syncName(pair);
  const contracted = [
    `SELECT zero_downtime.require_replaced(${[target, from, to].map(quoteLiteral).join(', ')});`,
    ...keepsDefault ? [defaultOf(target, pair)] : [],
    `ALTER TABLE ${target} DROP COLUMN ${old};`,
  ];
  return {
    ...NOTHING,
    name,
    expand: [
      unit(table, `${to} beside ${from}`, [
        `ALTER TABLE ${target} ADD COLUMN ${fresh} ${type};`,
        requirementOf(sync, table, [from]),
        `SELECT zero_downtime.same_rights(${[target, from, to].map(quoteLiteral).join(', ')});`,
        probeOf(table, [{ column: to, value: pair.up }, { column: from, value: pair.down }]),
        ...pair.up === old ? [] : [aloneOf(pair, pair.up, from), aloneOf(pair, pair.down, to)],
      ].join('\n')),
      unit(table, `${from} and ${to} follow each other`, syncTrigger(pair)),
    ],
    backfill: backfillOf(pair),
    verify: verificationOf(pair),
    complete: notNullUnits(table, to, isNotNull(table, from)),
    contract: [unit(table, `${from} goes`, endOfTrigger(sync, table, contracted.join('\n')))],
    notesOldWrites: true,
    abort: [{ ...unit(table, `${to} goes again`, endOfTrigger(sync, table, `ALTER TABLE ${target} DROP COLUMN IF EXISTS ${fresh};`)), undoes: 0 }],
  };
}

function aloneOf({ table }: Pair, expression: string, own: string): string {
  return `SELECT zero_downtime.require_alone(${[tableOf(table), table.table, expression, own].map(quoteLiteral).join(', ')});`;
}

/**
 * While both are there only the old one may have a default: a row that has both would be taken for one of the new version. A sequence that belongs
 * to the old one would go with it.
 */
function defaultOf(target: string, { from, to }: Pair): string {
  const table = `${quoteLiteral(target)}::regclass`;
  return `DO ${dollarQuoted(`DECLARE
  known text := (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = ${table} AND a.attname = ${quoteLiteral(from)});
  sequence regclass;
BEGIN
  IF known IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', ${table}, ${quoteLiteral(to)}, known);
  END IF;
  FOR sequence IN SELECT d.objid FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid JOIN pg_class c ON c.oid = d.objid
      WHERE d.classid = 'pg_class'::regclass AND c.relkind = 'S' AND d.deptype = 'a' AND d.refobjid = ${table} AND a.attname = ${quoteLiteral(from)} LOOP
    EXECUTE format('ALTER SEQUENCE %s OWNED BY %s.%I', sequence, ${table}, ${quoteLiteral(to)});
  END LOOP;
END`)};`;
}

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
      ...value === undefined ? [] : [fillUnit(name, change, change.column, value)],
    ],
    backfill: value === undefined && change.default === undefined ? undefined
      : { table: target, assignments: `${column} = (${value ?? change.default})`, condition: `${column} IS NULL` },
    complete: change.notNull === true ? notNullUnits(change, change.column) : [],
    contract: value === undefined ? [] : [endOfFill(name, change)],
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
  const { text: wasNotNull, ...variable } = variableOf(change, change.column, 'given', 'not null');
  return {
    ...NOTHING,
    name,
    variables: [variable],
    expand: value === undefined ? [] : [fillUnit(name, change, change.column, value)],
    backfill: value === undefined ? undefined : { table: target, assignments: `${column} = (${value})`, condition: `${column} IS NULL` },
    complete: notNullUnits(change, change.column),
    contract: value === undefined ? [] : [endOfFill(name, change)],
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

/** What the old version leaves out, the database gives. */
function fillUnit(name: string, table: TableName, column: string, value: string): Unit {
  const quoted = quoteIdentifier(column);
  return unit(table, `rows without ${column} get one`, [
    requirementOf(fillName(name), table, [column]),
    probeOf(table, [{ column, value }]),
    rowTrigger(fillName(name), table, `BEGIN
  IF NEW.${quoted} IS NULL THEN
    SELECT (${value}) INTO NEW.${quoted} FROM ${rowAsTable(table)};
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
  const { text: wasNotNull, ...variable } = variableOf(change, change.column, 'given', 'not null');
  return {
    ...NOTHING,
    name,
    variables: [variable],
    expand: [alter(change, `rows need no ${change.column}`, `ALTER COLUMN ${column} DROP NOT NULL`)],
    contract: [alter(change, `${change.column} goes`, `DROP COLUMN ${column}`)],
    abort: notNullUnits(change, change.column, wasNotNull).map((each) => ({ ...each, undoes: 0 })),
  };
}
