import { createHash } from 'crypto';
import type { TableName } from './change';
import { dollarQuoted } from './dollar-quote';
import type { Backfill, Verification } from './phases';
import { qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

/** A column of one shape, and what it is of a row in the other shape. */
export interface ShapeColumn {
  readonly column: string;
  /** As SQL over the columns of the other shape. */
  readonly value: string;
  /** Its type, as SQL. */
  readonly type: string;
}

/** Columns that hold the same in two shapes, for as long as one version writes the one and another version the other. */
export interface TwoShapes {
  readonly migration: string;
  readonly table: TableName;
  readonly olds: readonly ShapeColumn[];
  readonly news: readonly ShapeColumn[];
}

/** A table as SQL. */
export function tableOf({ schema, table }: TableName): string {
  return schema === undefined ? quoteIdentifier(table) : qualifiedName([schema, table]);
}

/** Bytes of a name that fit into the name of a trigger. */
const LONGEST = 40;

/** The name of a trigger, and of its function, that a migration needs while it lasts; a hash tells apart those whose names have to be cut. */
export function triggerName(migration: string, purpose: 'sync' | 'fill'): string {
  const characters = [...migration];
  while (Buffer.byteLength(characters.join('')) > LONGEST - 9) {
    characters.pop();
  }
  const hash = createHash('sha256').update(migration).digest('hex').slice(0, 8);
  return `zero_downtime_${Buffer.byteLength(migration) > LONGEST ? `${characters.join('')}_${hash}` : migration}_${purpose}`;
}

/** A row of a trigger as a table of one row, under the table's name: to expressions it is what a row of the table is. */
export function rowAsTable({ table }: TableName): string {
  return `(SELECT NEW.*) AS ${quoteIdentifier(table)}`;
}

/**
 * What has the server read expressions over a row before anything depends on them, and execute none of them: an error in one of a trigger would
 * meet whoever writes.
 */
export function probeOf(table: TableName, values: readonly { readonly column: string; readonly value: string }[]): string {
  const target = tableOf(table);
  return [
    ...values.map(({ value }) => `EXPLAIN SELECT (${value}) FROM (SELECT * FROM ${target}) AS ${quoteIdentifier(table.table)};`),
    `EXPLAIN UPDATE ${target} SET ${values.map(({ column, value }) => `${quoteIdentifier(column)} = (${value})`).join(', ')};`,
  ].join('\n');
}

/**
 * A trigger that changes columns of rows before they are written, with its function. A column may be called as a variable is: then the column is
 * meant. The comment tells others which columns are spoken for.
 */
export function rowTrigger(trigger: string, table: TableName, columns: readonly string[], body: string): string {
  const name = quoteIdentifier(trigger);
  return `CREATE FUNCTION zero_downtime.${name}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuoted(`#variable_conflict use_column\n${body}`)};
CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${tableOf(table)} FOR EACH ROW EXECUTE PROCEDURE zero_downtime.${name}();
COMMENT ON TRIGGER ${name} ON ${tableOf(table)} IS ${quoteLiteral(JSON.stringify(columns))};`;
}

/** What takes a trigger away again, with what else goes in the same moment. */
export function endOfTrigger(trigger: string, table: TableName, also = ''): string {
  const name = quoteIdentifier(trigger);
  return `DROP TRIGGER IF EXISTS ${name} ON ${tableOf(table)};\n${also === '' ? '' : `${also}\n`}DROP FUNCTION IF EXISTS zero_downtime.${name}();`;
}

/** That a table may have such a trigger, and that nothing comes after it. */
export function requirementOf(trigger: string, table: TableName, columns: readonly string[]): string {
  return `SELECT zero_downtime.require_trigger(${quoteLiteral(tableOf(table))}, ${quoteLiteral(trigger)}, ARRAY[${columns.map(quoteLiteral).join(', ')}]::text[]);`;
}

/** Notes that the old shape is written: by whomever, or unless it is a session that calls itself one of the new version. */
export function noteOf(migration: string, by: 'whoever' | 'unless new'): string {
  return `PERFORM zero_downtime.note_old_write(${quoteLiteral(migration)}, ${by === 'whoever' ? '\'\'' : 'current_setting(\'application_name\')'});`;
}

export function syncName({ migration }: TwoShapes): string {
  return triggerName(migration, 'sync');
}

/**
 * Whichever of the two shapes a program writes, the other follows.
 *
 * Its name sorts behind most others, so that it sees what other triggers have changed. A write of the walk is left alone: it sets the new columns
 * from the old ones, and must not set the old ones from what came of it. Values are compared as they are stored: json has no equality, and what is
 * equal may still be written differently, as 1.0 and 1.00.
 */
export function syncTrigger(shapes: TwoShapes): string {
  const { migration, olds, news } = shapes;
  const [up, down] = [assignment(shapes, news, olds), assignment(shapes, olds, news)];
  const note = noteOf(migration, 'unless new');
  return rowTrigger(syncName(shapes), shapes.table, [...olds, ...news].map(({ column }) => column), `DECLARE
  walks CONSTANT boolean NOT NULL := coalesce(current_setting('zero_downtime.writing', true), '') = ${quoteLiteral(migration)};
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF ${isGiven(news)} THEN
      ${down}
    ELSE
      ${up}
      IF ${isGiven(olds)} THEN
        ${note}
      END IF;
    END IF;
  ELSIF NOT walks AND pg_catalog.record_image_ne(${rowOf('NEW', news)}, ${rowOf('OLD', news)}) THEN
    ${down}
  ELSIF pg_catalog.record_image_ne(${rowOf('NEW', olds)}, ${rowOf('OLD', olds)}) THEN
    ${up}
    IF NOT walks THEN
      ${note}
    END IF;
  ELSIF NOT (${isGiven(news)}) THEN
    ${up}
  END IF;
  RETURN NEW;
END`);
}

function isGiven(columns: readonly ShapeColumn[]): string {
  return columns.map(({ column }) => `NEW.${quoteIdentifier(column)} IS NOT NULL`).join(' OR ');
}

function rowOf(record: 'NEW' | 'OLD', columns: readonly ShapeColumn[]): string {
  return `ROW(${columns.map(({ column }) => `${record}.${quoteIdentifier(column)}`).join(', ')})`;
}

/** A value that is a column as it is needs no query. */
function assignment({ table }: TwoShapes, to: readonly ShapeColumn[], from: readonly ShapeColumn[]): string {
  const targets = to.map(({ column }) => `NEW.${quoteIdentifier(column)}`);
  const isSame = to.length === 1 && from.length === 1 && to[0].value === quoteIdentifier(from[0].column);
  return isSame ? `${targets[0]} := NEW.${to[0].value};`
    : `SELECT ${to.map(({ value }) => `(${value})`).join(', ')} INTO ${targets.join(', ')} FROM ${rowAsTable(table)};`;
}

/** The rows that were there before. */
export function backfillOf({ table, news }: TwoShapes): Backfill {
  return {
    table: tableOf(table),
    assignments: news.map(({ column, value }) => `${quoteIdentifier(column)} = (${value})`).join(', '),
    condition: [
      ...news.map(({ column }) => `${quoteIdentifier(column)} IS NULL`),
      news.length === 1 ? `(${news[0].value}) IS NOT NULL` : `(${news.map(({ value }) => `(${value}) IS NOT NULL`).join(' OR ')})`,
    ].join(' AND '),
  };
}

/** That no row tells the two versions different things. */
export function verificationOf({ table, olds, news }: TwoShapes): Verification {
  const names = (columns: readonly ShapeColumn[]) => columns.map(({ column }) => quoteIdentifier(column)).join(', ');
  const casts = (columns: readonly ShapeColumn[]) => columns.map(({ value, type }) => `CAST((${value}) AS ${type})`).join(', ');
  const same = (one: string, other: string) => `pg_catalog.record_image_eq(ROW(${one}), ROW(${other}))`;
  if (news.length === 1 && news[0].value === names(olds) && news[0].type === olds[0].type) {
    return { table: tableOf(table), expected: names(olds), actual: names(news), isRight: same(names(news), names(olds)) };
  }
  return {
    table: tableOf(table),
    expected: news.map(({ value }) => value).join(', '),
    actual: names(news),
    isRight: `${same(names(news), casts(news))} OR ${same(names(olds), casts(olds))}`,
  };
}
