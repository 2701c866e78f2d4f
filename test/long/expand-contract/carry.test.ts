import type { Client } from 'pg';
import { emptied, lastOf, sleep, taken, takenBy } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { sessionOf } from '../../../src/expand-contract/run/session';
import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote';
import { PostgresServer } from '../../support/postgres/server';

const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };

/** A table with all that can stand on a column that may be renamed. */
function made(schema: string, status = 'status'): string {
  const column = quoteIdentifier(status);
  return `CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path = ${schema};
    CREATE TABLE states (name text PRIMARY KEY, other text);
    CREATE TABLE orders (id bigint PRIMARY KEY, ${column} text NOT NULL DEFAULT 'new', total numeric, tags text[], note text,
      CONSTRAINT known CHECK (${column} <> ''), CHECK (${column} IS NOT NULL OR total > 0), CONSTRAINT "Of others" CHECK (total > -1),
      CONSTRAINT of_state FOREIGN KEY (${column}) REFERENCES states (name) ON UPDATE CASCADE ON DELETE CASCADE);
    INSERT INTO states SELECT 'kind ' || n FROM generate_series(0, 99) n; INSERT INTO states VALUES ('new');
    INSERT INTO orders SELECT n, 'kind ' || n % 100, n, ARRAY['a', 'b'] FROM generate_series(1, 2000) n;
    ALTER TABLE orders ADD CONSTRAINT unproven CHECK (${column} <> 'kind 700') NOT VALID, ADD CONSTRAINT one UNIQUE (id, ${column}), ADD CONSTRAINT two UNIQUE (${column}, id) INCLUDE (total);
    CREATE INDEX plain ON orders (${column});
    CREATE INDEX "Quoted ON x USING y" ON orders (total, ${column} DESC NULLS LAST);
    CREATE INDEX pattern ON orders (${column} text_pattern_ops, (lower(${column}) COLLATE "C"));
    CREATE INDEX open ON orders (total) WHERE ${column} = 'new';
    CREATE INDEX closed ON orders (total) WHERE ${column} <> 'new';
    CREATE INDEX covering ON orders (total) INCLUDE (${column}) WITH (fillfactor = 70);
    CREATE INDEX by_tags ON orders USING gin ((tags || ${column}));
    CREATE INDEX by_hash ON orders USING hash (${column});
    CREATE UNIQUE INDEX once ON orders ((${column} || id::text));
    CREATE INDEX ${'long_'.repeat(12)}abc ON orders (${column}, note);
    CREATE INDEX ${'é'.repeat(31)} ON orders (note, ${column});
    CREATE INDEX of_others ON orders (note)`;
}

/** What it says, by whatever name; a unique constraint is an index, and no more than that while the old one has the name. */
function nameless(said: string): readonly string[] {
  return / (UNIQUE|NOT NULL)\b/.test(said) && !said.startsWith('CREATE') ? [] : [said.replace(/^(CREATE (?:UNIQUE )?INDEX )?("[^"]*"|\S+) /, '$1')];
}

describe.each([18, 11])('on PostgreSQL %i', (major) => {
  let server: PostgresServer;
  let client: Client;

  beforeAll(async () => {
    server = await PostgresServer.start(major);
    client = await server.connect();
  }, 300_000);

  afterAll(() => server?.stop());

  /** All indexes and constraints of a table, as the server writes them. */
  async function standing(schema: string, table = 'orders'): Promise<string[]> {
    const { rows } = await client.query<{ said: string }>(`SELECT replace(said, ${quoteLiteral(`${schema}.`)}, '') AS said FROM (
      SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END AS said FROM pg_index WHERE indrelid = '${schema}.${table}'::regclass
      UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '${schema}.${table}'::regclass) AS each ORDER BY 1`);
    return rows.map(({ said }) => said);
  }

  /** The same where the server itself has renamed the column, while nobody else was there. */
  async function renamedByServer(): Promise<string[]> {
    await client.query(`${made('twin')}; ALTER TABLE orders RENAME COLUMN status TO state; SET search_path = public`);
    const said = await standing('twin');
    await client.query('DROP SCHEMA twin CASCADE');
    return said;
  }

  /** Takes a change so many steps further each time, and back: what stands then is what stood before. */
  async function isGivenUpAtAnyStep(change: Change, stride: number, all: () => Promise<readonly string[]>): Promise<void> {
    const before = await all();
    for (let steps = 1, isOver = false; !isOver; steps += stride) {
      const session = await server.connect();
      let seen = 0;
      await takenBy(sessionOf(session), `try ${steps}`, change, 'ready', {}, ({ state }) => {
        seen += 1;
        isOver = state === 'done' || state === 'failed';
        if (seen === steps) {
          throw new Error('enough');
        }
      }).catch(() => undefined);
      await session.end();
      expect(lastOf(await taken(server, `try ${steps}`, change, 'abort'))).toMatchObject({ state: 'done' });
      expect(await all()).toEqual(before);
    }
  }

  beforeEach(async () => {
    await emptied(client);
    await client.query(`DROP SCHEMA IF EXISTS twin CASCADE; ${made('public')}`);
  });

  describe('what stands on a column that is renamed', () => {
    test('stands on the new one before its version starts, and in the end is what it would be if the server had renamed it', async () => {
      const before = await standing('public');
      const outcomes = await taken(server, 'a change', RENAME, 'ready');
      expect(lastOf(outcomes)).toMatchObject({ state: 'done', note: 'every row is as the new version wants it' });
      expect(outcomes.map(({ note }) => note)).toEqual(expect.arrayContaining(['the indexes of status are there for state', 'what stands on status is looked through']));
      const both = await standing('public');
      expect(both).toEqual(expect.arrayContaining(before));
      expect(both.filter((said) => /\bstate\b/.test(said)).flatMap(nameless).sort())
        .toEqual(before.filter((said) => /\bstatus\b/.test(said)).map((said) => said.replace(/\bstatus\b/g, 'state')).flatMap(nameless).sort());
      expect(lastOf(await taken(server, 'a change', RENAME, 'contract'))).toMatchObject({ state: 'done', note: 'the old shape is gone' });
      expect((await standing('public')).map((said) => said.replace('orders_state_not_null', 'orders_status_not_null'))).toEqual(await renamedByServer());
    }, 60_000);

    test('is used by the queries of the new version', async () => {
      await taken(server, 'a change', RENAME, 'ready');
      await client.query('ANALYZE orders');
      const { rows } = await client.query('EXPLAIN SELECT * FROM orders WHERE state = \'kind 7\' AND note = \'a\'');
      expect(JSON.stringify(rows)).toMatch(/Index (Scan|Cond)/);
      await expect(client.query('INSERT INTO orders (id, state) VALUES (1, \'kind 1\') ON CONFLICT (state, id) DO UPDATE SET note = \'met\'')).resolves.toMatchObject({ rowCount: 1 });
      await expect(client.query('INSERT INTO orders (id, state) VALUES (-1, \'no kind\')')).rejects.toMatchObject({ code: '23503' });
      await client.query('UPDATE states SET name = \'kind x\' WHERE name = \'kind 8\'; DELETE FROM states WHERE name = \'kind 9\'');
      const moved = 'SELECT count(*) FILTER (WHERE state = \'kind x\' AND status = \'kind x\')::integer AS renamed, count(*) FILTER (WHERE state = \'kind 9\')::integer AS gone FROM orders';
      expect((await client.query(moved)).rows).toEqual([{ renamed: 20, gone: 0 }]);
    }, 60_000);

    test('goes with the new one when it is aborted, at any step', async () => {
      await isGivenUpAtAnyStep(RENAME, 3, async () => standing('public'));
    }, 120_000);

    test('is not made twice where it is there already', async () => {
      const change: Change = { kind: 'renameColumn', table: 'orders', from: 'tags', to: 'labels' };
      await client.query('DROP INDEX by_tags; CREATE INDEX by_tags ON orders USING gin (tags)');
      let ended = 0;
      const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', change, 'ready', {}, async ({ note }) => {
        ended += note === 'complete is done' ? 1 : 0;
        await (note === 'every row has been written' ? client.query('CREATE INDEX mine ON orders USING gin (labels)') : undefined);
      });
      expect([ended, lastOf(outcomes).state]).toEqual([1, 'done']);
      expect((await standing('public')).filter((said) => said.includes('labels'))).toEqual(['CREATE INDEX mine ON orders USING gin (labels)']);
    }, 30_000);

    test('is found again when a build was killed', async () => {
      const blocker = await server.connect();
      let builds = 0;
      for (let killed = 0; killed < 4; killed += 1) {
        const runner = await server.connect();
        await takenBy(sessionOf(runner), 'a change', RENAME, 'ready', {}, async ({ statement }) => {
          if (statement?.startsWith('CREATE') === true && (builds += 1) % 3 === 0) {
            // A build waits for whoever has an older snapshot, and has left an index that is not valid by then.
            await blocker.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM orders');
            setTimeout(() => {
              client.query('SELECT pg_terminate_backend($1)', [(runner as unknown as { processID: number }).processID]).catch(() => undefined);
            }, 100);
          }
        }).catch(() => undefined);
        await blocker.query('COMMIT');
        await sleep(50);
      }
      expect((await standing('public')).filter((said) => said.endsWith('INVALID')).length).toBeGreaterThan(0);
      expect(lastOf(await taken(server, 'a change', RENAME, 'contract'))).toMatchObject({ state: 'done' });
      expect((await standing('public')).map((said) => said.replace('orders_state_not_null', 'orders_status_not_null'))).toEqual(await renamedByServer());
    }, 60_000);
  });

  test('what is called otherwise by then, or is declared besides, is so in the end', async () => {
    await taken(server, 'a change', RENAME, 'ready');
    await client.query('ALTER INDEX plain RENAME TO simple; ALTER TABLE orders RENAME CONSTRAINT two TO second; ALTER TABLE orders RENAME CONSTRAINT known TO is_known; DROP INDEX open');
    await taken(server, 'another', { kind: 'createIndex', table: 'orders', index: 'declared', columns: ['state', 'note'] }, 'ready');
    expect(lastOf(await taken(server, 'a change', RENAME, 'contract'))).toMatchObject({ state: 'done' });
    const said = await standing('public');
    expect(said).toEqual(expect.arrayContaining([
      'CREATE INDEX simple ON orders USING btree (state)', 'second UNIQUE (state, id) INCLUDE (total)', expect.stringMatching(/^is_known CHECK/), 'CREATE INDEX declared ON orders USING btree (state, note)',
      'CREATE INDEX open ON orders USING btree (total) WHERE (state = \'new\'::text)',
    ]));
    expect(said.filter((each) => each.includes('(state, note)'))).toHaveLength(1);
  }, 30_000);

  test('rows are known to subscribers by the new one, when the old one goes', async () => {
    await client.query('CREATE UNIQUE INDEX known_by ON orders (status, id); ALTER TABLE orders REPLICA IDENTITY USING INDEX known_by; CREATE PUBLICATION all_orders FOR TABLE orders');
    expect(lastOf(await taken(server, 'a change', RENAME, 'contract'))).toMatchObject({ state: 'done' });
    const { rows } = await client.query('SELECT indexrelid::regclass::text AS index, pg_get_indexdef(indexrelid, 1, true) AS column FROM pg_index WHERE indrelid = \'orders\'::regclass AND indisreplident');
    expect(rows).toEqual([{ index: 'known_by', column: 'state' }]);
    await expect(client.query('DELETE FROM orders WHERE id = 1')).resolves.toMatchObject({ rowCount: 1 });
  }, 30_000);

  describe('a primary key that others refer to', () => {
    const KEY: Change = { kind: 'renameColumn', table: 'accounts', from: 'account_id', to: 'id' };
    const TABLES = ['accounts', 'members', 'notes'];
    const keyed = (schema: string) => `CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path = ${schema};
      CREATE TABLE accounts (account_id bigserial PRIMARY KEY, region text NOT NULL, parent_id bigint REFERENCES accounts, UNIQUE (region, account_id));
      CREATE TABLE members (account_id bigint NOT NULL CONSTRAINT of_account REFERENCES accounts ON DELETE CASCADE, region text, id bigint PRIMARY KEY,
        CONSTRAINT "of region" FOREIGN KEY (region, account_id) REFERENCES accounts (region, account_id) MATCH FULL DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE notes (account_id bigint, note text);
      INSERT INTO accounts (region, parent_id) SELECT 'r' || n % 3, nullif(n / 2, 0) FROM generate_series(1, 500) n;
      INSERT INTO members SELECT 1 + n % 500, 'r' || (1 + n % 500) % 3, n FROM generate_series(1, 1000) n; INSERT INTO notes VALUES (1, 'a'), (1000, 'of nobody');
      ALTER TABLE notes ADD CONSTRAINT of_account FOREIGN KEY (account_id) REFERENCES accounts ON UPDATE CASCADE NOT VALID;`;
    async function allOf(schema: string): Promise<readonly string[]> {
      const all: string[] = [];
      for (const table of TABLES) {
        all.push(...await standing(schema, table));
      }
      return all;
    }

    beforeEach(() => client.query(keyed('public')));

    afterEach(() => client.query('DROP TABLE IF EXISTS notes, members, accounts CASCADE'));

    test('is what it would be if the server had renamed it', async () => {
      expect(lastOf(await taken(server, 'a change', KEY, 'ready'))).toMatchObject({ state: 'done', note: 'every row is as the new version wants it' });
      await client.query('INSERT INTO accounts (id, region) VALUES (1001, \'r\'); INSERT INTO members VALUES (1001, \'r\', 2001); DELETE FROM accounts WHERE id = 1001');
      expect((await client.query('SELECT FROM members WHERE account_id = 1001')).rowCount).toBe(0);
      await expect(client.query('INSERT INTO members VALUES (1002, NULL, 2002)')).rejects.toMatchObject({ code: '23503' });
      await expect(client.query('INSERT INTO accounts (region) VALUES (\'r\')')).resolves.toMatchObject({ rowCount: 1 });
      expect(lastOf(await taken(server, 'a change', KEY, 'contract'))).toMatchObject({ state: 'done', note: 'the old shape is gone' });
      await expect(client.query('INSERT INTO accounts (region) VALUES (\'r\')')).resolves.toMatchObject({ rowCount: 1 });
      await client.query(`${keyed('twin')} ALTER TABLE accounts RENAME COLUMN account_id TO id; SET search_path = public`);
      expect((await allOf('public')).map((said) => said.replace('accounts_id_not_null', 'accounts_account_id_not_null'))).toEqual(await allOf('twin'));
    }, 30_000);

    test('is one in the end although somebody has declared a unique index of the same', async () => {
      await taken(server, 'a change', KEY, 'expanded');
      await client.query('CREATE UNIQUE INDEX declared ON accounts (id)');
      expect(lastOf(await taken(server, 'a change', KEY, 'contract'))).toMatchObject({ state: 'done' });
      expect(await standing('public', 'accounts')).toEqual(expect.arrayContaining(['accounts_pkey PRIMARY KEY (id)', 'CREATE UNIQUE INDEX declared ON accounts USING btree (id)']));
    }, 30_000);

    test('is as it was where that is given up, at any step', async () => {
      await isGivenUpAtAnyStep(KEY, 2, async () => allOf('public'));
    }, 60_000);

    test('is no longer one where a type is another, which is told, and contract asks for one that is', async () => {
      const change: Change = { kind: 'changeColumnType', table: 'accounts', from: 'account_id', to: 'id', type: 'text', up: 'account_id::text', down: 'id::bigint' };
      await client.query('ALTER TABLE accounts ALTER COLUMN account_id DROP DEFAULT');
      expect((await taken(server, 'a change', change, 'ready')).map(({ note }) => note)).toContain('what stands on account_id is looked through; contract will ask for something of id in the place of constraint "of region" of members, constraint accounts_parent_id_fkey of accounts, constraint of_account of members, constraint of_account of notes, index accounts_pkey, index accounts_region_account_id_key');
      await client.query('CREATE UNIQUE INDEX known_by ON accounts (id); CREATE UNIQUE INDEX of_region ON accounts (region, id); DROP TABLE members, notes; ALTER TABLE accounts DROP COLUMN parent_id');
      expect(lastOf(await taken(server, 'a change', change, 'contract'))).toMatchObject({ state: 'failed', note: expect.stringContaining('index accounts_pkey would go with column account_id') });
    }, 30_000);
  });

  test('an index of two columns that both move comes along with both', async () => {
    await client.query('CREATE INDEX pair ON orders (status DESC, note)');
    const other: Change = { kind: 'renameColumn', table: 'orders', from: 'note', to: 'remark' };
    for (const goal of ['ready', 'contract'] as const) {
      expect(lastOf(await taken(server, 'a change', RENAME, goal))).toMatchObject({ state: 'done' });
      expect(lastOf(await taken(server, 'another', other, goal))).toMatchObject({ state: 'done' });
    }
    expect((await standing('public')).filter((said) => said.includes('DESC, remark'))).toEqual(['CREATE INDEX pair ON orders USING btree (state DESC, remark)']);
  }, 30_000);

  describe('of a column of another type', () => {
    const retyped = (type: string): Change => ({ kind: 'changeColumnType', table: 'things', from: 'amount', to: 'price', type, up: `amount::text::${type}`, down: 'price::text::integer' });

    beforeEach(() => client.query(`CREATE TABLE things (id bigint PRIMARY KEY, amount integer NOT NULL, word text);
      INSERT INTO things SELECT n, n FROM generate_series(1, 100) n; CREATE INDEX by_amount ON things (amount DESC, word text_pattern_ops)`));

    async function indexes(): Promise<readonly string[]> {
      return (await client.query<{ said: string }>('SELECT pg_get_indexdef(indexrelid) AS said FROM pg_index WHERE indrelid = \'things\'::regclass ORDER BY 1')).rows.map(({ said }) => said.replace('public.', ''));
    }

    test('plain indexes come along', async () => {
      expect(lastOf(await taken(server, 'a change', retyped('bigint'), 'contract'))).toMatchObject({ state: 'done' });
      expect(await indexes()).toEqual(['CREATE INDEX by_amount ON things USING btree (price DESC, word text_pattern_ops)', expect.stringContaining('things_pkey')]);
    });

    test.each([
      ['one that refuses values', 'CREATE UNIQUE INDEX other ON things (amount)'],
      ['one of an expression', 'CREATE INDEX other ON things ((amount + 1))'],
      ['one of some rows', 'CREATE INDEX other ON things (id) WHERE amount > 0'],
      ['one of a type that none is of', 'DROP INDEX by_amount; CREATE INDEX other ON things (amount)', 'json'],
      ['one by which subscribers know rows', 'CREATE UNIQUE INDEX other ON things (amount); ALTER TABLE things REPLICA IDENTITY USING INDEX other; CREATE UNIQUE INDEX another ON things (id)'],
      ['one that waits for the end of a transaction', 'ALTER TABLE things ADD CONSTRAINT other UNIQUE (amount) DEFERRABLE INITIALLY DEFERRED'],
    ])('%s does not, which is told, and contract asks for another', async (_title, sql, type = 'numeric') => {
      await client.query(sql);
      const change = retyped(type);
      const outcomes = await taken(server, 'a change', change, 'ready');
      expect(outcomes.map(({ note }) => note)).toContain('what stands on amount is looked through; contract will ask for something of price in the place of index other');
      expect(lastOf(await taken(server, 'a change', change, 'contract'))).toMatchObject({ state: 'failed', note: expect.stringContaining('index other would go with column amount') });
    });
  });

  test.each<readonly [string, string, Change]>([
    ['split', 'first', { kind: 'splitColumn', table: 'orders', from: 'status', into: [{ column: 'first', type: 'text', up: 'status' }, { column: 'second', type: 'text', up: 'status' }], down: 'first' }],
    ['merged', 'whole', { kind: 'mergeColumns', table: 'orders', from: [{ column: 'status', down: 'whole' }, { column: 'note', down: 'NULL::text' }], to: 'whole', type: 'text', up: 'status' }],
  ])('of a column that is %s nothing comes along, which is told', async (_title, to, change) => {
    await client.query('DROP TABLE orders; CREATE TABLE orders (id bigint PRIMARY KEY, status text CHECK (status <> \'\'), note text); CREATE INDEX plain ON orders (status); INSERT INTO orders VALUES (1, \'a\')');
    const outcomes = await taken(server, 'a change', change, 'ready');
    expect(outcomes.map(({ note }) => note)).toContain(`what stands on status is looked through; contract will ask for something of ${to} in the place of constraint orders_status_check, index plain`);
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
  });

  // Before, a partitioned table has no trigger that changes rows.
  if (major >= 13) {
    test('a key and the index of a partitioned table do not come along, which is told', async () => {
      await client.query(`CREATE TABLE parts (id integer, kind text, PRIMARY KEY (id, kind), CONSTRAINT known CHECK (kind <> '')) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (100);
        CREATE INDEX by_kind ON parts (kind); INSERT INTO parts SELECT n, 'a' FROM generate_series(1, 50) n`);
      const change: Change = { kind: 'renameColumn', table: 'parts', from: 'kind', to: 'sort' };
      expect((await taken(server, 'a change', change, 'ready')).map(({ note }) => note))
        .toContain('what stands on kind is looked through; contract will ask for something of sort in the place of index by_kind, index parts_pkey');
      expect((await client.query('SELECT conrelid::regclass::text AS of, pg_get_constraintdef(oid) AS said FROM pg_constraint WHERE contype = \'c\' AND conname LIKE \'known_%\' ORDER BY 1')).rows)
        .toEqual([{ of: 'part', said: 'CHECK ((sort <> \'\'::text))' }, { of: 'parts', said: 'CHECK ((sort <> \'\'::text))' }]);
    });
  }
});
