import type { Case } from '../case';
import { given, KEYS, traffic, type Table } from '../traffic';

/** A column becomes one of another type; `value` of the new one. */
function changed(name: string, table: Table, change: string, value: Table['value'], more: Partial<Case> = {}): Case {
  const { name: of = 'orders', column } = table;
  const to = column.endsWith('"') ? `${column.slice(0, -1)}_new"` : `${column}_new`;
  return {
    name,
    rule: 'alter-type-rewrites',
    given: given(table),
    change: `ALTER TABLE ${of} ALTER COLUMN ${column} TYPE ${change}`,
    old: traffic(table),
    next: traffic(table, { column: to, value }),
    agrees: `(${column})::text IS NOT DISTINCT FROM (${to})::text`,
    ...more,
  };
}

const QUANTITY: Table = { columns: 'quantity integer NOT NULL', column: 'quantity', value: (v) => `(${v})::integer` };
const plain = (v: string) => `(${v})`;
const NUMBERED = { text: 'INSERT INTO orders (n, v, quantity) VALUES ({run}, {run}, {run})' };

/** A type of which nothing tells the old value from the new one: the next version writes both, and the one after it the new column alone. */
function oneWay(name: string, table: Table, change: string, value: Table['value'], more: Partial<Case> = {}): Case {
  const to = `${table.column}_new`;
  return changed(name, table, change, value, {
    next: traffic(table, { column: to, value, also: [table.column, table.value] }),
    last: traffic(table, { column: to, value }),
    agrees: `(${table.value('v')})::text = ${table.column}::text AND (${value('v')})::text = ${to}::text`,
    ...more,
  });
}

/** Types that change by way of a second column. */
export const CHANGED_TYPES: readonly Case[] = [
  changed('an integer becomes a bigint', QUANTITY, 'bigint', plain),
  changed('an integer of a table whose key is a uuid becomes a bigint', { ...QUANTITY, key: KEYS.uuid }, 'bigint', plain),
  changed('an integer of a partitioned table becomes a bigint', { ...QUANTITY, partitions: true }, 'bigint', plain),
  changed('an integer with quoted names becomes a bigint', {
    ...QUANTITY, name: '"Order Lines"', key: KEYS.quoted, columns: '"Number of" integer NOT NULL', column: '"Number of"',
  }, 'bigint', plain),
  changed('an integer with a default, a condition and an index becomes a bigint', {
    ...QUANTITY, columns: 'quantity integer NOT NULL DEFAULT 7 CHECK (quantity > 0)', beside: 'CREATE INDEX amounts ON orders (quantity, n);',
  }, 'bigint', plain, {
    old: traffic(QUANTITY, { omitted: '7' }),
    next: traffic(QUANTITY, { column: 'quantity_new', value: plain, omitted: '7' }),
    holds: `SELECT (SELECT count(*) = 1 FROM pg_constraint WHERE conname = 'orders_quantity_check')
      AND (SELECT pg_get_indexdef('amounts'::regclass) LIKE '%(quantity_new, n)')`,
  }),
  changed('the number of a row, by which it is told, becomes a bigint', {
    ...QUANTITY, key: { ...KEYS.bigint, columns: 'id serial', names: 'id' },
  }, 'bigint', plain, {
    given: `${given({ ...QUANTITY, key: { ...KEYS.bigint, columns: 'id serial', names: 'id' } })} SELECT setval('orders_id_seq', 500000000)`,
    change: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint',
    old: { ...traffic(QUANTITY, { more: [NUMBERED] }), inserts: 2 },
    next: { ...traffic({ ...QUANTITY, key: { ...KEYS.bigint, names: 'id_new' } }, { more: [NUMBERED] }), inserts: 2 },
    since: 12,
    agrees: 'id = id_new',
    holds: 'SELECT pg_get_constraintdef(oid) = \'PRIMARY KEY (id_new)\' FROM pg_constraint WHERE conname = \'orders_pkey\'',
  }),
  changed('an amount becomes a number without a fraction', {
    columns: 'total numeric(12,2) NOT NULL', column: 'total', value: (v) => `((${v}) + 0.25)::numeric(12,2)`,
  }, 'integer', (v) => `(${v})::integer`, { agrees: 'total_new = v AND total IN (v, v + 0.25)' }),
  changed('JSON becomes binary', {
    columns: 'body json', column: 'body', value: (v) => `json_build_object('v', ${v})`,
  }, 'jsonb', (v) => `jsonb_build_object('v', ${v})`, { agrees: 'body::jsonb = body_new' }),
  changed('a time gets a time zone, and sessions are in others', {
    columns: 'placed timestamp', column: 'placed', value: (v) => `(timestamp '2020-01-01' + (${v}) * interval '1 minute')`,
  }, 'timestamptz', (v) => `(timestamptz '2020-01-01 UTC' + (${v}) * interval '1 minute')`, {
    agrees: 'placed = placed_new AT TIME ZONE \'UTC\'', settings: 'SET timezone = \'Asia/Tokyo\'',
  }),
  changed('a text becomes a number', {
    columns: 'code text NOT NULL', column: 'code', value: (v) => `(${v})::text`,
  }, 'integer USING code::integer', (v) => `(${v})::integer`),
  changed('a number becomes a text', QUANTITY, 'text USING (quantity::text)', (v) => `(${v})::text`),
  changed('a text of some length becomes one of a fixed length', {
    columns: 'code varchar(20)', column: 'code', value: (v) => `'c' || (${v})`,
  }, 'char(12)', (v) => `('c' || (${v}))::char(12)`, { agrees: 'code = code_new::text' }),
  changed('a value of an enum becomes a text', {
    columns: 'mood mood NOT NULL', column: 'mood', value: (v) => `(ARRAY['good', 'bad']::mood[])[(${v}) % 2 + 1]`,
  }, 'text', (v) => `(ARRAY['good', 'bad'])[(${v}) % 2 + 1]`, {
    given: `CREATE TYPE mood AS ENUM ('good', 'bad'); ${given({ columns: 'mood mood NOT NULL', column: 'mood', value: (v) => `(ARRAY['good', 'bad']::mood[])[(${v}) % 2 + 1]` })}`,
  }),
  oneWay('a text becomes its length', {
    columns: 'note text NOT NULL', column: 'note', value: (v) => `repeat('note', (${v})::integer % 9 + 1)`,
  }, 'bigint USING length(orders.note)', (v) => `4 * ((${v})::bigint % 9 + 1)`),
  oneWay('seconds become a time', {
    columns: 'note text, placed bigint', column: 'placed', value: plain,
  }, 'timestamptz USING to_timestamp(Placed)', (v) => `to_timestamp(${v})`),
  oneWay('a text becomes what is worked out of another column too', {
    columns: 'n2 integer DEFAULT 2, note text', column: 'note', value: (v) => `'note' || (${v}) % 4`,
  }, 'text USING CASE note WHEN \'note1\' THEN \'note\' ELSE orders.note || "n2"::text END', (v) => `(CASE (${v}) % 4 WHEN 1 THEN 'note' ELSE 'note' || (${v}) % 4 || '2' END)`),
  oneWay('a text in a partitioned table becomes its length', {
    columns: 'note text NOT NULL', column: 'note', value: (v) => `repeat('x', (${v})::integer % 9 + 1)`, partitions: true,
  }, 'integer USING length(note)', (v) => `((${v})::integer % 9 + 1)`),
];
