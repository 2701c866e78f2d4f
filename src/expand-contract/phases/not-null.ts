import type { TableName } from './change';
import { dollarQuoted } from './dollar-quote';
import { tableOf } from './dual-write';
import type { Unit } from './phases';
import { madeName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

/** The CHECK that proves a column before it becomes NOT NULL. */
export function givenName(table: TableName, column: string): string {
  return madeName(table.table, column, 'given');
}

/**
 * NOT NULL, proven by a CHECK that is validated while others write; from 12 on the server then reads no row under the lock.
 *
 * It begins by looking: where rows lack the column, a CHECK that is not validated yet would refuse every update of them. Where `only` is given, a
 * condition in SQL, all of it happens only if that is so.
 */
export function notNullUnits(table: TableName, column: string, only?: string): readonly Unit[] {
  const target = tableOf(table);
  const quoted = quoteIdentifier(column);
  const check = quoteIdentifier(givenName(table, column));
  const lacking = quoteLiteral(`rows of ${target} lack ${quoted}`);
  const look = `IF EXISTS (SELECT 1 FROM ${target} WHERE ${quoted} IS NULL) THEN
    RAISE EXCEPTION '%', ${lacking} USING ERRCODE = 'ZD006', HINT = 'give them a value, or declare what it is, and run again';
  END IF;`;
  const units: readonly (readonly [string, string])[] = [
    [`every new row has ${column}`, `ALTER TABLE ${target} ADD CONSTRAINT ${check} CHECK (${quoted} IS NOT NULL) NOT VALID;`],
    [`every old row has ${column}`, `ALTER TABLE ${target} VALIDATE CONSTRAINT ${check};`],
    [`${column} is not null`, `ALTER TABLE ${target} ALTER COLUMN ${quoted} SET NOT NULL;\nALTER TABLE ${target} DROP CONSTRAINT ${check};`],
  ];
  return [
    { title: `no row lacks ${column}`, tables: [target], sql: onlyIf(only ?? 'true', look) },
    ...units.map(([title, sql]) => ({ title, tables: [target], sql: only === undefined ? sql : onlyIf(only, sql) })),
  ];
}

/** A block that does something only if a condition is met. Its lines stay as they are: a name may go over several. */
export function onlyIf(condition: string, sql: string): string {
  return `DO ${dollarQuoted(`BEGIN
  IF (${condition}) THEN
    ${sql}
  END IF;
END`)};`;
}

/** Whether a column is NOT NULL, as a condition. */
export function isNotNull(table: TableName, column: string): string {
  return `SELECT attnotnull FROM pg_attribute WHERE attrelid = ${quoteLiteral(tableOf(table))}::regclass AND attname = ${quoteLiteral(column)}`;
}
