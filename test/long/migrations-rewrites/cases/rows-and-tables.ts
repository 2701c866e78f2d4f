import { ORDERS } from './added-columns';
import type { Case, Particulars } from '../case';
import { given, KEYS, traffic, type Table } from '../traffic';

const COUNTED: Table = { ...ORDERS, columns: 'status varchar(40), passes integer NOT NULL DEFAULT 0' };

/** Every row of a table is written, once. */
function written(name: string, change: string, table: Table = COUNTED, holds = 'passes = 1'): Case {
  return {
    name: `every row ${name} is written`,
    rule: 'whole-table-write',
    given: given(table),
    change,
    old: traffic(table),
    // Rows that came in the meantime may have been written too.
    holds: `SELECT bool_and(${holds}) FROM ${table.name ?? 'orders'} WHERE n BETWEEN 1 AND 5000`,
  };
}

/** A table or a view is called otherwise, or moves. */
function moved(name: string, change: string, to: string, { table = ORDERS, view = {}, ...more }: Particulars = {}): Case {
  return { name, rule: 'rename-table', given: given(table), change, old: traffic(table), next: traffic(table, { ...view, table: to }), holds: 'SELECT to_regclass(\'orders\') IS NULL', ...more };
}

const EVENTS = `CREATE TABLE events (n bigint NOT NULL, v bigint NOT NULL, touched integer NOT NULL DEFAULT 0, day integer NOT NULL, id bigint, PRIMARY KEY (id, day)) PARTITION BY LIST (day);
  CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1); CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2);
  INSERT INTO events SELECT n, n, 0, 2, n FROM generate_series(1, 5000) n; INSERT INTO events SELECT n, n, 0, 1, n FROM generate_series(5001, 6000) n;`;
const EVENT: Table = { name: 'events', columns: '', column: 'day', value: () => '2' };

/** Changes of all rows, and of what is read. */
export const ROWS_AND_TABLES: readonly Case[] = [
  written('of a plain table', 'UPDATE orders SET passes = passes + 1'),
  written('of a table with an alias', 'UPDATE orders AS o SET passes = o.passes + 1, touched = o.touched'),
  written('of a table that is named', 'UPDATE public.orders SET passes = orders.passes + public.orders.touched * 0 + 1'),
  written('of a table of which several columns are set at once', 'update only "orders"\n set (passes, status) = (select orders.passes + 1, orders.status)'),
  written('of a table whose key is a uuid', 'UPDATE orders SET passes = passes + 1', { ...COUNTED, key: KEYS.uuid }),
  written('of a table whose key has two columns', 'UPDATE orders SET passes = passes + 1', { ...COUNTED, key: KEYS.composite }),
  written('of a table with quoted names', 'UPDATE "Order Lines" SET "pas.ses" = "Order Lines"."pas.ses" + 1', {
    ...COUNTED, name: '"Order Lines"', key: KEYS.quoted, columns: 'status varchar(40), "pas.ses" integer DEFAULT 0',
  }, '"pas.ses" = 1'),
  written('of a partitioned table', 'UPDATE orders SET passes = passes + 1', { ...COUNTED, partitions: true }),
  written('of a table whose columns have the names of the steps', 'UPDATE last SET upto = reached + 1, last = last + 1', {
    ...COUNTED, name: 'last', columns: 'status varchar(40), reached integer DEFAULT 4, upto integer, last integer DEFAULT 0',
  }, 'upto = 5 AND last = 1'),
  moved('a table is renamed', 'ALTER TABLE orders RENAME TO purchases', 'purchases'),
  moved('a table with quoted names is renamed', 'ALTER TABLE "Order Lines" RENAME TO "Purchases, all"', '"Purchases, all"', {
    table: { ...ORDERS, name: '"Order Lines"', key: KEYS.quoted },
  }),
  moved('a partitioned table is renamed, and old rows are written by conflicts', 'ALTER TABLE orders RENAME TO purchases', 'purchases', {
    table: { ...ORDERS, partitions: true }, old: traffic({ ...ORDERS, partitions: true }, { onConflict: 'ON CONFLICT (id) DO UPDATE SET touched = EXCLUDED.touched' }),
  }),
  moved('a table goes to another schema', 'ALTER TABLE orders SET SCHEMA "Old things"', '"Old things".orders', { given: `CREATE SCHEMA "Old things"; ${given(ORDERS)}` }),
  moved('a view is renamed', 'ALTER VIEW orders RENAME TO purchases', 'purchases', {
    given: `${given({ ...ORDERS, name: 'stored' })} CREATE VIEW orders AS SELECT id, n, v, touched, status FROM stored;`,
  }),
  {
    name: 'a partition that nobody writes any more is detached',
    rule: 'detach-partition-blocks',
    given: EVENTS,
    change: 'ALTER TABLE events DETACH PARTITION events_1',
    old: traffic({ ...EVENT, key: { ...KEYS.bigint, names: 'id' } }, { more: [{ text: 'SELECT n FROM events WHERE day = 1 AND n < 5000', finds: 'no row' }] }),
    holds: 'SELECT (SELECT count(*) = 1000 FROM events_1) AND (SELECT count(*) = 0 FROM events WHERE day = 1)',
    since: 14,
  },
  {
    name: 'a materialized view is refreshed',
    rule: 'refresh-blocks-readers',
    given: `${given(ORDERS)} CREATE MATERIALIZED VIEW totals AS SELECT n, status FROM orders; CREATE UNIQUE INDEX ON totals (n);`,
    change: 'REFRESH MATERIALIZED VIEW totals',
    old: traffic(ORDERS, { more: [{ text: 'SELECT n FROM totals WHERE n = {other}', finds: 'a row' }] }),
    holds: 'SELECT count(*) > 5000 FROM totals',
  },
];
