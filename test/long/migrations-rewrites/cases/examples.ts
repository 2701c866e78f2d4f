import { MIGRATION_RULES } from '../../../../src/migrations/rules/rules';
import type { Case } from '../case';
import { ROWS } from '../program';
import { KEYS, traffic, type Table } from '../traffic';

/** The table of an example, with the columns by which rows are judged, and with more rows. */
interface Example extends Partial<Omit<Case, 'rule'>> {
  readonly table: Table;
  readonly rows: string;
}

const JUDGED = 'ADD COLUMN n bigint, ADD COLUMN v bigint, ADD COLUMN touched integer NOT NULL DEFAULT 0';
const STATUS: Table = { columns: '', column: 'status', value: (v) => `'s' || (${v})` };
const orders = (table: Table, more: Partial<Case> = {}): Example => ({
  table,
  rows: `ALTER TABLE orders ${JUDGED}; TRUNCATE orders;
    INSERT INTO orders (id, n, v, customer_id, note, ${table.column === 'note' ? 'status' : table.column}) SELECT n, n, n, 1, 's' || n, ${table.value('n')} FROM generate_series(1, ${ROWS}) n;`,
  ...more,
});

/** What programs do while the rewrite of a rule's example is run, and what it must have made. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  'add-column-constraint': orders(STATUS, { next: traffic(STATUS, { also: ['priority', () => '2'] }), holds: 'SELECT bool_and(priority IN (1, 2)) FROM orders' }),
  'add-column-rewrites': orders(STATUS, { holds: 'SELECT count(token) = count(*) FROM orders' }),
  'add-constraint-scans': orders(STATUS, {
    next: traffic(STATUS, { also: ['customer_id', () => '2'] }), holds: 'SELECT convalidated FROM pg_constraint WHERE conname = \'orders_customer_fk\'',
  }),
  'add-key-builds-index': orders(STATUS, { holds: 'SELECT count(*) = 1 FROM pg_constraint WHERE conname = \'orders_note_key\'' }),
  'alter-type-rewrites': orders({ ...STATUS, column: 'quantity', value: (v) => `(${v})::integer` }, {
    next: traffic({ ...STATUS, column: 'quantity_new', value: (v) => v }, { omitted: '1' }), agrees: 'quantity = quantity_new',
  }),
  'create-index-blocks-writes': orders(STATUS, { holds: 'SELECT indisvalid FROM pg_index WHERE indexrelid = \'orders_customer_idx\'::regclass' }),
  'detach-partition-blocks': {
    table: { ...STATUS, name: 'events_1', key: { ...KEYS.bigint, names: 'id' }, column: 'day', value: () => '1' },
    // Nobody writes the partitioned table: it has no other partition.
    rows: `ALTER TABLE events ${JUDGED}; INSERT INTO events SELECT n, 1, n, n, 0 FROM generate_series(1, ${ROWS}) n;`,
    holds: 'SELECT count(*) = 0 FROM events',
    since: 14,
  },
  'drop-index-blocks': orders(STATUS, { holds: 'SELECT to_regclass(\'orders_status_idx\') IS NULL' }),
  'invalid-index-stays': orders(STATUS, { holds: 'SELECT indisvalid FROM pg_index WHERE indexrelid = \'orders_customer_idx\'::regclass' }),
  'missing-lock-timeout': orders(STATUS, {
    // What is printed goes before the statement, which has to follow.
    afterwards: 'ALTER TABLE orders ADD COLUMN extra jsonb', next: traffic(STATUS, { also: ['extra', () => '\'{}\''] }), holds: 'SELECT count(extra) > 0 FROM orders',
  }),
  'refresh-blocks-readers': {
    table: { ...STATUS, column: 'total', value: (v) => `(${v})::integer` },
    rows: `ALTER TABLE orders ${JUDGED}; TRUNCATE orders; INSERT INTO orders SELECT n, n, n, n FROM generate_series(1, ${ROWS}) n;`,
    old: traffic({ ...STATUS, column: 'total', value: (v) => `(${v})::integer` }, { more: [{ text: 'SELECT id FROM totals WHERE id = 50', finds: 'a row' }] }),
    holds: `SELECT count(*) >= ${ROWS} FROM totals`,
  },
  'rename-column': orders({ ...STATUS, column: 'note' }, {
    next: traffic({ ...STATUS, column: 'remark' }), agrees: 'note = remark',
  }),
  'rename-table': orders(STATUS, { next: traffic(STATUS, { table: 'purchases' }), holds: 'SELECT to_regclass(\'orders\') IS NULL' }),
  'set-not-null-scans': orders({ ...STATUS, column: 'note' }, {
    holds: 'SELECT attnotnull OR current_setting(\'server_version_num\')::integer < 120000 FROM pg_attribute WHERE attrelid = \'orders\'::regclass AND attname = \'note\'',
  }),
  'whole-table-write': orders(STATUS, { holds: `SELECT bool_and(note = 'y') FROM orders WHERE n BETWEEN 1 AND ${ROWS}` }),
};

/** The examples of rules that print a rewrite; what `EXAMPLES` lacks is told by a test. */
export const EXAMPLE_CASES: readonly Case[] = MIGRATION_RULES.filter(({ id }) => id in EXAMPLES).map(({ id, given, bad }) => {
  const { table, rows, ...more } = EXAMPLES[id];
  return { name: `the example of ${id} is mended`, rule: id, given: `${given}\n${rows}`, change: bad, old: traffic(table), ...more };
});
