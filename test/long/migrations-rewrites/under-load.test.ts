import type { Client } from 'pg';
import type { Case } from './case';
import { ADDED_COLUMNS } from './cases/added-columns';
import { CHANGED_TYPES } from './cases/changed-types';
import { CONSTRAINTS } from './cases/constraints';
import { EXAMPLE_CASES } from './cases/examples';
import { INDEXES } from './cases/indexes';
import { RENAMED_COLUMNS } from './cases/renamed-columns';
import { ROWS_AND_TABLES } from './cases/rows-and-tables';
import { fresh, harmIn } from './database';
import { RewriteUnderLoad } from './under-load';
import { VERSIONS } from './versions';
import { MIGRATION_RULES } from '../../../src/migrations/rules/rules';
import { checked } from '../../migrations/checking';
import { PostgresServer } from '../../support/postgres/server';

const CASES: readonly Case[] = [
  ...EXAMPLE_CASES, ...ADDED_COLUMNS, ...CHANGED_TYPES, ...CONSTRAINTS, ...INDEXES, ...RENAMED_COLUMNS, ...ROWS_AND_TABLES,
];

describe.each(VERSIONS)('on PostgreSQL %i, while versions of a program read and write,', (version) => {
  let server: PostgresServer;
  let client: Client;

  beforeAll(async () => {
    server = await PostgresServer.start(version);
    client = await server.connect();
  }, 120_000);

  afterAll(() => server?.stop());

  test.each(CASES.filter(({ since = 11, until = 99 }) => version >= since && version <= until))('$name', async (each) => {
    const rules = MIGRATION_RULES.filter(({ id }) => id === each.rule);
    const rewrites = checked(each.given, each.change, { version, rules }).findings.flatMap(({ rewrite }) => rewrite ?? []);
    expect(rewrites).not.toEqual([]);
    expect(harmIn(each.given, rewrites, version)).toEqual([]);
    await fresh(`${each.given}; ${each.beforehand ?? ''}`, client);
    expect(await new RewriteUnderLoad(each, server, client).wrongAfter(rewrites)).toEqual([]);
  }, 120_000);
});
