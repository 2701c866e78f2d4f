import type { Client } from 'pg';
import { phasesOf } from '../../src/expand-contract/phases/phases-of';
import { runPhases } from '../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS } from '../../src/expand-contract/run/settings';

/** A way to give old rows their value; resolves to the milliseconds that it took. */
export interface Method {
  readonly name: string;
  readonly run: (client: Client) => Promise<number>;
}

const LACKS = 'new_name IS NULL AND old_name IS NOT NULL';
const PHASES = phasesOf('bench', { kind: 'renameColumn', table: 'subject', from: 'old_name', to: 'new_name' });

async function runTo(client: Client, goal: 'expanded' | 'ready'): Promise<void> {
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  for await (const { state, note } of runPhases(sessionOf(client), { phases: PHASES, goal, settings: DEFAULT_RUN_SETTINGS, sleep })) {
    if (state === 'failed') {
      throw new Error(note);
    }
  }
}

/** The column and the triggers, which all methods have alike: what is compared is how old rows are written. */
export function expand(client: Client): Promise<void> {
  return runTo(client, 'expanded');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Batches of a statement that says how far it came, until it says nothing. */
async function batches(client: Client, name: string, sql: string): Promise<void> {
  for (let reached: string | null = '0'; reached !== null;) {
    const { rows }: { rows: { reached: string | null }[] } = await client.query({ name, text: sql, values: [reached] });
    reached = rows[0].reached;
  }
}

const FIXED = `WITH batch AS (SELECT id FROM subject WHERE id > $1 ORDER BY id LIMIT 1000),
    written AS (UPDATE subject SET new_name = old_name FROM batch WHERE subject.id = batch.id AND ${LACKS})
  SELECT max(id)::text AS reached FROM batch`;

/** The statement of pgroll, re-enacted: a flag says which rows are left, and each batch looks for them. */
const FLAGGED = `WITH batch AS (SELECT id FROM subject WHERE id > $1 AND needs_backfill ORDER BY id LIMIT 1000 FOR NO KEY UPDATE),
    written AS (UPDATE subject SET new_name = old_name, needs_backfill = false FROM batch WHERE subject.id = batch.id RETURNING subject.id)
  SELECT max(id)::text AS reached FROM written`;

export const METHODS: readonly Method[] = [
  { name: 'one UPDATE', run: (client) => timed(() => client.query(`UPDATE subject SET new_name = old_name WHERE ${LACKS}`)) },
  { name: 'batches of 1000', run: (client) => timed(() => batches(client, 'fixed', FIXED)) },
  {
    name: 'pgroll\'s statement',
    run: async (client) => {
      await client.query('ALTER TABLE subject ADD COLUMN needs_backfill boolean DEFAULT true');
      return timed(() => batches(client, 'flagged', FLAGGED));
    },
  },
  {
    name: 'zero-downtime',
    run: async (client) => {
      await runTo(client, 'ready');
      const { rows } = await client.query<{ took: number }>(
        'SELECT (extract(epoch FROM ended_at - started_at) * 1000)::double precision AS took FROM zero_downtime.walk WHERE phase = \'backfill\'');
      return rows[0].took;
    },
  },
];
