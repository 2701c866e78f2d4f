import type { TableName } from './change';
import { tableOf } from './dual-write';
import type { Unit } from './phases';
import { madeName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

/**
 * NOT NULL, proven by a CHECK that is validated while others write; from 12 on the server then reads no row under the lock.
 *
 * Where `like` names a column, all of it happens only if that one is NOT NULL: what takes its place is what it was.
 */
export function notNullUnits(table: TableName, column: string, like?: string): readonly Unit[] {
  const target = tableOf(table);
  const quoted = quoteIdentifier(column);
  const check = quoteIdentifier(madeName(table.table, column, 'given'));
  const units: readonly (readonly [string, string])[] = [
    [`every new row has ${column}`, `ALTER TABLE ${target} ADD CONSTRAINT ${check} CHECK (${quoted} IS NOT NULL) NOT VALID;`],
    [`every old row has ${column}`, `ALTER TABLE ${target} VALIDATE CONSTRAINT ${check};`],
    [`${column} is not null`, `ALTER TABLE ${target} ALTER COLUMN ${quoted} SET NOT NULL;\nALTER TABLE ${target} DROP CONSTRAINT ${check};`],
  ];
  return units.map(([title, sql]) => ({ title, tables: [target], sql: like === undefined ? sql : ifNotNull(target, like, sql) }));
}

function ifNotNull(target: string, column: string, sql: string): string {
  return `DO $like$ BEGIN
  IF (SELECT attnotnull FROM pg_attribute WHERE attrelid = ${quoteLiteral(target)}::regclass AND attname = ${quoteLiteral(column)}) THEN
    ${sql.split('\n').join('\n    ')}
  END IF;
END $like$;`;
}
