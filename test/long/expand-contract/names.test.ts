import fc from 'fast-check';
import type { Client } from 'pg';
import '../../support/seed';
import { lastOf, taken } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote';
import { parser } from '../../migrations/checking';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

/** What ends a quote somewhere, stands for something, or is called like something else. */
const HOSTILE = [
  '"', '\'', '\'\'', '\\', '\\\'', '.', '..', ',', ';', '--', '/*', '*/', '%', '%s', '%I', '%1$s', '$', '$$', '$zd$', '$zd1$', '$sync$', '<<type>>', '<<given>>', '{', ')', '(',
  ' ', '\n', '\t', '*', 'é', 'ß', '名', '🐘', '\u00a0', '\u202e', 'A', 'select', 'old', 'new', 'OLD', 'NEW', 'found', 'tg_op', 'walks', 'array', 'zero_downtime', 'E\'', 'U&"', '@', '_', '1',
];

/** No longer than PostgreSQL keeps, and no name of its own columns. */
const name = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...HOSTILE) }, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join('').replace(/\0/g, '').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ''))
  .filter((text) => text !== '' && Buffer.byteLength(text) <= 63 && !/^(public|pg_.*|information_schema|zero_downtime|ctid|xmin|xmax|cmin|cmax|tableoid|oid)$/.test(text));

interface Names {
  readonly schema: string;
  readonly table: string;
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly other: string;
  readonly migration: string;
}

const names = fc.uniqueArray(name, { minLength: 7, maxLength: 7 })
  .map(([schema, table, key, from, to, other, migration]): Names => ({ schema, table, key, from, to, other, migration }));

type Made = (names: Names) => { readonly change: Change; readonly holds: string };

/** Each change over such names, and what is so of every row of the table at the end. */
const MADE: Readonly<Record<string, Made>> = {
  renameColumn: ({ schema, table, from, to, key }) => ({ change: { kind: 'renameColumn', schema, table, from, to }, holds: `${quoteIdentifier(to)} = ${quoteIdentifier(key)} % 7` }),
  changeColumnType: ({ schema, table, from, to, key }) => {
    const up = `${quoteIdentifier(table)}.${quoteIdentifier(from)}::bigint * 100`;
    const change: Change = { kind: 'changeColumnType', schema, table, from, to, type: 'bigint', up, down: `(${quoteIdentifier(to)} / 100)::integer` };
    return { change, holds: `${quoteIdentifier(to)} = ${quoteIdentifier(key)} % 7 * 100` };
  },
  addColumn: ({ schema, table, from, to, key, other }) => {
    const change: Change = { kind: 'addColumn', schema, table, column: to, type: 'text', value: `${quoteLiteral(other)} || ${quoteIdentifier(from)}`, notNull: true };
    return { change, holds: `${quoteIdentifier(to)} = ${quoteLiteral(other)} || ${quoteIdentifier(key)} % 7` };
  },
  setNotNull: ({ schema, table, other, key }) => ({
    change: { kind: 'setNotNull', schema, table, column: other, value: `${quoteIdentifier(table)}.${quoteIdentifier(key)}::text` }, holds: `${quoteIdentifier(other)} = ${quoteIdentifier(key)}::text`,
  }),
  addCheck: ({ schema, table, from, to }) => ({ change: { kind: 'addCheck', schema, table, constraint: to, check: `${quoteIdentifier(from)} >= 0` }, holds: 'true' }),
  addUnique: ({ schema, table, from, key, to }) => ({ change: { kind: 'addUnique', schema, table, constraint: to, columns: [from, key] }, holds: 'true' }),
  createIndex: ({ schema, table, from, to, other }) => ({ change: { kind: 'createIndex', schema, table, index: to, columns: [from], where: `${quoteIdentifier(other)} <> ''` }, holds: 'true' }),
  dropColumn: ({ schema, table, from }) => ({ change: { kind: 'dropColumn', schema, table, column: from }, holds: 'true' }),
};

/** What indexes and constraints a table has, and of how many columns. */
async function standing(table: string): Promise<unknown> {
  const { rows } = await client.query(`SELECT c.relname AS name, i.indnatts AS columns FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = ${quoteLiteral(table)}::regclass
    UNION ALL SELECT conname, cardinality(conkey) FROM pg_constraint WHERE contype <> 'n' AND conrelid = ${quoteLiteral(table)}::regclass ORDER BY 1, 2`);
  return rows;
}

test('whatever tables, columns and migrations are called, their statements are ones, and do what they are for', async () => {
  await client.query('CREATE SCHEMA IF NOT EXISTS zero_downtime');
  let runs = 0;
  await fc.assert(fc.asyncProperty(names, fc.constantFrom(...Object.keys(MADE)), fc.boolean(), async (drawn, kind, isBack) => {
    const { change, holds } = MADE[kind](drawn);
    const { schema, table, key, from, other, migration } = drawn;
    const whole = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
    phasesOf(drawn.migration, change).expand.forEach(({ sql }) => expect(parser().parse(sql.replace(/<<(type|given)_*>>/g, 'text')).length).toBeGreaterThan(0));
    const along = kind === 'renameColumn' ? `CREATE INDEX ${quoteIdentifier(other)} ON ${whole} (lower(${quoteIdentifier(other)}), ${quoteIdentifier(from)}) WHERE ${quoteIdentifier(from)} >= 0;
      ALTER TABLE ${whole} ADD CONSTRAINT ${quoteIdentifier(migration)} UNIQUE (${quoteIdentifier(key)}, ${quoteIdentifier(from)}), ADD CONSTRAINT ${quoteIdentifier(from)} CHECK (${quoteIdentifier(from)} >= 0)` : '';
    await client.query(`DROP SCHEMA zero_downtime CASCADE; CREATE SCHEMA ${quoteIdentifier(schema)};
      CREATE TABLE ${whole} (${quoteIdentifier(key)} integer PRIMARY KEY, ${quoteIdentifier(from)} integer NOT NULL, ${quoteIdentifier(other)} text);
      INSERT INTO ${whole} SELECT n, n % 7 FROM generate_series(1, 40) n; ${along}`);
    const before = await standing(whole);
    try {
      const ready = lastOf(await taken(server, drawn.migration, change, 'ready'));
      expect([ready.state, ready.note]).toEqual(['done', expect.any(String)]);
      await client.query(`UPDATE ${whole} SET ${quoteIdentifier(from)} = ${quoteIdentifier(key)} % 7`);
      expect(lastOf(await taken(server, drawn.migration, change, isBack ? 'abort' : 'contract'))).toMatchObject({ state: 'done' });
      const { rows } = await client.query<{ all: boolean }>(`SELECT bool_and(${isBack ? `${quoteIdentifier(from)} = ${quoteIdentifier(key)} % 7` : holds}) AS all FROM ${whole}`);
      expect(rows).toEqual([{ all: true }]);
      expect(kind === 'renameColumn' ? await standing(whole) : before).toEqual(before);
    } finally {
      await client.query(`DROP SCHEMA ${quoteIdentifier(schema)} CASCADE`);
    }
    runs += 1;
  }), { numRuns: 80 });
  expect(runs).toBeGreaterThanOrEqual(80);
}, 120_000);

test('migrations whose names begin alike share no trigger', async () => {
  await client.query('CREATE TABLE things (id integer PRIMARY KEY, a integer, b integer); INSERT INTO things SELECT n, n, n FROM generate_series(1, 10) n');
  const long = 'a-name-that-is-so-long-that-no-identifier-holds-all-of-it-';
  await Promise.all(['a', 'b'].map(async (from) => taken(server, `${long}${from}`, { kind: 'renameColumn', table: 'things', from, to: `${from}${from}` }, 'ready')));
  await client.query('UPDATE things SET a = 100, b = 200 WHERE id = 1');
  expect((await client.query('SELECT aa, bb FROM things WHERE id = 1')).rows).toEqual([{ aa: 100, bb: 200 }]);
});
