import type { Client } from 'pg';
import { emptied, lastOf, taken } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

const GIVEN = `CREATE TABLE customers (id bigint PRIMARY KEY);
  CREATE TABLE orders (
    id bigint PRIMARY KEY, customer_id bigint, status varchar(20) NOT NULL DEFAULT 'new', quantity integer NOT NULL DEFAULT 1, note text);
  INSERT INTO customers SELECT n FROM generate_series(1, 100) n;
  INSERT INTO orders SELECT n, n % 100 + 1, 'new' || n % 5, n % 7, nullif('x' || n % 3, 'x1') FROM generate_series(1, 20000) n`;

const SHAPE = [
  'customer_id bigint', 'id bigint not null', 'note text', 'quantity integer not null default 1', 'status character varying(20) not null default \'new\'::character varying',
];

/** The columns of orders as the server has them, by name, and whether each constraint and index is valid. */
async function shape(): Promise<{ readonly columns: readonly string[]; readonly objects: readonly string[] }> {
  const columns = await client.query<{ text: string }>(`SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS text
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname`);
  const objects = await client.query<{ text: string }>(`
    SELECT c.conname || CASE WHEN c.convalidated THEN '' ELSE ' not valid' END AS text FROM pg_constraint c WHERE c.conrelid = 'orders'::regclass AND c.contype IN ('c', 'f', 'u')
    UNION ALL SELECT i.indexrelid::regclass::text || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END FROM pg_index i
      WHERE i.indrelid = 'orders'::regclass AND NOT i.indisprimary AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    UNION ALL SELECT t.tgname FROM pg_trigger t WHERE t.tgrelid = 'orders'::regclass AND NOT t.tgisinternal
    UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'zero_downtime' AND p.prorettype = 'trigger'::regtype
    ORDER BY 1`);
  return { columns: columns.rows.map(({ text }) => text), objects: objects.rows.map(({ text }) => text) };
}

interface Case {
  readonly change: Change;
  /** The columns and objects that are new or different when the new version may start, and when the old one is gone. */
  readonly ready: readonly string[];
  readonly contracted: readonly string[];
  readonly gone?: readonly string[];
  /** What is so of the rows. */
  readonly holds?: string;
}

const STATUS = 'status character varying(20) not null default \'new\'::character varying';
const CASES: readonly Case[] = [
  {
    change: { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' },
    ready: ['state character varying(20) not null'],
    contracted: ['state character varying(20) not null default \'new\'::character varying'],
    gone: [STATUS],
    holds: 'SELECT bool_and(state = \'new\' || id % 5) AS holds FROM orders',
  },
  {
    change: { kind: 'changeColumnType', table: 'orders', from: 'quantity', to: 'amount', type: 'bigint', up: 'quantity::bigint * 100', down: '(amount / 100)::integer' },
    ready: ['amount bigint not null'],
    contracted: ['amount bigint not null default \'100\'::bigint'],
    gone: ['quantity integer not null default 1'],
    holds: 'SELECT bool_and(amount = id % 7 * 100) AS holds FROM orders',
  },
  {
    change: { kind: 'addColumn', table: 'orders', column: 'token', type: 'uuid', default: 'gen_random_uuid()', notNull: true },
    ready: ['token uuid not null default gen_random_uuid()'],
    contracted: ['token uuid not null default gen_random_uuid()'],
    holds: 'SELECT count(*) = count(DISTINCT token) AS holds FROM orders',
  },
  {
    change: { kind: 'addColumn', table: 'orders', column: 'large', type: 'boolean', value: 'quantity > 3', notNull: true },
    ready: ['large boolean not null'],
    contracted: ['large boolean not null'],
    holds: 'SELECT bool_and(large = (id % 7 > 3)) AS holds FROM orders',
  },
  {
    change: { kind: 'setNotNull', table: 'orders', column: 'note', value: '\'none of \' || id' },
    ready: ['note text not null'],
    contracted: ['note text not null'],
    gone: ['note text'],
    holds: 'SELECT bool_and(note = CASE id % 3 WHEN 1 THEN \'none of \' || id ELSE \'x\' || id % 3 END) AS holds FROM orders',
  },
  { change: { kind: 'addCheck', table: 'orders', constraint: 'counted', check: 'quantity >= 0' }, ready: ['counted'], contracted: ['counted'] },
  {
    change: { kind: 'addForeignKey', table: 'orders', constraint: 'of_customer', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } },
    ready: ['of_customer'],
    contracted: ['of_customer'],
  },
  { change: { kind: 'addUnique', table: 'orders', constraint: 'once', columns: ['id', 'status'] }, ready: ['once'], contracted: ['once'] },
  { change: { kind: 'createIndex', table: 'orders', index: 'by_status', columns: ['status'], where: 'status <> \'new\'' }, ready: ['by_status'], contracted: ['by_status'] },
  {
    change: {
      kind: 'splitColumn',
      table: 'orders',
      from: 'status',
      into: [
        { column: 'word', type: 'text', up: 'left(status, 3)', notNull: true },
        { column: 'number', type: 'integer', up: 'nullif(substr(status, 4), \'\')::integer' },
      ],
      down: 'concat(word, number)',
    },
    ready: ['number integer', 'word text not null'],
    contracted: ['number integer', 'word text not null default \'new\'::text'],
    gone: [STATUS],
    holds: 'SELECT bool_and(word = \'new\' AND number = id % 5) AS holds FROM orders',
  },
  {
    change: {
      kind: 'mergeColumns',
      table: 'orders',
      from: [{ column: 'customer_id', down: 'split_part(both_of, \':\', 1)::bigint' }, { column: 'quantity', down: 'split_part(both_of, \':\', 2)::integer' }],
      to: 'both_of',
      type: 'text',
      up: 'concat(customer_id, \':\', quantity)',
      notNull: true,
    },
    ready: ['both_of text not null'],
    contracted: ['both_of text not null default \':1\'::text'],
    gone: ['customer_id bigint', 'quantity integer not null default 1'],
    holds: 'SELECT bool_and(both_of = (id % 100 + 1) || \':\' || id % 7) AS holds FROM orders',
  },
  {
    change: {
      kind: 'changeEnum',
      table: 'orders',
      from: 'status',
      to: 'state',
      type: 'order_state',
      values: ['fresh', 'new1', 'new2', 'new3', 'new4', 'seldom'],
      up: { new: 'fresh', new0: 'fresh' },
      down: { fresh: 'new0', seldom: 'new4' },
    },
    ready: ['state order_state not null'],
    contracted: ['state order_state not null default \'fresh\'::order_state'],
    gone: [STATUS],
    holds: 'SELECT bool_and(state::text = CASE id % 5 WHEN 0 THEN \'fresh\' ELSE \'new\' || id % 5 END) AS holds FROM orders',
  },
  {
    change: { kind: 'fullTextSearch', table: 'orders', column: 'words', columns: ['note', 'status'], configuration: 'english' },
    ready: ['words tsvector', 'orders_words_idx', 'zz_orders_words_kept'],
    contracted: ['words tsvector', 'orders_words_idx', 'zz_orders_words_kept'],
    holds: 'SELECT count(*) FILTER (WHERE words @@ to_tsquery(\'x2\')) = count(*) FILTER (WHERE note = \'x2\') AS holds FROM orders',
  },
  {
    change: {
      kind: 'sql',
      title: 'something else',
      tables: ['orders'],
      expand: ['ALTER TABLE orders ADD COLUMN shown text'],
      backfill: { table: 'orders', assignments: 'shown = coalesce(note, \'none\')', condition: 'shown IS NULL' },
      verify: { table: 'orders', isRight: 'shown = coalesce(note, \'none\')' },
      complete: ['ALTER TABLE orders ADD CONSTRAINT is_shown CHECK (shown <> \'\') NOT VALID', 'ALTER TABLE orders VALIDATE CONSTRAINT is_shown'],
      contract: ['ALTER TABLE orders DROP COLUMN note'],
      abort: ['ALTER TABLE orders DROP COLUMN shown'],
    },
    ready: ['shown text', 'is_shown'],
    contracted: ['shown text', 'is_shown'],
    gone: ['note text'],
    holds: 'SELECT bool_and(shown = coalesce(nullif(\'x\' || id % 3, \'x1\'), \'none\')) AS holds FROM orders',
  },
  { change: { kind: 'dropColumn', table: 'orders', column: 'note' }, ready: [], contracted: [], gone: ['note text'] },
];

describe.each(CASES)('$change.kind', ({ change, ready, contracted, gone = [], holds }) => {
  const isColumn = (text: string) => text.includes(' ');

  beforeEach(async () => {
    await emptied(client);
    await client.query(GIVEN);
    expect(lastOf(await taken(server, 'a change', change, 'ready'))).toMatchObject({ state: 'done' });
  });

  test('leaves both shapes side by side, every row right, then the new one alone', async () => {
    const both = await shape();
    const replaced = change.kind === 'setNotNull' ? gone : [];
    expect(both.columns).toEqual([...SHAPE.filter((text) => !replaced.includes(text)), ...ready.filter(isColumn)].sort());
    expect(both.objects.filter((text) => !text.startsWith('zero_downtime'))).toEqual(ready.filter((text) => !isColumn(text)));
    if (holds !== undefined) {
      expect((await client.query<{ holds: boolean }>(holds)).rows).toEqual([{ holds: true }]);
    }
    expect(lastOf(await taken(server, 'a change', change, 'contract'))).toMatchObject({ state: 'done', note: 'the old shape is gone' });
    const end = await shape();
    expect(end.columns).toEqual([...SHAPE.filter((text) => !gone.includes(text)), ...contracted.filter(isColumn)].sort());
    expect(end.objects).toEqual(contracted.filter((text) => !isColumn(text)));
    if (holds !== undefined) {
      expect((await client.query<{ holds: boolean }>(holds)).rows).toEqual([{ holds: true }]);
    }
  });

  test('does nothing when it is run again', async () => {
    const before = await shape();
    expect(await taken(server, 'a change', change, 'ready')).toEqual([expect.objectContaining({ state: 'done' })]);
    expect(await shape()).toEqual(before);
  });

  test('goes back to what was before', async () => {
    expect(lastOf(await taken(server, 'a change', change, 'abort'))).toMatchObject({ state: 'done', note: 'everything is as it was before' });
    expect(await shape()).toEqual({ columns: SHAPE, objects: [] });
    expect(lastOf(await taken(server, 'a change', change, 'ready'))).toMatchObject({ state: 'failed', note: expect.stringContaining('aborted') });
  });
});

test('a table goes when nobody knows it any more', async () => {
  await emptied(client);
  await client.query(GIVEN);
  const change: Change = { kind: 'dropTable', table: 'customers' };
  await taken(server, 'gone', change, 'ready');
  expect((await client.query('SELECT FROM customers')).rowCount).toBe(100);
  await taken(server, 'gone', change, 'contract');
  expect((await client.query<{ gone: boolean }>('SELECT to_regclass(\'customers\') IS NULL AS gone')).rows).toEqual([{ gone: true }]);
});

test('a table has two names, each written and read by whoever may, until nobody knows the old one', async () => {
  await client.query('DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS zero_downtime CASCADE; CREATE SCHEMA public; DROP ROLE IF EXISTS program; CREATE ROLE program');
  await client.query(`${GIVEN}; GRANT SELECT, INSERT ON orders TO program; GRANT USAGE ON SCHEMA public TO program`);
  const change: Change = { kind: 'renameTable', table: 'orders', to: 'purchases' };
  const use = async (table: string, id: number) => {
    await client.query('SET ROLE program');
    await client.query(`INSERT INTO ${table} (id) VALUES (${id})`);
    const { rows } = await client.query<{ status: string }>(`SELECT status FROM ${table} WHERE id = ${id}`);
    const outcome = await client.query(`DELETE FROM ${table}`).then(() => 'deleted', (error: { code: string }) => error.code);
    await client.query('RESET ROLE');
    return [rows[0].status, outcome];
  };
  await taken(server, 'renamed', change, 'ready');
  expect([await use('orders', 30001), await use('purchases', 30002)]).toEqual([['new', '42501'], ['new', '42501']]);
  await taken(server, 'renamed', change, 'contract');
  expect(await use('purchases', 30003)).toEqual(['new', '42501']);
  expect((await client.query<{ gone: boolean }>('SELECT to_regclass(\'orders\') IS NULL AS gone')).rows).toEqual([{ gone: true }]);
});

describe('a default', () => {
  const AMOUNT: Change = { kind: 'changeColumnType', table: 'orders', from: 'quantity', to: 'amount', type: 'bigint', up: 'quantity::bigint * 100', down: '(amount / 100)::integer' };
  const end = async (change: Change, goal: 'ready' | 'contract') => lastOf(await taken(server, 'a change', change, goal, { quiet: '0s' }));

  beforeEach(async () => {
    await emptied(client);
    await client.query(GIVEN);
  });

  test('that the old column had is what rows get that say nothing, before and after it goes', async () => {
    await end(AMOUNT, 'ready');
    await client.query('INSERT INTO orders (id) VALUES (-1)');
    await end(AMOUNT, 'contract');
    await client.query('INSERT INTO orders (id) VALUES (-2)');
    expect((await client.query('SELECT amount FROM orders WHERE id < 0')).rows).toEqual([{ amount: '100' }, { amount: '100' }]);
  });

  test.each(['now()::text', 'current_date::text', 'nextval(\'numbers\')::text', 'random()::text', '(\'now\'::text)::timestamp::text', 'current_user'])(
    'that is worked out for each row, as %s, is not guessed', async (made) => {
      await client.query(`CREATE SEQUENCE IF NOT EXISTS numbers; ALTER TABLE orders ALTER COLUMN note SET DEFAULT ${made}`);
      const change: Change = { kind: 'changeColumnType', table: 'orders', from: 'note', to: 'text', type: 'varchar', up: 'note', down: 'text' };
      expect(await end(change, 'ready')).toMatchObject({
        state: 'failed', note: expect.stringMatching(/^text beside note: the default of column note of orders is worked out for each row, .* \(ZD004\); say what it is in the new one/),
      });
    },
  );

  test('that somebody gives takes its place, and a sequence that belongs to the old column goes over', async () => {
    await client.query('CREATE SEQUENCE numbers OWNED BY orders.quantity; ALTER TABLE orders ALTER COLUMN quantity SET DEFAULT nextval(\'numbers\')');
    expect(await end({ ...AMOUNT, default: 'nextval(\'numbers\') * 100' }, 'ready')).toMatchObject({ state: 'done' });
    await client.query('INSERT INTO orders (id) VALUES (-1)');
    expect(await end({ ...AMOUNT, default: 'nextval(\'numbers\') * 100' }, 'contract')).toMatchObject({ state: 'done' });
    await client.query('INSERT INTO orders (id) VALUES (-2)');
    expect((await client.query('SELECT amount FROM orders WHERE id < 0 ORDER BY id DESC')).rows).toEqual([{ amount: '100' }, { amount: '200' }]);
    expect((await client.query('SELECT pg_get_serial_sequence(\'orders\', \'amount\') AS sequence')).rows).toEqual([{ sequence: 'public.numbers' }]);
  });

  test('that somebody gives and that is none of the type is refused before anything begins', async () => {
    expect(await end({ ...AMOUNT, default: '\'many\'' }, 'ready')).toMatchObject({ state: 'failed', note: expect.stringMatching(/invalid input syntax for (type )?\w+: "…"/) });
  });
});
