import type { MigrationSpec } from './migration';
import type { DeclaredText, SqlSort } from '../../sql/declared-sql';
import { quoted } from '../values';

type Kind = MigrationSpec['kind'];

/** Which fields are SQL, and of what sort; a field of the items of a list has the list's name before it. Kinds that are left out hold names alone. */
const SQL_FIELDS: { readonly [K in Kind]?: Readonly<Record<string, SqlSort>> } = {
  addColumn: { type: 'type', default: 'expression', value: 'expression' },
  changeColumnType: { type: 'type', up: 'steady', down: 'steady', default: 'expression' },
  splitColumn: { 'into.type': 'type', 'into.up': 'steady', 'down': 'steady' },
  mergeColumns: { 'from.down': 'steady', 'type': 'type', 'up': 'steady' },
  setNotNull: { value: 'expression' },
  addCheck: { check: 'steady' },
  createIndex: { where: 'steady' },
  sql: {
    'tables': 'table',
    'expand': 'statement',
    'backfill.table': 'table',
    'backfill.assignments': 'assignments',
    'backfill.condition': 'expression',
    'verify.table': 'table',
    'verify.isRight': 'expression',
    'complete': 'statement',
    'contract': 'statement',
    'abort': 'statement',
  },
};

/** What users call a field, where it has another name here. */
const CALLED: Readonly<Record<string, string>> = { setNotNull: 'notNull', default: 'defaultValue' };

/** How messages name a migration. */
export function titleOfMigration(spec: MigrationSpec): string {
  return `Migration.${CALLED[spec.kind] ?? spec.kind}${spec.kind === 'sql' ? ` ${quoted(spec.title)}` : ''}`;
}

/** The texts of a migration that are SQL, as somebody wrote them. */
export function sqlTextsOf(spec: MigrationSpec): DeclaredText[] {
  return Object.entries(SQL_FIELDS[spec.kind] ?? {}).flatMap(([path, sort]) =>
    textsAt(spec, path.split('.')).map(({ name, text }) => ({ title: `${titleOfMigration(spec)} ${name}`, sort, text })));
}

interface Named {
  readonly name: string;
  readonly text: string;
}

function textsAt(value: unknown, [key, ...rest]: readonly string[]): readonly Named[] {
  const held = (value as Readonly<Record<string, unknown>>)[key];
  const name = CALLED[key] ?? key;
  const below = (item: unknown, title: string): readonly Named[] =>
    rest.length === 0 ? [{ name: title, text: item as string }] : textsAt(item, rest).map((found) => ({ ...found, name: `${title} ${found.name}` }));
  if (held === undefined) {
    return [];
  }
  // A statement is the second of its phase for people, and a column the part of index 1, as the place where it is given has it.
  return Array.isArray(held) ? held.flatMap((item, index) => below(item, rest.length === 0 ? `${name} ${index + 1}` : `${name}[${index}]`)) : below(held, name);
}
