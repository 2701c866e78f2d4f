import { ROWS, type Statement } from './program';

/** How the rows of a table are told apart. */
export interface Key {
  readonly columns: string;
  readonly names: string;
  /** The key of the row of a number. */
  readonly of: (n: string) => string;
}

/** The keys that tables have. */
export const KEYS = {
  bigint: { columns: 'id bigint', names: 'id', of: (n: string) => n },
  uuid: { columns: 'id uuid', names: 'id', of: (n: string) => `md5((${n})::text)::uuid` },
  text: { columns: 'code text', names: 'code', of: (n: string) => `'k' || (${n})` },
  composite: { columns: 'tenant text, number bigint', names: 'tenant, number', of: (n: string) => `'t' || (${n}) % 3, (${n})` },
  reserved: { columns: '"while" bigint, "end" bigint', names: '"while", "end"', of: (n: string) => `(${n}) % 5, (${n})` },
  quoted: { columns: '"Key of" bigint, "order" bigint', names: '"Key of", "order"', of: (n: string) => `(${n}) % 7, (${n})` },
} satisfies Record<string, Key>;

/** A table that programs write, and a column of it whose value follows from the number `v` in the same row. */
export interface Table {
  readonly name?: string;
  readonly key?: Key;
  /** The definition of the column, and of others that need nothing to be written. */
  readonly columns: string;
  readonly column: string;
  readonly value: (v: string) => string;
  readonly partitions?: boolean;
  /** What is made beside it: indexes, other tables. */
  readonly beside?: string;
}

/** What makes and fills it. */
export function given({ name = 'orders', key = KEYS.bigint, columns, column, value, partitions, beside = '' }: Table): string {
  const plain = name.replace(/"/g, '');
  const parts = [0, 1].map((rest) => `CREATE TABLE "${plain}_${rest}" PARTITION OF ${name} FOR VALUES WITH (MODULUS 2, REMAINDER ${rest});`);
  return `CREATE TABLE ${name} (${key.columns}, n bigint NOT NULL, v bigint NOT NULL, touched integer NOT NULL DEFAULT 0, ${columns}, PRIMARY KEY (${key.names}))
    ${partitions ? `PARTITION BY HASH (${key.names});` : ';'}
  ${partitions ? parts.join('\n') : ''}
  ${beside}
  INSERT INTO ${name} (${key.names}, n, v, ${column}) SELECT ${key.of('n')}, n, n, ${value('n')} FROM generate_series(1, ${ROWS}) n;`;
}

/** What a version of the program sends, and what it finds. */
export interface Traffic {
  readonly table: string;
  readonly statements: readonly Statement[];
  /** How many rows a round adds, and how often it touches one. */
  readonly inserts: number;
  readonly touches: number;
  /** What holds of every row. */
  readonly isRight: string;
}

/** How a version of the program knows the table. */
export interface View {
  readonly table?: string;
  readonly column?: string;
  readonly value?: (v: string) => string;
  /** Another column that is written with the same, and its value. */
  readonly also?: readonly [column: string, value: (v: string) => string];
  /** What a row gets that is written without the column. */
  readonly omitted?: string;
  /** What its INSERT says of conflicts. */
  readonly onConflict?: string;
  readonly more?: readonly Statement[];
}

/** Reads and writes of one version: rows of its own, and rows that others write too, alone and two in a transaction. */
export function traffic(of: Table, view: View = {}): Traffic {
  const { key = KEYS.bigint } = of;
  const { table = of.name ?? 'orders', column = of.column, value = of.value, also, omitted, onConflict = '', more = [] } = view;
  const written = [column, ...also ? [also[0]] : []];
  const values = (v: string) => [value(v), ...also ? [also[1](v)] : []];
  const at = (n: string) => `(${key.names}) = (${key.of(n)})`;
  const later = '({run} + 500000)';
  const set = written.map((each, index) => `${each} = ${values(later)[index]}`).join(', ');
  const isRight = `CASE WHEN v < 0 THEN ${column} IS NOT DISTINCT FROM ${omitted ?? 'NULL'} ELSE (${column})::text IS NOT DISTINCT FROM (${value('v')})::text END`;
  const touch = (n: string) => ({ text: `UPDATE ${table} SET touched = touched + 1 WHERE ${at(n)}` });
  return {
    table,
    isRight,
    inserts: omitted === undefined ? 1 : 2,
    touches: 3,
    statements: [
      { text: `INSERT INTO ${table} (${key.names}, n, v, ${written.join(', ')}) VALUES (${key.of('{run}')}, {run}, {run}, ${values('{run}').join(', ')}) ${onConflict}` },
      ...omitted === undefined ? [] : [{ text: `INSERT INTO ${table} (${key.names}, n, v) VALUES (${key.of('-{run}')}, {run}, -1)` }],
      { text: `SELECT n, ${column} FROM ${table} WHERE ${at('{run}')} AND ${isRight}`, finds: 'a row' },
      touch('{one}'),
      { text: `UPDATE ${table} SET v = ${later}, ${set} WHERE ${at('{one}')}` },
      { text: 'BEGIN' },
      touch('{one}'),
      touch('{other}'),
      { text: 'COMMIT' },
      { text: `SELECT n, v, ${column} FROM ${table} WHERE ${at('{other}')} AND NOT (${isRight})`, finds: 'no row' },
      ...more,
    ],
  };
}
