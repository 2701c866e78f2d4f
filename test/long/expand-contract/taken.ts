import { Client } from 'pg';
import type { Change } from '../../../src/expand-contract/phases/change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import type { Goal, Outcome } from '../../../src/expand-contract/run/outcome';
import { runPhases } from '../../../src/expand-contract/run/run-phases';
import { sessionOf, type Session } from '../../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../src/expand-contract/run/settings';
import type { PostgresServer } from '../../support/postgres/server';

/** Leaves nothing in the database of whatever ran before. */
export async function emptied(client: Client): Promise<void> {
  await client.query('DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS zero_downtime CASCADE; CREATE SCHEMA public');
}

/** A connection of a role of its own; it ends with the server at the latest. */
export async function connectedAs(server: PostgresServer, user: string): Promise<Client> {
  const client = new Client({ host: server.folder, user, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Takes a change up to a goal in a session of its own; resolves to all outcomes. */
export async function taken(
  server: PostgresServer, name: string, change: Change, goal: Goal, settings: Partial<RunSettings> = {},
): Promise<Outcome[]> {
  const client = await server.connect();
  try {
    return await takenBy(sessionOf(client), name, change, goal, settings);
  } finally {
    await client.end();
  }
}

/** The same in a session that is there; `met` is told each outcome as it comes. */
export async function takenBy(
  session: Session, name: string, change: Change, goal: Goal, settings: Partial<RunSettings> = {},
  met: (outcome: Outcome) => unknown = () => undefined,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const run = { phases: phasesOf(name, change), goal, settings: { ...DEFAULT_RUN_SETTINGS, quiet: '0s', ...settings }, sleep };
  for await (const outcome of runPhases(session, run)) {
    outcomes.push(outcome);
    await met(outcome);
  }
  return outcomes;
}

/** The last of what came. */
export function lastOf(outcomes: readonly Outcome[]): Outcome {
  return outcomes[outcomes.length - 1];
}
