import type { TableName } from './change';
import { tableOf } from './dual-write';
import type { Unit, Variable } from './phases';

/** What a change has that has nothing. */
export const NOTHING = { variables: [], expand: [], complete: [], contract: [], abort: [], notesOldWrites: false } as const;

/** One that no name or expression of the change holds, which would be replaced too. */
export function variableOf(change: TableName, column: string, name: string, what: Variable['what']): Variable & { readonly text: string } {
  return JSON.stringify(change).includes(`{{${name}}}`) ? variableOf(change, column, `${name}_`, what)
    : { name, what, table: tableOf(change), column, text: `{{${name}}}` };
}

/** What is done to one table. */
export function unit(table: TableName, title: string, sql: string): Unit {
  return { title, tables: [tableOf(table)], sql };
}

/** ALTER TABLE. */
export function alter(table: TableName, title: string, command: string): Unit {
  return unit(table, title, `ALTER TABLE ${tableOf(table)} ${command};`);
}
