import type { Client } from 'pg';
import type { CaseGroup } from './corpus';
import { measure, measureAlone, relationsOf, type Measured } from './measure';
import type { RecordedOn } from './recorded';
import { verdictOf } from './verdict';
import { applyStatement } from '../../../src/migrations/catalog/apply-statement';
import { Catalog } from '../../../src/migrations/catalog/catalog';
import type { SqlParser } from '../../../src/migrations/sql/sql-parser';
import type { PostgresServer } from '../postgres/server';

/** A statement, what the server did, and what we had said. */
export interface Judged {
  readonly group: CaseGroup;
  readonly statement: string;
  readonly isAlone: boolean;
  readonly measured: Measured;
  readonly verdict: ReturnType<typeof verdictOf>;
}

/** Runs a corpus on a server, and says beside each statement what we say. */
export async function judge(server: PostgresServer, corpus: readonly CaseGroup[], parser: SqlParser): Promise<readonly Judged[]> {
  const client = await server.connect();
  const watcher = await server.connect();
  const judged: Judged[] = [];
  for (const group of corpus) {
    const problem = await made(client, group.given);
    if (problem === undefined) {
      const before = await relationsOf(client);
      for (const statement of group.statements) {
        const measured = await measure(client, statement, before);
        judged.push({ group, statement, isAlone: false, measured, verdict: said(group, statement, true, server.major, parser) });
      }
      for (const statement of group.alone ?? []) {
        await made(client, group.given);
        const measured = await measureAlone(client, watcher, statement, await relationsOf(client));
        judged.push({ group, statement, isAlone: true, measured, verdict: said(group, statement, false, server.major, parser) });
      }
    }
  }
  return judged;
}

/** Makes the tables of a group in an empty database; a version that lacks something of them has nothing to judge. */
async function made(client: Client, given: string): Promise<unknown> {
  await client.query('DROP SCHEMA IF EXISTS other CASCADE; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public');
  return client.query(given).then(() => client.query('ANALYZE')).then(() => undefined, (error: unknown) => error);
}

/** What was measured before, beside what we say now. */
export function judgeAgain(version: number, corpus: readonly CaseGroup[], recorded: readonly RecordedOn[], parser: SqlParser): readonly Judged[] {
  return recorded.flatMap(({ group: name, statement, isAlone, measured }) => {
    const group = corpus.find((each) => each.name === name);
    return group === undefined ? [] : [{ group, statement, isAlone, measured, verdict: said(group, statement, !isAlone, version, parser) }];
  });
}

/** What we say of a statement of a group. */
function said(
  group: CaseGroup, statement: string, isInTransaction: boolean, version: number, parser: SqlParser,
): ReturnType<typeof verdictOf> {
  const catalog = catalogs.get(group) ?? replayed(group, parser);
  catalogs.set(group, catalog);
  return verdictOf(statement, { catalog, version, isInTransaction, isUtc: true, isComplete: true }, parser);
}

/** A verdict changes no catalog, so that one does for all statements of a group. */
const catalogs = new Map<CaseGroup, Catalog>();

function replayed(group: CaseGroup, parser: SqlParser): Catalog {
  const catalog = Catalog.empty();
  parser.parse(group.given).forEach((node) => applyStatement(node, catalog, 'given'));
  return catalog;
}
