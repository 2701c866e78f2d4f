import { ORDERS } from './added-columns';
import type { Case, Particulars } from '../case';
import { given, KEYS, traffic, type Table, type View } from '../traffic';

/** A constraint is added, which what the programs write satisfies. */
function constrained(name: string, change: string, holds: string, { table = ORDERS, view = {}, ...more }: Particulars = {}): Case {
  return {
    name,
    rule: 'add-constraint-scans',
    given: given(table),
    change: `ALTER TABLE ${table.name ?? 'orders'} ${change}`,
    old: traffic(table),
    next: traffic(table, view),
    holds: `SELECT ${holds}`,
    ...more,
  };
}

const validated = (name: string) => `(SELECT count(*) = 1 AND bool_and(convalidated) FROM pg_constraint WHERE conname = '${name}' AND conparentid = 0 AND conislocal)`;
const BUYER = 'CREATE TABLE customers (id bigint PRIMARY KEY, region bigint, UNIQUE (region, id)); INSERT INTO customers SELECT n, 1 FROM generate_series(1, 10) n;';
const WITH_BUYER: Table = { ...ORDERS, columns: 'status varchar(40), customer bigint DEFAULT 1, region bigint DEFAULT 1', beside: BUYER };
/** What others do to the rows that are referenced. */
const BUYERS: View = { more: [{ text: 'UPDATE customers SET region = 1 WHERE id = {run} % 10 + 1' }, { text: 'INSERT INTO customers VALUES ({run}, 1)' }] };
const required = (column: string, table = 'orders') => `(SELECT attnotnull FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attname = '${column}')`;

/** Constraints that are added in steps. */
export const CONSTRAINTS: readonly Case[] = [
  constrained('a condition is added', 'ADD CHECK (status <> \'\')', validated('orders_status_check')),
  constrained('a condition with a quoted name is added', 'ADD CONSTRAINT "Has, a status" CHECK (length("Sta)tus") > 0)', validated('Has, a status'), {
    table: { ...ORDERS, name: '"Order Lines"', key: KEYS.quoted, columns: '"Sta)tus" text', column: '"Sta)tus"' },
  }),
  constrained('a condition of a partitioned table is added', 'ADD CONSTRAINT told CHECK (status IS NOT NULL)', validated('told'), { table: { ...ORDERS, partitions: true } }),
  constrained('two conditions are added at once', 'ADD CHECK (n > 0), ADD CHECK (v > -2)', `${validated('orders_n_check')} AND ${validated('orders_v_check')}`),
  constrained('a foreign key is added', 'ADD FOREIGN KEY (customer) REFERENCES customers (id)', validated('orders_customer_fkey'), { table: WITH_BUYER, view: BUYERS }),
  constrained('a foreign key of two columns is added', 'ADD CONSTRAINT buyer FOREIGN KEY (region, customer) REFERENCES customers (region, id) ON UPDATE CASCADE ON DELETE SET NULL', validated('buyer'), {
    table: WITH_BUYER, view: BUYERS,
  }),
  constrained('a foreign key that waits for the end of a transaction is added', 'ADD CONSTRAINT buyer FOREIGN KEY (customer) REFERENCES customers DEFERRABLE INITIALLY DEFERRED',
    `${validated('buyer')} AND (SELECT condeferred FROM pg_constraint WHERE conname = 'buyer')`, { table: WITH_BUYER, view: BUYERS }),
  constrained('a foreign key of a partitioned table is added', 'ADD CONSTRAINT buyer FOREIGN KEY (customer) REFERENCES customers (id)', validated('buyer'), {
    table: { ...WITH_BUYER, partitions: true }, view: BUYERS, since: 18,
  }),
  constrained('a column is required', 'ALTER COLUMN status SET NOT NULL', required('status'), { rule: 'set-not-null-scans', since: 12 }),
  constrained('a column is required before PostgreSQL 12', 'ALTER COLUMN status SET NOT NULL', validated('orders_status_given'), { rule: 'set-not-null-scans', until: 11 }),
  constrained('a column of a partitioned table is required', 'ALTER COLUMN status SET NOT NULL', required('status'), {
    rule: 'set-not-null-scans', table: { ...ORDERS, partitions: true }, since: 12,
  }),
  constrained('a column is required beside a condition of the same name', 'ALTER COLUMN status SET NOT NULL', required('status'), {
    rule: 'set-not-null-scans',
    since: 12,
    table: { ...ORDERS, columns: 'status varchar(40) CONSTRAINT orders_status_given CHECK (status <> \'\') CONSTRAINT orders_status_not_null CHECK (length(status) > 0)' },
  }),
  constrained('a column with a quoted name is required', 'ALTER COLUMN "select" SET NOT NULL', required('select', '"Order Lines"'), {
    rule: 'set-not-null-scans', table: { ...ORDERS, name: '"Order Lines"', key: KEYS.quoted, columns: '"select" text', column: '"select"' }, since: 12,
  }),
  constrained('a NOT NULL with a name is added', 'ADD CONSTRAINT told NOT NULL status', validated('told'), { since: 18 }),
  constrained('a NOT NULL without a name is added', 'ADD NOT NULL status', validated('orders_status_not_null'), { since: 18 }),
];
