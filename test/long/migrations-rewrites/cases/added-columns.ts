import type { Case, Particulars } from '../case';
import { given, KEYS, traffic, type Table, type View } from '../traffic';

export const ORDERS: Table = { columns: 'status varchar(40)', column: 'status', value: (v) => `'s' || (${v})` };

/** A column is added, which the next version reads, and may write. */
function added(name: string, definition: string, holds: string, { table = ORDERS, view = {}, ...more }: Particulars = {}): Case {
  return {
    name: `a column ${name} is added`,
    rule: 'add-column-rewrites',
    given: given(table),
    change: `ALTER TABLE ${table.name ?? 'orders'} ADD COLUMN ${definition}`,
    old: traffic(table),
    next: traffic(table, view),
    holds: `SELECT ${holds} FROM ${table.name ?? 'orders'}`,
    ...more,
  };
}

const reads = (column: string, table = 'orders'): View => ({ more: [{ text: `SELECT n FROM ${table} WHERE n = {other} AND ${column} IS NULL`, finds: 'no row' }] });
const IS_OWN = 'count(*) = count(DISTINCT token)';

/** Columns that are added in steps. */
export const ADDED_COLUMNS: readonly Case[] = [
  added('with a value of its own for each row', 'token double precision DEFAULT random()', 'count(*) = count(token)', { view: reads('token') }),
  added('that is unique and required', 'token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE', IS_OWN, { view: reads('token'), since: 13 }),
  added('that is unique by the end of a transaction', 'token uuid DEFAULT gen_random_uuid() CONSTRAINT tokens UNIQUE DEFERRABLE INITIALLY DEFERRED',
    `${IS_OWN} AND (SELECT condeferrable AND condeferred FROM pg_constraint WHERE conname = 'tokens')`, { since: 13 }),
  added('that counts', 'token bigserial', `${IS_OWN} AND count(token) = count(*)`, { view: reads('token') }),
  added('that counts from somewhere', 'token bigint GENERATED ALWAYS AS IDENTITY (START WITH 500000 INCREMENT BY 2)', `${IS_OWN} AND min(token) = 500000 AND bool_and(token % 2 = 0)`),
  added('that counts in a table whose key has two columns', 'token bigserial UNIQUE', IS_OWN, { table: { ...ORDERS, key: KEYS.composite } }),
  added('that counts in a partitioned table', 'token bigserial', IS_OWN, { table: { ...ORDERS, partitions: true } }),
  added('with quoted names', '"To""ken" double precision DEFAULT random() NOT NULL', 'count("To""ken") = count(*)', {
    table: { ...ORDERS, name: '"Order Lines"', key: KEYS.quoted }, view: reads('"To""ken"', '"Order Lines"'),
  }),
  added('by names that the steps have themselves', 'reached double precision DEFAULT random()', 'count(reached) = count(*)', {
    table: { ...ORDERS, name: 'last', columns: 'status varchar(40), upto integer DEFAULT 1' },
  }),
  added('of a collation', 'token text COLLATE "C" DEFAULT md5(random()::text)', 'min(pg_collation_for(token)) = \'"C"\' AND count(token) = count(*)'),
  added('of a domain that asks for something', 'mark label NOT NULL DEFAULT \'m\'', 'bool_and(mark = \'m\')', {
    given: `CREATE DOMAIN label AS varchar(5) CHECK (VALUE <> ''); ${given(ORDERS)}`, view: { also: ['mark', () => '\'m\''] },
  }),
  added('under two conditions', 'priority integer NOT NULL DEFAULT 1 CHECK (priority > 0) CONSTRAINT "Below 10" CHECK (priority < 10)',
    'bool_and(priority IN (1, 3)) AND (SELECT count(*) = 2 FROM pg_constraint WHERE conname IN (\'orders_priority_check\', \'Below 10\') AND convalidated)',
    { rule: 'add-column-constraint', view: { also: ['priority', () => '3'] } }),
  added('that references', 'customer bigint DEFAULT 1 CONSTRAINT customer_fk REFERENCES customers (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
    'bool_and(customer IN (1, 2)) AND (SELECT condeferred AND convalidated AND confdeltype = \'c\' FROM pg_constraint WHERE conname = \'customer_fk\')',
    {
      rule: 'add-column-constraint',
      table: { ...ORDERS, beside: 'CREATE TABLE customers (id bigint PRIMARY KEY); INSERT INTO customers VALUES (1), (2);' },
      view: { also: ['customer', () => '2'] },
    }),
  added('that is the primary key from now on', 'id bigserial PRIMARY KEY', 'count(*) = count(DISTINCT id) AND (SELECT count(*) = 1 FROM pg_constraint WHERE conname = \'orders_pkey\')', {
    since: 12,
    given: given(ORDERS).replace('id bigint,', 'code bigint NOT NULL UNIQUE,').replace(', PRIMARY KEY (id)', '').replace('(id, n', '(code, n'),
    old: traffic({ ...ORDERS, key: { ...KEYS.bigint, names: 'code' } }),
    next: traffic({ ...ORDERS, key: { ...KEYS.bigint, names: 'code' } }, reads('id')),
  }),
];
