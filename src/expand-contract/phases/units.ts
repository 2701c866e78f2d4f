import type { TableName } from './change';
import { tableOf } from './dual-write';
import type { Unit, Variable } from './phases';

/** What a change has that has nothing. */
export const NOTHING = { variables: [], expand: [], complete: [], contract: [], abort: [], notesOldWrites: false } as const;

/** How a variable stands in a statement: as nothing that Helm, Argo, envsubst or psql would fill in. */
export function variableText(name: string): string {
  return `<<${name}>>`;
}

/** One that neither the migration's name holds, nor any name or expression of the change, which would be replaced too. */
export function variableOf(
  migration: string, change: TableName, column: string, name: string, what: Variable['what'],
): Variable & { readonly text: string } {
  const text = variableText(name);
  return JSON.stringify([migration, change]).includes(text) ? variableOf(migration, change, column, `${name}_`, what)
    : { name, what, table: tableOf(change), column, text };
}

/** What is done to one table. */
export function unit(table: TableName, title: string, sql: string): Unit {
  return { title, tables: [tableOf(table)], sql };
}

/** ALTER TABLE. */
export function alter(table: TableName, title: string, command: string): Unit {
  return unit(table, title, `ALTER TABLE ${tableOf(table)} ${command};`);
}
