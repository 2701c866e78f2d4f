import type { Client } from 'pg';
import { shapeOf } from './shape';
import { connectedAs, emptied, lastOf, taken, takenBy } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import type { Goal } from '../../../src/expand-contract/run/outcome';
import { sessionOf, type Session } from '../../../src/expand-contract/run/session';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

beforeEach(async () => {
  await emptied(client);
  await client.query(`CREATE TABLE orders (id bigint PRIMARY KEY, status text, email text, quantity integer);
    INSERT INTO orders SELECT n, 'new' || n % 5, 'somebody' || n % 1999, n % 7 FROM generate_series(1, 2000) n`);
});

const UNIQUE: Change = { kind: 'addUnique', table: 'orders', constraint: 'one_each', columns: ['email'] };
const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const INDEX: Change = { kind: 'createIndex', table: 'orders', index: 'by_status', columns: ['status'] };

async function end(change: Change, goal: Goal, session?: Session): Promise<{ readonly state: string; readonly note: string }> {
  const { state, note } = lastOf(session === undefined ? await taken(server, 'a change', change, goal) : await takenBy(session, 'a change', change, goal));
  return { state, note };
}

describe('an index', () => {
  test('over values that are not unique is told without the values, leaves nothing that refuses rows, and can be built later, or given up', async () => {
    const before = await shapeOf(client);
    const refused = { state: 'failed', note: expect.stringMatching(/^the index one_each_idx: could not create unique index "one_each_idx" \(23505\); make the values unique and run it again, or abort$/) };
    expect(await end(UNIQUE, 'ready')).toEqual(refused);
    await client.query('INSERT INTO orders (id, email) VALUES (3000, \'somebody1\')');
    expect(await shapeOf(client)).toEqual(before);
    expect(await end(UNIQUE, 'ready')).toEqual(refused);
    expect(await end(UNIQUE, 'abort')).toMatchObject({ state: 'done' });
    expect(await shapeOf(client)).toEqual(before);
    await client.query('DELETE FROM orders WHERE id >= 2000');
    expect(lastOf(await taken(server, 'once more', UNIQUE, 'ready'))).toMatchObject({ state: 'done' });
    await expect(client.query('INSERT INTO orders (id, email) VALUES (3000, \'somebody1\')')).rejects.toThrow('one_each');
  });

  test('that a build has left half done is built anew', async () => {
    await expect(client.query('CREATE UNIQUE INDEX CONCURRENTLY by_status ON orders (status)')).rejects.toThrow('could not create unique index');
    const outcomes = await taken(server, 'a change', INDEX, 'ready');
    expect(outcomes.map(({ note }) => note)).toContain('remove what a build that failed has left');
    expect(await shapeOf(client)).toContain('CREATE INDEX by_status ON public.orders USING btree (status)');
  });

  test('of the same name that was there before is not taken for it, and stays when the migration is given up', async () => {
    await client.query('CREATE INDEX by_status ON orders (email)');
    const before = await shapeOf(client);
    expect(await end(INDEX, 'ready')).toEqual({ state: 'failed', note: 'by_status was there before this migration; give the new one another name, or drop it first' });
    expect(await end(INDEX, 'abort')).toMatchObject({ state: 'done' });
    expect(await shapeOf(client)).toEqual(before);
  });

  test('of the same name in another schema is another one', async () => {
    await client.query('CREATE SCHEMA IF NOT EXISTS other; DROP TABLE IF EXISTS other.things; CREATE TABLE other.things (status text); CREATE INDEX by_status ON other.things (status)');
    const session = await server.connect();
    await session.query('SET search_path = other, public');
    expect(await end(INDEX, 'ready', sessionOf(session))).toMatchObject({ state: 'done' });
    expect(await end(INDEX, 'abort', sessionOf(session))).toMatchObject({ state: 'done' });
    expect([(await shapeOf(client, 'other')).length, (await shapeOf(client)).filter((text) => text.includes('by_status'))]).toEqual([2, []]);
  });
});

describe('what was there before', () => {
  test.each<[Change, string]>([
    [{ kind: 'addColumn', table: 'orders', column: 'email', type: 'text', value: '\'nobody\'' }, 'email is there: column "email" of relation "orders" already exists (42701)'],
    [{ kind: 'renameColumn', table: 'orders', from: 'status', to: 'email' }, 'email beside status: column "email" of relation "orders" already exists (42701)'],
    [{ kind: 'addCheck', table: 'orders', constraint: 'orders_pkey', check: 'id > 0' }, 'orders_pkey holds for new rows: constraint "orders_pkey" for relation "orders" already exists (42710)'],
  ])('is not taken away where a migration that met it is given up: %j', async (change, note) => {
    const before = await shapeOf(client);
    expect(await end(change, 'ready')).toEqual({ state: 'failed', note: `${note}; nothing of this step was done; put it right and run again, or abort` });
    expect(await end(change, 'abort')).toMatchObject({ state: 'done' });
    expect(await shapeOf(client)).toEqual(before);
    expect((await client.query('SELECT count(DISTINCT email)::integer AS emails FROM orders')).rows).toEqual([{ emails: 1999 }]);
  });

  test.each<Change>([
    { kind: 'dropColumn', table: 'orders', column: 'quantity' },
    { kind: 'setNotNull', table: 'orders', column: 'quantity' },
  ])('is there again, NOT NULL and all, where a migration is given up: $kind', async (change) => {
    await client.query('ALTER TABLE orders ALTER COLUMN quantity SET NOT NULL');
    const before = await shapeOf(client);
    expect(await end(change, 'ready')).toMatchObject({ state: 'done' });
    expect(await end(change, 'abort')).toMatchObject({ state: 'done' });
    expect(await shapeOf(client)).toEqual(before);
  });

  test('would go with a column: contract stops, until something takes its place', async () => {
    await client.query('CREATE UNIQUE INDEX known_by ON orders (status, id); ALTER TABLE orders ADD CONSTRAINT stated CHECK (status <> \'\'); CREATE INDEX lower_word ON orders (lower(status))');
    const stop = (what: string) => ({
      state: 'failed',
      note: `status goes: ${what} would go with column status, and nothing of column state is in its place (ZD007); declare one of the new column, or drop it, and run again`,
    });
    // Of another type, and so of other values, nothing can be said but what an index says of a column as it is.
    const change: Change = { kind: 'changeColumnType', table: 'orders', from: 'status', to: 'state', type: 'varchar', up: 'status', down: 'state' };
    expect((await taken(server, 'a change', change, 'ready')).map(({ note }) => note))
      .toContain('what stands on status is looked through; contract will ask for something of state in the place of constraint stated, index known_by, index lower_word');
    expect(await end(change, 'contract')).toEqual(stop('constraint stated'));
    await client.query('ALTER TABLE orders ADD CONSTRAINT said CHECK (state <> \'\')');
    expect(await end(change, 'contract')).toEqual(stop('index known_by'));
    await client.query('CREATE INDEX state_by ON orders (state, id)');
    expect(await end(change, 'contract')).toEqual(stop('index known_by'));
    await client.query('CREATE UNIQUE INDEX really_by ON orders (state, id)');
    expect(await end(change, 'contract')).toEqual(stop('index lower_word'));
    expect(await end(change, 'ready')).toMatchObject({ state: 'done' });
    await client.query('CREATE INDEX word_of_state ON orders (lower(state))');
    expect(await end(change, 'contract')).toEqual({ state: 'done', note: 'the old shape is gone' });
    expect((await shapeOf(client)).filter((text) => text.includes('status'))).toEqual([]);
  });

  test('and depends on a column stops contract, and it can still be given up', async () => {
    const before = await shapeOf(client);
    await client.query('CREATE VIEW seen AS SELECT id, status FROM orders');
    expect(await end(RENAME, 'contract')).toEqual({ state: 'failed', note: expect.stringContaining('status goes: cannot drop column status of table orders because other objects depend on it (2BP01)') });
    expect(await end(RENAME, 'abort')).toMatchObject({ state: 'done' });
    await client.query('DROP VIEW seen');
    expect(await shapeOf(client)).toEqual(before);
  });
});

describe('rows', () => {
  test('that lack a column are found before a constraint would refuse every update of them', async () => {
    await client.query('UPDATE orders SET quantity = NULL WHERE id = 77');
    const change: Change = { kind: 'setNotNull', table: 'orders', column: 'quantity' };
    expect(await end(change, 'ready')).toEqual({ state: 'failed', note: 'no row lacks quantity: rows of orders lack quantity (ZD006); give them a value, or declare what it is, and run again' });
    await client.query('UPDATE orders SET status = \'paid\' WHERE id = 77');
    await client.query('UPDATE orders SET quantity = 0 WHERE id = 77');
    expect(await end(change, 'ready')).toMatchObject({ state: 'done' });
  });

  test.each([1, 777, 2000, 5000])('that an expression cannot convert are told by their key, as %i, and never by what they hold', async (key) => {
    await client.query('INSERT INTO orders (id, status, email) VALUES ($1, \'new\', \'not a number\') ON CONFLICT (id) DO UPDATE SET email = excluded.email', [key]);
    const change: Change = { kind: 'changeColumnType', table: 'orders', from: 'email', to: 'number', type: 'integer', up: 'replace(email, \'somebody\', \'\')::integer', down: '\'somebody\' || number' };
    expect(await end(change, 'ready')).toEqual({ state: 'failed', note: expect.stringMatching(new RegExp(`^backfill of the row of key ${key}: invalid input syntax for (type )?integer: "…" \\(22P02\\); `)) });
    expect((await client.query('SELECT rows_seen::integer AS seen FROM zero_downtime.walk')).rows).toEqual([{ seen: 0 }]);
    await client.query('DELETE FROM orders WHERE id = $1', [key]);
    expect(await end(change, 'ready')).toMatchObject({ state: 'done' });
  });

  test('that tell the versions different things are counted, and listed by their keys', async () => {
    await taken(server, 'a change', RENAME, 'expanded');
    await client.query('SET session_replication_role = replica; UPDATE orders SET state = \'other\' WHERE id IN (7, 9); RESET session_replication_role');
    expect(await end(RENAME, 'ready')).toEqual({ state: 'failed', note: '2 rows are not what they should be, of keys such as 7, 9' });
    await client.query('UPDATE orders SET state = status WHERE id IN (7, 9)');
    expect(await end(RENAME, 'ready')).toMatchObject({ state: 'done' });
  });
});

describe('an expression that the server does not take', () => {
  const retype = (up: string, down: string): Change => ({ kind: 'changeColumnType', table: 'orders', from: 'quantity', to: 'amount', type: 'bigint', up, down });
  const enumerated = (values: readonly string[], up: Readonly<Record<string, string>>, down: Readonly<Record<string, string>>): Change =>
    ({ kind: 'changeEnum', table: 'orders', from: 'mood', to: 'temper', type: 'temper', values, up, down });

  beforeEach(async () => {
    await client.query('CREATE TYPE mood AS ENUM (\'glad\', \'sad\'); ALTER TABLE orders ADD COLUMN mood mood');
  });

  test.each<[Change, string]>([
    [enumerated(['glad', 'angry'], { sad: 'angry' }, {}), 'the value \'angry\' of temper has none in the other shape (ZD004); say which one stands for it'],
    [enumerated(['glad', 'angry'], {}, { angry: 'sad' }), 'the value \'sad\' of mood has none in the other shape (ZD004)'],
    [retype('quantity * 2', 'amounts'), 'column "amounts" does not exist (42703)'],
    [retype('status', 'amount'), 'column "amount" is of type bigint but expression is of type text (42804)'],
    [retype('quantity * id', 'amount'), 'quantity * id reads column id too, whose changes nothing would follow (ZD004); let it read quantity alone'],
    [retype('quantity * 2', 'amount / id'), 'amount / id reads column id too'],
    [retype('public.orders.quantity', 'amount'), '(42P01)'],
    [{ kind: 'addColumn', table: 'orders', column: 'size', type: 'text', value: 'nothing(quantity)' }, 'function nothing(integer) does not exist (42883)'],
    [{ kind: 'setNotNull', table: 'orders', column: 'status', value: 'quantities' }, 'column "quantities" does not exist (42703)'],
  ])('is found before any trigger needs it: %j', async (change, message) => {
    const before = await shapeOf(client);
    expect(await end(change, 'ready')).toEqual({ state: 'failed', note: expect.stringContaining(message) });
    expect(await shapeOf(client)).toEqual(before);
    await client.query('INSERT INTO orders (id) VALUES (9000)');
  });
});

describe('a role', () => {
  beforeEach(async () => {
    await client.query(`DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guest') THEN CREATE ROLE guest LOGIN; END IF; END $$;
      REVOKE ALL ON DATABASE postgres FROM guest; GRANT USAGE ON SCHEMA public TO guest; GRANT SELECT ON orders TO guest`);
  });

  test('that may not make the ledger is told so in one sentence', async () => {
    expect(await end(RENAME, 'ready', sessionOf(await connectedAs(server, 'guest')))).toEqual({
      state: 'failed', note: 'permission denied for database postgres (42501); run it as the owner of the table, who may create the schema zero_downtime or owns it',
    });
  });

  test('that does not own the table is told whose it would have to be', async () => {
    await client.query('GRANT CREATE ON DATABASE postgres TO guest');
    expect(await end(RENAME, 'ready', sessionOf(await connectedAs(server, 'guest')))).toEqual({
      state: 'failed', note: 'state beside status: must be owner of table orders (42501); run it as the owner of orders, or make guest a member of that role',
    });
  });
});

test('rows that are hidden from a role are an error, and not fewer rows', async () => {
  await client.query('DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = \'owner\') THEN CREATE ROLE owner LOGIN; END IF; END $$');
  await client.query(`GRANT CREATE ON DATABASE postgres TO owner; GRANT ALL ON SCHEMA public TO owner; ALTER TABLE orders OWNER TO owner;
    ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY; CREATE POLICY few ON orders USING (id < 100)`);
  expect(await end(RENAME, 'ready', sessionOf(await connectedAs(server, 'owner')))).toEqual({
    state: 'failed', note: expect.stringContaining('query would be affected by row-level security policy for table "orders" (42501)'),
  });
});

describe('a pooler', () => {
  /** Gives each statement the other of two sessions, as one does that pools by transaction. */
  async function pooled(): Promise<Session> {
    const sessions = [sessionOf(await server.connect()), sessionOf(await server.connect())];
    let turn = 0;
    return {
      query: async (sql, values) => {
        turn += 1;
        return sessions[turn % 2].query(sql, values);
      },
    };
  }

  test('is noticed and told, does nothing wrong, and leaves no lock behind', async () => {
    expect(await end(RENAME, 'ready', await pooled())).toEqual({ state: 'failed', note: expect.stringContaining('a pooler gives each statement another session; give the server\'s own address') });
    expect(await end(RENAME, 'contract')).toMatchObject({ state: 'done' });
    expect((await client.query('SELECT bool_and(state = \'new\' || id % 5) AS holds FROM orders')).rows).toEqual([{ holds: true }]);
  });
});
