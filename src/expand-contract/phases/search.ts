import type { ChangeOf } from './change';
import { dollarQuoted } from './dollar-quote';
import { requirementOf, rowAsTable, tableOf } from './dual-write';
import type { Phases } from './phases';
import { alter, NOTHING, unit } from './units';
import { madeName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

/**
 * A column to search in, kept up by a trigger that stays, with its index.
 *
 * A generated column would say the same and write the whole table anew under a lock that keeps everybody out.
 */
export function fullTextSearch(name: string, change: ChangeOf<'fullTextSearch'>): Phases {
  const target = tableOf(change);
  const column = quoteIdentifier(change.column);
  const words = change.columns.map((each) => `coalesce(${quoteIdentifier(each)}::text, '')`).join(' || \' \' || ');
  const value = `to_tsvector(${quoteLiteral(change.configuration)}::regconfig, ${words})`;
  // Behind most others, so that it sees what other triggers have changed.
  const kept = madeName('zz', change.table, change.column, 'kept');
  const callable = tableOf({ schema: change.schema, table: kept });
  const index = madeName(change.table, change.column, 'idx');
  return {
    ...NOTHING,
    name,
    expand: [
      alter(change, `${change.column} is there`, `ADD COLUMN ${column} tsvector`),
      unit(change, `${change.column} follows what is searched`, keeping(change, callable, kept, value)),
    ],
    backfill: { table: target, assignments: `${column} = ${value}`, condition: `${column} IS NULL` },
    verify: { table: target, expected: value, actual: column, isRight: `${column} IS NOT DISTINCT FROM ${value}` },
    complete: [{
      title: `the index ${index}`,
      tables: [target],
      index: tableOf({ schema: change.schema, table: index }),
      sql: `CREATE INDEX CONCURRENTLY ${quoteIdentifier(index)} ON ${target} USING gin (${column})`,
    }],
    abort: [
      {
        ...unit(change, 'nothing follows what is searched', `DROP TRIGGER IF EXISTS ${quoteIdentifier(kept)} ON ${target};\nDROP FUNCTION IF EXISTS ${callable}();`),
        undoes: 1,
      },
      { ...alter(change, `${change.column} goes again`, `DROP COLUMN IF EXISTS ${column}`), undoes: 0 },
    ],
  };
}

function keeping(change: ChangeOf<'fullTextSearch'>, callable: string, trigger: string, value: string): string {
  const target = tableOf(change);
  const body = `#variable_conflict use_column
BEGIN
  SELECT ${value} INTO NEW.${quoteIdentifier(change.column)} FROM ${rowAsTable(change)};
  RETURN NEW;
END`;
  return `${requirementOf(trigger, change, [])}
CREATE FUNCTION ${callable}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuoted(body)};
CREATE TRIGGER ${quoteIdentifier(trigger)} BEFORE INSERT OR UPDATE ON ${target} FOR EACH ROW EXECUTE PROCEDURE ${callable}();`;
}
