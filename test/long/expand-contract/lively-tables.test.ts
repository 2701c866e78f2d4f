import type { Client } from 'pg';
import { shapeOf } from './shape';
import { emptied, lastOf, taken, takenBy } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { sessionOf } from '../../../src/expand-contract/run/session';
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
});

const RENAME: Change = { kind: 'renameColumn', table: 'things', from: 'old', to: 'fresh' };
const SMALL = { smallestBatch: 50, largestBatch: 50 };

async function rows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await client.query<Record<string, unknown>>(sql)).rows;
}

async function done(change: Change, goal: 'ready' | 'contract' = 'ready', name = 'a change'): Promise<void> {
  expect(lastOf(await taken(server, name, change, goal, SMALL))).toMatchObject({ state: 'done' });
}

describe('a partitioned table', () => {
  const PARTITIONED = `CREATE TABLE things (id integer NOT NULL, old text, part text NOT NULL, PRIMARY KEY (id, part)) PARTITION BY LIST (part);
    CREATE TABLE things_a (part text NOT NULL, dropped text, old text, id integer NOT NULL); ALTER TABLE things_a DROP COLUMN dropped;
    ALTER TABLE things ATTACH PARTITION things_a FOR VALUES IN ('a'); CREATE TABLE things_b PARTITION OF things FOR VALUES IN ('b', 'c') PARTITION BY LIST (part);
    CREATE TABLE things_b_b PARTITION OF things_b FOR VALUES IN ('b'); CREATE TABLE things_b_c PARTITION OF things_b FOR VALUES IN ('c');
    INSERT INTO things SELECT n, 'old' || n, (ARRAY['a', 'b', 'c'])[n % 3 + 1] FROM generate_series(1, 1000) n`;

  test('is walked across its partitions, and each keeps both columns alike', async () => {
    await client.query(PARTITIONED);
    const before = await shapeOf(client);
    await done(RENAME);
    await client.query('INSERT INTO things (id, old, part) VALUES (2000, \'x\', \'a\'); INSERT INTO things_b_c (id, fresh, part) VALUES (2001, \'y\', \'c\'); UPDATE things SET part = \'a\', old = \'moved\' WHERE id = 1');
    expect(await rows('SELECT id, old, fresh FROM things WHERE id IN (1, 2000, 2001) ORDER BY id')).toEqual([
      { id: 1, old: 'moved', fresh: 'moved' }, { id: 2000, old: 'x', fresh: 'x' }, { id: 2001, old: 'y', fresh: 'y' },
    ]);
    expect(await rows('SELECT count(*)::integer AS wrong FROM things WHERE fresh IS DISTINCT FROM old')).toEqual([{ wrong: 0 }]);
    expect(await rows('SELECT rows_written::integer AS written FROM zero_downtime.walk WHERE phase = \'backfill\'')).toEqual([{ written: 1000 }]);
    expect(lastOf(await taken(server, 'a change', RENAME, 'abort'))).toMatchObject({ state: 'done' });
    expect(await shapeOf(client)).toEqual(before);
    await done(RENAME, 'contract', 'again');
    expect(await rows('SELECT count(*)::integer AS named FROM things WHERE fresh = \'old\' || id')).toEqual([{ named: 999 }]);
  });

  test('names a session that holds one partition alone', async () => {
    await client.query(PARTITIONED);
    const blocker = await server.connect();
    await blocker.query('SET application_name = \'of one part\'; BEGIN; UPDATE things_b_c SET old = old');
    const notes: string[] = [];
    await takenBy(sessionOf(await server.connect()), 'a change', RENAME, 'expanded', { lockTimeout: '50ms' }, async ({ state, note }) => {
      if (state === 'wait') {
        notes.push(note);
        await blocker.query('COMMIT');
      }
    });
    expect(notes).toEqual([expect.stringContaining('(of one part)')]);
  });

  test('has no index of all its partitions built, and says why', async () => {
    await client.query(PARTITIONED);
    const last = lastOf(await taken(server, 'an index', { kind: 'createIndex', table: 'things', index: 'by_old', columns: ['old'] }, 'ready'));
    expect(last).toMatchObject({ state: 'failed', note: expect.stringContaining('things is partitioned, and no index of all its partitions is built while others write (ZD004)') });
  });

  test('has no trigger before 13, and is refused there', async () => {
    const older = await PostgresServer.start(11);
    try {
      const session = await older.connect();
      await session.query('CREATE TABLE things (id integer PRIMARY KEY, old text) PARTITION BY RANGE (id)');
      const last = lastOf(await taken(older, 'a change', RENAME, 'ready'));
      expect(last).toMatchObject({ state: 'failed', note: expect.stringContaining('things is partitioned, and a partitioned table has no trigger that changes rows before PostgreSQL 13 (ZD004)') });
    } finally {
      await older.stop();
    }
  }, 300_000);
});

describe('triggers and rules of the program', () => {
  const GIVEN = 'CREATE TABLE things (id integer PRIMARY KEY, old text, twice text, changed integer NOT NULL DEFAULT 0); INSERT INTO things SELECT n, \'Old\' || n FROM generate_series(1, 300) n;';

  test('that change the old column before it is written are seen, while rows are walked along too', async () => {
    await client.query(`${GIVEN} CREATE FUNCTION lowered() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.old := lower(NEW.old); NEW.changed := NEW.changed + 1; RETURN NEW; END $$;
      CREATE TRIGGER lowered BEFORE INSERT OR UPDATE ON things FOR EACH ROW EXECUTE PROCEDURE lowered()`);
    await done(RENAME);
    await client.query('INSERT INTO things (id, old) VALUES (1000, \'LOUD\'); UPDATE things SET old = \'LOUDER\' WHERE id = 1');
    expect(await rows('SELECT id, old, fresh FROM things WHERE id IN (1, 2, 1000) ORDER BY id')).toEqual([
      { id: 1, old: 'louder', fresh: 'louder' }, { id: 2, old: 'old2', fresh: 'old2' }, { id: 1000, old: 'loud', fresh: 'loud' },
    ]);
    expect(await rows('SELECT count(*)::integer AS wrong FROM things WHERE fresh IS DISTINCT FROM old')).toEqual([{ wrong: 0 }]);
  });

  test.each([
    ['old', 'NEW.old := lower(NEW.old)'], ['a "b\\.c', 'IF new . "a ""b\\.c" = OLD."a ""b\\.c" THEN RETURN NEW; END IF'],
  ])('that read column %s would fail without it: contract stops until they do without', async (column, body) => {
    await client.query(`${GIVEN} ALTER TABLE things ADD COLUMN "a ""b\\.c" text, ADD COLUMN oldest text;
      CREATE FUNCTION reads() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; RETURN NEW; END $$; CREATE TRIGGER reads BEFORE UPDATE ON things FOR EACH ROW EXECUTE PROCEDURE reads()`);
    const changes: Change[] = [{ kind: 'renameColumn', table: 'things', from: column, to: 'fresh' }, { kind: 'dropColumn', table: 'things', column }];
    for (const change of changes) {
      expect(lastOf(await taken(server, change.kind, change, 'contract'))).toMatchObject({ state: 'failed', note: expect.stringMatching(/^.* goes: trigger reads of things reads column .*, and would fail without it \(ZD007\)/) });
      await client.query('UPDATE things SET changed = 1 WHERE id = 1');
      expect(lastOf(await taken(server, change.kind, change, 'abort'))).toMatchObject({ state: 'done' });
    }
    await done({ kind: 'dropColumn', table: 'things', column: 'oldest' }, 'contract', 'another');
    await client.query('CREATE OR REPLACE FUNCTION reads() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$');
    await done(changes[0], 'contract', 'again');
    await client.query('UPDATE things SET changed = 2 WHERE id = 1');
  });

  test('that write other tables have those kept alike, where another migration is about them', async () => {
    await client.query(`${GIVEN} CREATE TABLE log (id serial PRIMARY KEY, old text); CREATE FUNCTION logged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (old) VALUES (NEW.old); RETURN NULL; END $$;
      CREATE TRIGGER logged AFTER UPDATE ON things FOR EACH ROW EXECUTE PROCEDURE logged()`);
    await done({ kind: 'renameColumn', table: 'log', from: 'old', to: 'fresh' }, 'ready', 'of the log');
    await done(RENAME);
    expect(await rows('SELECT count(*)::integer AS logged, count(fresh)::integer AS followed FROM log')).toEqual([{ logged: 300, followed: 300 }]);
  });

  test('of another migration that keeps the same column alike are not joined by a second one, which no order would be right for', async () => {
    await client.query(GIVEN);
    await done(RENAME, 'ready', 'first');
    const again = { state: 'failed', note: expect.stringContaining('trigger zero_downtime_first_sync of things keeps the same column alike with another one already (ZD004); take the migration') };
    expect(lastOf(await taken(server, 'second', { kind: 'renameColumn', table: 'things', from: 'fresh', to: 'newest' }, 'ready'))).toMatchObject(again);
    expect(lastOf(await taken(server, 'third', { kind: 'setNotNull', table: 'things', column: 'old', value: '\'none\'' }, 'ready'))).toMatchObject(again);
    await done(RENAME, 'contract', 'first');
    await done({ kind: 'renameColumn', table: 'things', from: 'fresh', to: 'newest' }, 'contract', 'second');
  });

  test('that write rows anew for a rule, or compute a column of them, change nothing about it', async () => {
    await client.query(`${GIVEN} CREATE TABLE log (id integer); ALTER TABLE things ADD COLUMN size integer GENERATED ALWAYS AS (length(old)) STORED;
      CREATE RULE noted AS ON UPDATE TO things WHERE NEW.old <> OLD.old DO ALSO INSERT INTO log VALUES (NEW.id)`);
    await done(RENAME);
    await client.query('UPDATE things SET old = \'longer than before\' WHERE id = 1; UPDATE things SET fresh = \'short\' WHERE id = 2');
    expect(await rows('SELECT id, old, fresh, size FROM things WHERE id <= 2 ORDER BY id')).toEqual([
      { id: 1, old: 'longer than before', fresh: 'longer than before', size: 18 }, { id: 2, old: 'short', fresh: 'short', size: 5 },
    ]);
    // Of the program's two writes only one was one of the old column, and of the walk's none.
    expect(await rows('SELECT id FROM log')).toEqual([{ id: 1 }]);
    const last = lastOf(await taken(server, 'a change', RENAME, 'contract'));
    expect(last).toMatchObject({ state: 'failed', note: expect.stringContaining('cannot drop column old of table things because other objects depend on it') });
    expect(lastOf(await taken(server, 'a change', RENAME, 'abort'))).toMatchObject({ state: 'done' });
  });

  test('whose sessions were there before meet no plan of a table that looked different', async () => {
    await client.query(GIVEN);
    const session = await server.connect();
    const write = async (id: number) => session.query({ name: 'write', text: 'UPDATE things SET old = old || $2 WHERE id = $1', values: [id, '!'] });
    const retype: Change = { kind: 'changeColumnType', table: 'things', from: 'twice', to: 'double', type: 'varchar(400)', up: '\'+\' || twice', down: 'substr(double, 2)' };
    await done(retype, 'ready', 'first');
    for (let id = 1; id < 8; id += 1) {
      await write(id);
    }
    await done({ kind: 'addColumn', table: 'things', column: 'more', type: 'text', default: '\'x\'', value: '\'y\'' }, 'ready', 'second');
    await write(8);
    await done({ kind: 'dropColumn', table: 'things', column: 'changed' }, 'contract', 'third');
    await write(9);
    await done(RENAME, 'ready', 'fourth');
    await write(10);
    await session.query('UPDATE things SET twice = \'2\' WHERE id < 10');
    expect(await rows('SELECT double FROM things WHERE id IN (1, 9) ORDER BY id')).toEqual([{ double: '+2' }, { double: '+2' }]);
    await done(retype, 'contract', 'first');
    await write(11);
    expect(await rows('SELECT fresh FROM things WHERE id = 11')).toEqual([{ fresh: 'Old11!' }]);
  });
});

test('a table that grows all the while, and that nobody has analyzed, is walked up to where it ended', async () => {
  await client.query('CREATE TABLE things (id bigserial PRIMARY KEY, old text); INSERT INTO things (old) SELECT \'old\' || n FROM generate_series(1, 30000) n');
  const writer = await server.connect();
  let isOver = false;
  let inserted = 0;
  const growing = (async () => {
    while (!isOver) {
      await writer.query('INSERT INTO things (old) SELECT \'more\' FROM generate_series(1, 200)');
      inserted += 200;
    }
  })();
  const outcomes = await taken(server, 'a change', RENAME, 'ready', { smallestBatch: 100, largestBatch: 400 });
  isOver = true;
  await growing;
  expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
  const [walk] = await rows('SELECT rows_written::integer AS written, batches::integer AS batches, bound[1]::integer AS bound FROM zero_downtime.walk WHERE phase = \'backfill\'');
  expect(walk.written).toBeGreaterThanOrEqual(30_000);
  expect(walk.bound).toBeLessThan(30_000 + inserted);
  expect(await rows('SELECT count(*)::integer AS wrong FROM things WHERE fresh IS DISTINCT FROM old')).toEqual([{ wrong: 0 }]);
});

describe('a table whose rows are written anew', () => {
  const WIDE = 'SELECT n, \'old\' || n, repeat(\'x\', 100) FROM generate_series(1, 20000) n';
  const BATCHES = { smallestBatch: 100, largestBatch: 200 };

  async function grown(order: string, index = ''): Promise<{ readonly growth: number; readonly vacuums: number; readonly isInOrder: unknown }> {
    await client.query(`CREATE TABLE things (id integer PRIMARY KEY, old text, note text); INSERT INTO things ${WIDE} ORDER BY ${order}`);
    // What a session has written is counted a while later, on top of what VACUUM has counted.
    await client.query('SELECT pg_stat_force_next_flush()');
    await client.query('VACUUM (ANALYZE) things');
    await taken(server, 'a change', RENAME, 'expanded');
    await client.query(index);
    const size = async () => Number((await rows('SELECT pg_total_relation_size(\'things\') AS size'))[0].size);
    const before = await size();
    const outcomes = await taken(server, 'a change', RENAME, 'ready', BATCHES);
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
    expect(await rows('SELECT count(*)::integer AS wrong FROM things WHERE fresh IS DISTINCT FROM old')).toEqual([{ wrong: 0 }]);
    const [walk] = await rows('SELECT rows_written::integer, is_in_order FROM zero_downtime.walk WHERE phase = \'backfill\'');
    expect(walk.rows_written).toBe(20_000);
    return { growth: await size() / before, vacuums: outcomes.filter(({ statement }) => statement?.startsWith('VACUUM') === true).length, isInOrder: walk.is_in_order };
  }

  test('grows by a share of them, because what one batch leaves makes room for the next', async () => {
    const { growth, isInOrder } = await grown('n');
    expect([isInOrder, growth < 1.3]).toEqual([true, true]);
  });

  test('and finds that room anyhow where the rows of a batch lie anywhere', async () => {
    const { growth, isInOrder } = await grown('md5(n::text)');
    expect([isInOrder, growth < 1.35]).toEqual([false, true]);
  });

  test('is written as it lies while somebody needs the old ones, whom that would not help', async () => {
    const reader = await server.connect();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
    const { growth } = await grown('n');
    await reader.query('COMMIT');
    const [{ batches }] = await rows('SELECT batches::integer FROM zero_downtime.walk WHERE phase = \'backfill\'');
    expect(growth).toBeGreaterThan(1.7);
    // 20,000 rows in batches of 200, and two at each of two tries.
    expect(batches).toBe(104);
  });

  test('is vacuumed where they must move all the same, because an index has the column', async () => {
    const { vacuums } = await grown('n', 'CREATE INDEX ON things (fresh)');
    // After every quarter of them.
    expect(vacuums).toBe(3);
  });
});

test('a table whose rows nobody has counted is vacuumed as often as any other', async () => {
  await client.query('CREATE TABLE things (id bigserial PRIMARY KEY, old text); INSERT INTO things (old) SELECT \'old\' || n FROM generate_series(1, 20000) n');
  await client.query('SELECT pg_stat_force_next_flush()');
  await client.query('SELECT pg_stat_reset()');
  expect(await rows('SELECT n_live_tup::integer AS live, reltuples::integer AS counted FROM pg_stat_user_tables JOIN pg_class ON pg_class.oid = relid WHERE relid = \'things\'::regclass')).toEqual([{ live: 0, counted: -1 }]);
  const outcomes = await taken(server, 'a change', RENAME, 'ready', { smallestBatch: 100, largestBatch: 100 });
  const vacuums = outcomes.filter(({ statement }) => statement?.startsWith('VACUUM') === true).length;
  const [{ total }] = await rows('SELECT rows_total::integer AS total FROM zero_downtime.walk WHERE phase = \'backfill\'');
  expect(total).toBeGreaterThan(5000);
  expect(total).toBeLessThan(80_000);
  expect([vacuums > 0, vacuums < 25]).toEqual([true, true]);
});
