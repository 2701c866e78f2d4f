import { createHash } from 'crypto';
import type { TableName } from './change';
import { dollarQuoted } from './dollar-quote';
import type { Backfill, Verification } from './phases';
import { qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

/** Two columns that hold the same in two forms, for as long as one version writes the one and another version the other. */
export interface Pair {
  readonly migration: string;
  readonly table: TableName;
  readonly from: string;
  readonly to: string;
  /** The new form of a row and the old one, as SQL over its columns. */
  readonly up: string;
  readonly down: string;
  /** The types of both, as SQL. */
  readonly oldType: string;
  readonly newType: string;
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

/** A trigger that changes rows before they are written, with its function. A column may be called as a variable is: then the column is meant. */
export function rowTrigger(trigger: string, table: TableName, body: string): string {
  const name = quoteIdentifier(trigger);
  return `CREATE FUNCTION zero_downtime.${name}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuoted(`#variable_conflict use_column\n${body}`)};
CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${tableOf(table)} FOR EACH ROW EXECUTE PROCEDURE zero_downtime.${name}();`;
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

export function syncName({ migration }: Pair): string {
  return triggerName(migration, 'sync');
}

/**
 * Whichever of the two a program writes, the other follows.
 *
 * Its name sorts behind most others, so that it sees what other triggers have changed. A write of the walk is left alone: it sets the new column
 * from the old one, and must not set the old one from what came of it. Values are compared as they are stored: json has no equality, and what is
 * equal may still be written differently, as 1.0 and 1.00.
 */
export function syncTrigger(pair: Pair): string {
  const [old, fresh] = [quoteIdentifier(pair.from), quoteIdentifier(pair.to)];
  const [up, down] = [assignment(pair, pair.to, pair.up, pair.from), assignment(pair, pair.from, pair.down, pair.to)];
  const note = `PERFORM zero_downtime.note_old_write(${quoteLiteral(pair.migration)});`;
  return rowTrigger(syncName(pair), pair.table, `DECLARE
  walks CONSTANT boolean NOT NULL := coalesce(current_setting('zero_downtime.writing', true), '') = ${quoteLiteral(pair.migration)};
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.${fresh} IS NOT NULL THEN
      ${down}
    ELSE
      ${up}
      IF NEW.${old} IS NOT NULL THEN
        ${note}
      END IF;
    END IF;
  ELSIF NOT walks AND pg_catalog.record_image_ne(ROW(NEW.${fresh}), ROW(OLD.${fresh})) THEN
    ${down}
  ELSIF pg_catalog.record_image_ne(ROW(NEW.${old}), ROW(OLD.${old})) THEN
    ${up}
    IF NOT walks THEN
      ${note}
    END IF;
  ELSIF NEW.${fresh} IS NULL THEN
    ${up}
  END IF;
  RETURN NEW;
END`);
}

function assignment({ table }: Pair, column: string, value: string, source: string): string {
  const target = `NEW.${quoteIdentifier(column)}`;
  return value === quoteIdentifier(source) ? `${target} := NEW.${value};` : `SELECT (${value}) INTO ${target} FROM ${rowAsTable(table)};`;
}

/** The rows that were there before. */
export function backfillOf(pair: Pair): Backfill {
  const fresh = quoteIdentifier(pair.to);
  return { table: tableOf(pair.table), assignments: `${fresh} = (${pair.up})`, condition: `${fresh} IS NULL AND (${pair.up}) IS NOT NULL` };
}

/** That no row tells the two versions different things. */
export function verificationOf(pair: Pair): Verification {
  const [old, fresh] = [quoteIdentifier(pair.from), quoteIdentifier(pair.to)];
  const same = (column: string, value: string) => `pg_catalog.record_image_eq(ROW(${column}), ROW(${value}))`;
  const cast = (value: string, type: string) => `CAST((${value}) AS ${type})`;
  if (pair.up === old) {
    return { table: tableOf(pair.table), expected: old, actual: fresh, isRight: same(fresh, old) };
  }
  return {
    table: tableOf(pair.table),
    expected: pair.up,
    actual: fresh,
    isRight: `${same(fresh, cast(pair.up, pair.newType))} OR ${same(old, cast(pair.down, pair.oldType))}`,
  };
}
