import type { TableOptions } from './migration-options';
import { refuse } from '../declaration-error';
import { listOf, nonEmpty, quoted } from '../values';

/** PostgreSQL cuts longer names without a word, and the migration would look for what is not there. */
const LONGEST = 63;

/** Returns a name that PostgreSQL keeps as it is, or throws. */
export function named(field: string, name: string): string {
  const bytes = Buffer.byteLength(nonEmpty(field, name));
  if (bytes > LONGEST) {
    refuse(`${field} ${quoted(name)} is ${bytes} bytes long; PostgreSQL keeps ${LONGEST} of a name, so give it a shorter one`);
  }
  return name.includes('\0') ? refuse(`${field} ${quoted(name)} must hold no character of number 0: PostgreSQL ends the text there`) : name;
}

/** Returns names of columns, each once, or throws. */
export function namedColumns(field: string, columns: readonly string[]): string[] {
  const names = listOf(field, columns).map((column) => named(field, column));
  if (names.length === 0) {
    refuse(`${field} must hold at least one column`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? names : refuse(`${field} ${quoted(twice)} is given twice; give each column once`);
}

/** Returns SQL that stands within a statement, or throws. */
export function expression(field: string, sql: string): string {
  const text = nonEmpty(field, sql);
  return text.includes('\0') ? refuse(`${field} ${quoted(text)} must hold no character of number 0: PostgreSQL ends the text there`) : text;
}

/** Returns the name of a table with its schema's where that was given, or throws. */
export function tableOf(title: string, { table, schema }: TableOptions): TableOptions {
  const name = named(`${title} table`, table);
  return schema === undefined ? { table: name } : { schema: named(`${title} schema`, schema), table: name };
}
