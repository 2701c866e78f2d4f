import type { Client } from 'pg';
import { EXAMPLE_CASES } from './cases/examples';
import { fresh, harmIn, runScript } from './database';
import { VERSIONS } from './versions';
import type { Rewrite } from '../../../src/migrations/rewrites/rewrite';
import { MIGRATION_RULES } from '../../../src/migrations/rules/rules';
import { checked } from '../../migrations/checking';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

/** What a rule prints for a change, one rewrite for each finding. */
function printed(rule: string, given: string, change: string, version = 18): readonly Rewrite[] {
  const { findings } = checked(given, change, { version, rules: MIGRATION_RULES.filter(({ id }) => id === rule) });
  return findings.flatMap(({ rewrite }) => rewrite === undefined ? [] : [rewrite]);
}

describe.each(MIGRATION_RULES)('the examples of $id', ({ id, given, bad, good }) => {
  test('are SQL that the server knows', async () => {
    await fresh(given, client);
    const outcome = await runScript(bad, client).then(() => 'taken', (error: { code: string }) => error.code);
    const refused: Readonly<Record<string, string>> = {
      'concurrently-in-transaction': '25001', 'server-refuses': '42703', 'enum-value-in-transaction': '55P04', 'add-column-required': '23502',
    };
    expect(outcome).toBe(refused[id] ?? 'taken');
    await fresh(given, client);
    await runScript(good, client);
  });

  test('are mended by the SQL that is printed, step by step, and that SQL is found harmless', async () => {
    for (const rewrite of printed(id, given, bad)) {
      await fresh(given, client);
      for (const { sql } of rewrite) {
        await runScript(sql, client);
      }
      expect(harmIn(given, rewrite)).toEqual([]);
    }
  }, 60_000);
});

describe.each(VERSIONS)('for PostgreSQL %i, each rewrite that an example prints', (version) => {
  const cases = EXAMPLE_CASES.filter(({ since = 11 }) => version >= since);

  test('is run while versions of a program read and write', () => {
    const rules = MIGRATION_RULES.filter(({ id, given, bad }) => printed(id, given, bad, version).length > 0).map(({ id }) => id);
    expect(rules).toEqual(cases.map(({ rule }) => rule));
  });

  test.each(cases)('is the same for the table with more rows: $rule', ({ rule, given, change }) => {
    const example = MIGRATION_RULES.find(({ id }) => id === rule);
    expect(printed(rule, given, change, version)).toEqual(printed(rule, example?.given ?? '', example?.bad ?? '', version));
  });
});
