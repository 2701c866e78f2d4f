import type { ChangeOf, TableName } from './change';
import { backfillOf, endOfSync, syncUnits, tableOf, verificationOf, type Pair } from './dual-write';
import { notNullUnits } from './not-null';
import type { Phases, Unit } from './phases';
import { madeName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

const NOTHING = { variables: [], expand: [], complete: [], contract: [], abort: [], notesOldWrites: false } as const;

function alter(table: TableName, title: string, command: string): Unit {
  const target = tableOf(table);
  return { title, tables: [target], sql: `ALTER TABLE ${target} ${command};` };
}

/** A column under another name: both are there until nobody knows the old one. */
export function renameColumn(name: string, change: ChangeOf<'renameColumn'>): Phases {
  const [old, fresh] = [quoteIdentifier(change.from), quoteIdentifier(change.to)];
  const pair: Pair = { migration: name, table: change, from: change.from, to: change.to, up: old, down: fresh };
  const variable = { name: 'type', table: tableOf(change), column: change.from };
  return { ...moved(name, pair, '{{type}}', true), variables: [variable] };
}

/** A column of another type, and of another name, as two types never share one. */
export function changeColumnType(name: string, change: ChangeOf<'changeColumnType'>): Phases {
  return moved(name, { migration: name, table: change, from: change.from, to: change.to, up: change.up, down: change.down }, change.type, false);
}

function moved(name: string, pair: Pair, type: string, keepsDefault: boolean): Phases {
  const [old, fresh] = [quoteIdentifier(pair.from), quoteIdentifier(pair.to)];
  const target = tableOf(pair.table);
  return {
    ...NOTHING,
    name,
    expand: [alter(pair.table, `${pair.to} beside ${pair.from}`, `ADD COLUMN ${fresh} ${type}`), ...syncUnits(pair)],
    backfill: backfillOf(pair),
    verify: verificationOf(pair),
    complete: notNullUnits(pair.table, pair.to, pair.from),
    contract: [endOfSync(pair, `${pair.from} goes`, `${keepsDefault ? `${defaultOf(target, pair)}\n` : ''}ALTER TABLE ${target} DROP COLUMN ${old};`)],
    notesOldWrites: true,
    abort: [endOfSync(pair, `${pair.to} goes again`, `ALTER TABLE ${target} DROP COLUMN IF EXISTS ${fresh};`)],
  };
}

/** While both are there only the old one may have a default: a row that has both would be taken for one of the new version. */
function defaultOf(target: string, { from, to }: Pair): string {
  const table = `${quoteLiteral(target)}::regclass`;
  return `DO $default$
DECLARE
  known text := (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE d.adrelid = ${table} AND a.attname = ${quoteLiteral(from)});
BEGIN
  IF known IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', ${table}, ${quoteLiteral(to)}, known);
  END IF;
END $default$;`;
}

/** A column more; the old version need not know it. */
export function addColumn(name: string, change: ChangeOf<'addColumn'>): Phases {
  const column = quoteIdentifier(change.column);
  const target = tableOf(change);
  const { value } = change;
  return {
    ...NOTHING,
    name,
    expand: [
      alter(change, `${change.column} is there`, `ADD COLUMN ${column} ${change.type}`),
      ...change.default === undefined ? [] : [alter(change, `new rows get a ${change.column}`, `ALTER COLUMN ${column} SET DEFAULT ${change.default}`)],
      ...value === undefined ? [] : [fillUnit(name, change, change.column, value)],
    ],
    backfill: value === undefined && change.default === undefined ? undefined
      : { table: target, assignments: `${column} = (${value ?? change.default})`, condition: `${column} IS NULL` },
    complete: change.notNull === true ? notNullUnits(change, change.column) : [],
    contract: value === undefined ? [] : [endOfFill(name, change)],
    abort: [
      ...value === undefined ? [] : [endOfFill(name, change)],
      alter(change, `${change.column} goes again`, `DROP COLUMN IF EXISTS ${column}`),
    ],
  };
}

/** A column that must be given: rows that lack it get a value first. */
export function setNotNull(name: string, change: ChangeOf<'setNotNull'>): Phases {
  const column = quoteIdentifier(change.column);
  const { value } = change;
  const check = quoteIdentifier(madeName(change.table, change.column, 'given'));
  return {
    ...NOTHING,
    name,
    expand: value === undefined ? [] : [fillUnit(name, change, change.column, value)],
    backfill: value === undefined ? undefined : { table: tableOf(change), assignments: `${column} = (${value})`, condition: `${column} IS NULL` },
    complete: notNullUnits(change, change.column),
    contract: value === undefined ? [] : [endOfFill(name, change)],
    abort: [
      ...value === undefined ? [] : [endOfFill(name, change)],
      alter(change, `${change.column} may be null again`, `DROP CONSTRAINT IF EXISTS ${check}, ALTER COLUMN ${column} DROP NOT NULL`),
    ],
  };
}

function fillName(name: string): string {
  return quoteIdentifier(madeName('zero_downtime', name, 'fill'));
}

/** What the old version leaves out, the database gives. */
function fillUnit(name: string, table: TableName, column: string, value: string): Unit {
  const target = tableOf(table);
  const trigger = fillName(name);
  const quoted = quoteIdentifier(column);
  return {
    title: `rows without ${column} get one`,
    tables: [target],
    sql: `CREATE OR REPLACE FUNCTION zero_downtime.${trigger}() RETURNS trigger LANGUAGE plpgsql AS $fill$
BEGIN
  IF NEW.${quoted} IS NULL THEN
    SELECT (${value}) INTO NEW.${quoted} FROM (SELECT NEW.*) AS ${quoteIdentifier(table.table)};
  END IF;
  RETURN NEW;
END
$fill$;
DROP TRIGGER IF EXISTS ${trigger} ON ${target};
CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${target} FOR EACH ROW EXECUTE PROCEDURE zero_downtime.${trigger}();`,
  };
}

function endOfFill(name: string, table: TableName): Unit {
  const target = tableOf(table);
  const trigger = fillName(name);
  return {
    title: 'the old version is gone, and all give it themselves',
    tables: [target],
    sql: `DROP TRIGGER IF EXISTS ${trigger} ON ${target};\nDROP FUNCTION IF EXISTS zero_downtime.${trigger}();`,
  };
}

/** A column less: the new version can do without from the beginning, and the old one loses it at the end. */
export function dropColumn(name: string, change: ChangeOf<'dropColumn'>): Phases {
  const column = quoteIdentifier(change.column);
  return {
    ...NOTHING,
    name,
    expand: [alter(change, `rows need no ${change.column}`, `ALTER COLUMN ${column} DROP NOT NULL`)],
    contract: [alter(change, `${change.column} goes`, `DROP COLUMN ${column}`)],
  };
}
