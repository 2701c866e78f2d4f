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
/** Batches so small that every table is walked in many. */
const SMALL = { smallestBatch: 7, largestBatch: 7 };

async function holds(sql: string): Promise<boolean> {
  return (await client.query<{ holds: boolean }>(`SELECT (SELECT ${sql}) AS holds`)).rows[0].holds;
}

async function failure(change: Change): Promise<string> {
  const last = lastOf(await taken(server, 'a change', change, 'ready'));
  expect(last.state).toBe('failed');
  return last.note;
}

describe.each([
  ['no rows', 'id bigint PRIMARY KEY', 'n', 0],
  ['one row', 'id bigint PRIMARY KEY', 'n', 1],
  ['a uuid', 'id uuid PRIMARY KEY', 'md5(n::text)::uuid', 1000],
  ['a text in the order of a language', 'id text COLLATE "und-x-icu" PRIMARY KEY', 'chr(97 + (n * 7) % 26) || chr(65 + (n * 11) % 26) || \'-ä_\' || n', 1000],
  ['a text in a language in which capitals do not count', 'id text COLLATE anycase PRIMARY KEY', 'chr(97 + (n * 7) % 26) || chr(65 + (n * 11) % 26) || n', 1000],
  ['a time with a zone', 'id timestamptz PRIMARY KEY', '\'2020-01-01\'::timestamptz + n * interval \'1.000001 second\'', 1000],
  ['a day, written as it is in England', 'id date PRIMARY KEY', '\'2020-01-01\'::date + n', 1000],
  ['a floating point number', 'id double precision PRIMARY KEY', 'n / 3.0::double precision', 1000],
  ['a number without bounds', 'id numeric PRIMARY KEY', 'n / 7.0', 1000],
  ['an interval', 'id interval PRIMARY KEY', 'n * interval \'-1 day 1 minute\'', 1000],
  ['bytes', 'id bytea PRIMARY KEY', 'decode(md5(n::text), \'hex\')', 1000],
  ['one of few words', 'id mood PRIMARY KEY', '(ARRAY[\'sad\', \'it\'\'s \\fine\', \'glad\'])[n]::mood', 3],
  ['two columns in another order than the table\'s', 'b text, a integer, PRIMARY KEY (a, b)', 'n % 3 || \'x\', n / 3', 1000],
  ['three columns', 'a integer, b uuid, c text, PRIMARY KEY (a, b, c)', 'n / 100, md5((n / 10)::text)::uuid, n::text', 1000],
  ['a unique index in falling order', 'a integer NOT NULL, b integer NOT NULL', 'n % 10, n', 1000, 'CREATE UNIQUE INDEX ON things (a DESC, b DESC)'],
  ['a unique index beside one that nulls escape', 'a integer UNIQUE, b integer NOT NULL UNIQUE', 'nullif(n, 5), n', 1000],
  ['a column called array', '"array" integer PRIMARY KEY', 'n * 3 % 1009', 1000],
  ['a key that is no longer than its column', 'id char(6) PRIMARY KEY', 'n::text', 1000],
])('a table whose key is %s', (_title, key, values, rows, also = '') => {
  test('has each row written once, and right, whatever the style of the session', async () => {
    await client.query(`CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TYPE mood AS ENUM ('sad', 'it''s \\fine', 'glad');
      CREATE TABLE things (${key}, old integer);
      INSERT INTO things SELECT ${values}, n FROM generate_series(1, ${rows}) n; ${also}`);
    const session = await server.connect();
    await session.query('SET datestyle = \'SQL, DMY\'; SET intervalstyle = \'sql_standard\'; SET extra_float_digits = -5; SET timezone = \'Asia/Kolkata\'; SET bytea_output = \'escape\'');
    expect(lastOf(await takenBy(sessionOf(session), 'a change', RENAME, 'expanded', SMALL))).toMatchObject({ state: 'done' });
    // Half in one style, half in another: what was noted is understood by whoever comes next.
    let batches = 0;
    const half = takenBy(sessionOf(session), 'a change', RENAME, 'ready', SMALL, () => {
      batches += 1;
      if (batches === 60) {
        throw new Error('enough');
      }
    });
    await half.catch((error: Error) => expect(error.message).toBe('enough'));
    expect(lastOf(await taken(server, 'a change', RENAME, 'ready', SMALL))).toMatchObject({ state: 'done' });
    expect(await holds('count(*) FILTER (WHERE fresh IS DISTINCT FROM old) = 0 FROM things')).toBe(true);
    const { rows: walks } = await client.query('SELECT phase, rows_written::integer AS written FROM zero_downtime.walk ORDER BY phase');
    expect(walks).toEqual([{ phase: 'backfill', written: rows }, { phase: 'verify', written: 0 }]);
    expect(lastOf(await taken(server, 'a change', RENAME, 'contract'))).toMatchObject({ state: 'done', note: 'the old shape is gone' });
  });
});

describe('a table that cannot be walked along, or whose trigger would miss rows, is refused before anything is done to it:', () => {
  test.each([
    ['no key', 'CREATE TABLE things (id integer, old text)', 'table things has no primary key, and no unique index in the order of columns that are NOT NULL, to be walked along (ZD003)'],
    ['nulls in its key', 'CREATE TABLE things (id integer UNIQUE, old text)', '(ZD003)'],
    ['a key in two directions', 'CREATE TABLE things (a integer NOT NULL, b integer NOT NULL, old text); CREATE UNIQUE INDEX ON things (a, b DESC)', '(ZD003)'],
    ['a key of some rows', 'CREATE TABLE things (id integer NOT NULL, old text); CREATE UNIQUE INDEX ON things (id) WHERE id > 0', '(ZD003)'],
    ['heirs', 'CREATE TABLE things (id integer PRIMARY KEY, old text); CREATE TABLE heirs () INHERITS (things)', 'other tables inherit from things, which its trigger would miss (ZD004)'],
    ['a generated column', 'CREATE TABLE things (id integer PRIMARY KEY, old integer GENERATED ALWAYS AS (id * 2) STORED)', 'column old of things is generated by the server, and so follows no other (ZD004)'],
    ['an identity', 'CREATE TABLE things (id integer PRIMARY KEY, old integer GENERATED BY DEFAULT AS IDENTITY)', 'column old of things is generated by the server, and so follows no other (ZD004)'],
    ['a trigger that has the last word', `CREATE TABLE things (id integer PRIMARY KEY, old text);
      CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER zzz BEFORE UPDATE ON things FOR EACH ROW EXECUTE PROCEDURE late()`,
    'trigger zzz of things comes after "zero_downtime_a change_sync" in the order of names, and may change what that one has seen (ZD004); give it a name that sorts before'],
  ])('%s', async (_title, given, note) => {
    await client.query(given);
    const before = await shapeOf(client);
    expect(await failure(RENAME)).toContain(note);
    expect(await shapeOf(client)).toEqual(before);
    expect(lastOf(await taken(server, 'a change', RENAME, 'abort'))).toMatchObject({ state: 'done' });
  });
});

describe('a column whose values have no equality, or more than one way to be written', () => {
  test.each([
    ['json', '\'{"a": 1}\'', '\'{"a":  1}\''],
    ['xml', '\'<a/>\'', '\'<b/>\''],
    ['point', '\'(1,2)\'', '\'(2,1)\''],
    ['numeric', '1.0', '1.00'],
    ['text COLLATE anycase', '\'Word\'', '\'word\''],
  ])('%s', async (type, one, other) => {
    await client.query(`CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      CREATE TABLE things (id integer PRIMARY KEY, old ${type}); INSERT INTO things SELECT n, ${one} FROM generate_series(1, 20) n`);
    expect(lastOf(await taken(server, 'a change', RENAME, 'ready', SMALL))).toMatchObject({ state: 'done' });
    await client.query(`UPDATE things SET old = ${other} WHERE id = 1; UPDATE things SET fresh = ${other} WHERE id = 2; UPDATE things SET old = old WHERE id = 3`);
    const { rows } = await client.query('SELECT id, old::text AS old, fresh::text AS fresh FROM things WHERE id <= 3 ORDER BY id');
    const [texts] = (await client.query<{ one: string; other: string }>(`SELECT (${one}::${type})::text AS one, (${other}::${type})::text AS other`)).rows;
    expect(rows).toEqual([texts.other, texts.other, texts.one].map((text, index) => ({ id: index + 1, old: text, fresh: text })));
    expect(lastOf(await taken(server, 'a change', RENAME, 'contract'))).toMatchObject({ state: 'done' });
  });
});
