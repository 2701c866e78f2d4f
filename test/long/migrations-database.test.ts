import type { Client } from 'pg';
import { readDatabase } from '../../src/cli/migrations/database';
import { applyStatement } from '../../src/migrations/catalog/apply-statement';
import { Catalog } from '../../src/migrations/catalog/catalog';
import type { Relation } from '../../src/migrations/catalog/relation';
import { parser } from '../migrations/checking';
import { CORPUS } from '../support/migrations/corpus';
import { PostgresServer } from '../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

const sorted = <T extends { readonly name: string }>(all: readonly T[]) => [...all].sort((one, other) => one.name < other.name ? -1 : 1);

const byText = (one: object, other: object) => JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
const typesOf = (catalog: Catalog) => catalog.types.map(({ id, kind, isConstrained, labels }) => ({ id, kind, isConstrained, labels })).sort(byText);

/** What verdicts depend on, without what only one of the two sources tells. */
function essence(relation: Relation): object {
  const { id, kind, columns, constraints, indexes, parents, isPartition, isDefaultPartition, persistence, triggers } = relation;
  return {
    id,
    kind,
    parents,
    isPartition,
    isDefaultPartition,
    persistence,
    triggers: kind === 'table' ? triggers.map(({ name, function: called }) => `${name} ${called}`).sort() : [],
    columns: kind.endsWith('table')
      ? columns.map(({ name, type, notNull, generated, identity }) => ({ name, type, notNull, generated, identity })) : [],
    constraints: sorted(constraints).map(({ name, kind: of, columns: over, isValidated, references }) => ({
      name, of, over: [...over].sort(), isValidated, references: references?.relation,
    })),
    indexes: sorted(indexes).map(({ name, columns: over, isUnique, isPlain, method, constraint }) => ({
      name, over, isUnique, isPlain, method, constraint,
    })),
  };
}

const bySequence = ({ kind }: Relation) => kind !== 'sequence';

describe.each(CORPUS.map(({ name, given }) => ({ name, given })))('the tables for $name', ({ given }) => {
  test('are replayed to what the server says that it holds', async () => {
    await client.query('DROP SCHEMA IF EXISTS other CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await client.query(given);
    const replayed = Catalog.empty();
    parser().parse(given).forEach((node) => applyStatement(node, replayed, 'given'));
    const { catalog, version } = await readDatabase(server.url(), parser());
    expect(version).toBe(18);
    const compared = (of: Catalog) => of.relations.filter(bySequence).map(essence).sort(byText);
    expect(compared(replayed)).toEqual(compared(catalog));
    expect(typesOf(replayed)).toEqual(typesOf(catalog));
  });
});

test('a server that cannot be reached, and a driver that is not there, are told in one sentence', async () => {
  await expect(readDatabase('postgresql://nobody@/none?host=/nowhere', parser())).rejects.toMatchObject({ problems: [{ message: expect.stringContaining('cannot be read') }] });
  const missing = () => { throw new Error('not found'); };
  await expect(readDatabase('postgresql://x/', parser(), missing)).rejects.toMatchObject({ problems: [{ message: expect.stringContaining('npm install pg') }] });
});

test('a role without rights reads the catalog, and writes nothing', async () => {
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE secret (id bigint PRIMARY KEY, v varchar(20)); CREATE ROLE nobody LOGIN');
  const { catalog } = await readDatabase(server.url().replace('postgres@', 'nobody@'), parser());
  expect(catalog.tryFind('public.secret')?.columns.map(({ type }) => type.name)).toEqual(['int8', 'varchar']);
});
