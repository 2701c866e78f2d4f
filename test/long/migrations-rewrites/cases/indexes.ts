import { ORDERS } from './added-columns';
import type { Case, Particulars } from '../case';
import { given, KEYS, traffic, type Table } from '../traffic';

/** An index or a key of a table is made or dropped. */
function indexed(name: string, rule: string, change: string, holds: string, { table = ORDERS, view = {}, ...more }: Particulars = {}): Case {
  return { name, rule, given: given(table), change, old: traffic(table), next: traffic(table, view), holds: `SELECT ${holds}`, ...more };
}

const valid = (index: string, definition = '%') =>
  `(SELECT count(*) = 1 AND bool_and(indisvalid AND pg_get_indexdef(indexrelid) LIKE '${definition}') FROM pg_index WHERE indexrelid = '${index}'::regclass)`;
const gone = (index: string) => `to_regclass('${index}') IS NULL`;
const key = (name: string, definition: string) => `(SELECT count(*) = 1 AND bool_and(pg_get_constraintdef(oid) LIKE '${definition}') FROM pg_constraint WHERE conname = '${name}')`;
const QUOTED: Table = { ...ORDERS, name: '"Order Lines"', key: KEYS.quoted, columns: '"Sta;tus" text', column: '"Sta;tus"' };
const CREATE = 'create-index-blocks-writes';
const KEY = 'add-key-builds-index';
/** Indexes and keys that are built beside writers. */
export const INDEXES: readonly Case[] = [
  indexed('an index of a part is built', CREATE, 'CREATE INDEX orders_status_idx ON orders USING btree (status DESC NULLS LAST) WHERE status <> \'new\'',
    valid('orders_status_idx', '%DESC NULLS LAST%WHERE%')),
  indexed('an index of an expression is built', CREATE, 'CREATE INDEX ON orders (lower(status), n)', '(SELECT bool_and(indisvalid) AND count(*) = 1 FROM pg_index WHERE pg_get_indexdef(indexrelid) LIKE \'% ON public.orders %(lower(%\')', {
    view: { more: [{ text: 'SELECT n FROM orders WHERE lower(status) = \'s1\' AND n < 0', finds: 'no row' }] },
  }),
  indexed('an index is built beside one of the same columns', CREATE, 'CREATE INDEX ON orders (status)', `${valid('orders_status_idx')} AND ${valid('orders_status_idx1')}`, {
    table: { ...ORDERS, beside: 'CREATE INDEX ON orders (status);' },
  }),
  indexed('an index with quoted names is built', CREATE, 'CREATE UNIQUE INDEX "Once; a" ON "Order Lines" ("Sta;tus", "order")', valid('"Once; a"', '%UNIQUE%'), { table: QUOTED }),
  indexed('an index is built that a comment tells of', CREATE, '/* for the report */ CREATE INDEX -- later\n reports ON orders (v); -- done', valid('reports')),
  indexed('an index is built where there may be one', 'invalid-index-stays', 'CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_v_idx ON orders (v)', valid('orders_v_idx')),
  indexed('an index is dropped', 'drop-index-blocks', 'DROP INDEX orders_status_idx', gone('orders_status_idx'), { table: { ...ORDERS, beside: 'CREATE INDEX ON orders (status);' } }),
  indexed('two indexes with quoted names are dropped', 'drop-index-blocks', 'DROP INDEX "One;", public.two', `${gone('"One;"')} AND ${gone('two')}`, {
    table: { ...ORDERS, beside: 'CREATE INDEX "One;" ON orders (v); CREATE INDEX two ON orders (v);' },
  }),
  indexed('a unique constraint is added', KEY, 'ALTER TABLE orders ADD UNIQUE (status, id)', key('orders_status_id_key', 'UNIQUE (status, id)'), {
    view: { onConflict: 'ON CONFLICT (status, id) DO NOTHING' },
  }),
  indexed('a unique constraint is added beside an index with the name that its own would get', KEY, 'ALTER TABLE orders ADD CONSTRAINT orders_v UNIQUE (v)',
    `${key('orders_v', 'UNIQUE (v)')} AND ${valid('orders_v_idx', '%(v, n)')}`, { table: { ...ORDERS, beside: 'CREATE INDEX orders_v_idx ON orders (v, n);' } }),
  indexed('a unique constraint that waits for the end of a transaction is added', KEY, 'ALTER TABLE orders ADD CONSTRAINT once UNIQUE (v) DEFERRABLE INITIALLY DEFERRED',
    key('once', 'UNIQUE (v) DEFERRABLE INITIALLY DEFERRED')),
  indexed('a unique constraint that holds more columns is added', KEY, 'ALTER TABLE orders ADD CONSTRAINT once UNIQUE (v) INCLUDE (status)', key('once', 'UNIQUE (v) INCLUDE (status)')),
  indexed('a unique constraint of which nulls are alike is added', KEY, 'ALTER TABLE orders ADD CONSTRAINT once UNIQUE NULLS NOT DISTINCT (v)',
    key('once', 'UNIQUE NULLS NOT DISTINCT (v)'), { since: 15 }),
  indexed('a unique constraint with quoted names is added', KEY, 'ALTER TABLE "Order Lines" ADD CONSTRAINT "On,ce" UNIQUE ("Sta;tus", "order")', key('On,ce', 'UNIQUE (%)'), { table: QUOTED }),
  indexed('a primary key is added over columns that may be null', KEY, 'ALTER TABLE orders ADD PRIMARY KEY (id, status)', key('orders_pkey', 'PRIMARY KEY (id, status)'), {
    given: given(ORDERS).replace('PRIMARY KEY (id)', 'UNIQUE (id)'), since: 12,
  }),
  indexed('an index is built after a build that failed', CREATE, 'CREATE INDEX orders_v_idx ON orders (v)', valid('orders_v_idx', '%(v)'), {
    beforehand: 'CREATE INDEX orders_v_idx ON orders (n); UPDATE pg_index SET indisvalid = false WHERE indexrelid = \'orders_v_idx\'::regclass',
  }),
];
