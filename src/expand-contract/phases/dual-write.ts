import type { TableName } from './change';
import type { Backfill, Unit, Verification } from './phases';
import { madeName, qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

/** Two columns that hold the same in two forms, for as long as one version writes the one and another version the other. */
export interface Pair {
  readonly migration: string;
  readonly table: TableName;
  readonly from: string;
  readonly to: string;
  /** The new form of a row and the old one, as SQL over its columns. */
  readonly up: string;
  readonly down: string;
}

/** A table as SQL. */
export function tableOf({ schema, table }: TableName): string {
  return schema === undefined ? quoteIdentifier(table) : qualifiedName([schema, table]);
}

function syncName({ migration }: Pair): string {
  return madeName('zero_downtime', migration, 'sync');
}

/**
 * Whichever of the two a program writes, the other follows.
 *
 * Its name sorts behind most others, so that it sees what other triggers have changed. A write of the walk is left alone: it sets the new column
 * from the old one, and must not set the old one from what came of it. The row is a table of one row to the expressions, under the table's name.
 */
export function syncUnits(pair: Pair): readonly Unit[] {
  const [old, fresh] = [quoteIdentifier(pair.from), quoteIdentifier(pair.to)];
  const name = quoteIdentifier(syncName(pair));
  const row = `(SELECT NEW.*) AS ${quoteIdentifier(pair.table.table)}`;
  const table = tableOf(pair.table);
  const [up, down] = [`SELECT (${pair.up}) INTO NEW.${fresh} FROM ${row};`, `SELECT (${pair.down}) INTO NEW.${old} FROM ${row};`];
  const note = `PERFORM zero_downtime.note_old_write(${quoteLiteral(pair.migration)});`;
  return [
    {
      title: `${pair.from} and ${pair.to} follow each other`,
      tables: [table],
      sql: `CREATE OR REPLACE FUNCTION zero_downtime.${name}() RETURNS trigger LANGUAGE plpgsql AS $sync$
BEGIN
  IF current_setting('zero_downtime.writing', true) = 'backfill' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.${fresh} IS NOT NULL THEN
      ${down}
    ELSE
      ${up}
      ${note}
    END IF;
  ELSIF NEW.${fresh} IS DISTINCT FROM OLD.${fresh} THEN
    ${down}
  ELSIF NEW.${old} IS DISTINCT FROM OLD.${old} THEN
    ${up}
    ${note}
  ELSIF NEW.${fresh} IS NULL THEN
    ${up}
  END IF;
  RETURN NEW;
END
$sync$;
DROP TRIGGER IF EXISTS ${name} ON ${table};
CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE PROCEDURE zero_downtime.${name}();`,
    },
  ];
}

/** What takes the trigger away again, with what else goes in the same moment. */
export function endOfSync(pair: Pair, title: string, also: string): Unit {
  const name = quoteIdentifier(syncName(pair));
  const table = tableOf(pair.table);
  return {
    title,
    tables: [table],
    sql: `DROP TRIGGER IF EXISTS ${name} ON ${table};\n${also}\nDROP FUNCTION IF EXISTS zero_downtime.${name}();`,
  };
}

/** The rows that were there before. */
export function backfillOf(pair: Pair): Backfill {
  const fresh = quoteIdentifier(pair.to);
  return { table: tableOf(pair.table), assignments: `${fresh} = (${pair.up})`, condition: `${fresh} IS NULL AND (${pair.up}) IS NOT NULL` };
}

/** That no row tells the two versions different things. */
export function verificationOf(pair: Pair): Verification {
  const [old, fresh] = [quoteIdentifier(pair.from), quoteIdentifier(pair.to)];
  return {
    table: tableOf(pair.table),
    expected: pair.up,
    actual: fresh,
    isRight: `${fresh} IS NOT DISTINCT FROM (${pair.up}) OR ${old} IS NOT DISTINCT FROM (${pair.down})`,
  };
}
