import type { Client } from 'pg';
import { batches, timed, type Method } from './method';
import { pgrollMethods } from './pgroll';
import { phasesOf } from '../../src/expand-contract/phases/phases-of';
import { runPhases } from '../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS } from '../../src/expand-contract/run/settings';

const LACKS = 'new_name IS NULL AND old_name IS NOT NULL';
const PHASES = phasesOf('bench', { kind: 'renameColumn', table: 'subject', from: 'old_name', to: 'new_name' });

async function runTo(client: Client, goal: 'expanded' | 'ready'): Promise<void> {
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  for await (const { state, note } of runPhases(sessionOf(client), { phases: PHASES, goal, settings: DEFAULT_RUN_SETTINGS, sleep })) {
    if (state === 'failed') {
      throw new Error(note);
    }
    // What comes after it is no backfill: the index of the old column is built for the new one too, which nobody else does.
    if (note.endsWith(' rows verified')) {
      return;
    }
  }
}

/** The column and the triggers, which all methods have alike: what is compared is how old rows are written. */
export function expand(client: Client): Promise<void> {
  return runTo(client, 'expanded');
}

const FIXED = `WITH batch AS (SELECT id FROM subject WHERE id > $1 ORDER BY id LIMIT 1000),
    written AS (UPDATE subject SET new_name = old_name FROM batch WHERE subject.id = batch.id AND ${LACKS})
  SELECT max(id)::text AS reached FROM batch`;

export const METHODS: readonly Method[] = [
  { name: 'one UPDATE', run: (client) => timed(() => client.query(`UPDATE subject SET new_name = old_name WHERE ${LACKS}`)) },
  { name: 'batches of 1000', run: (client) => timed(() => batches(client, 'fixed', FIXED)) },
  ...pgrollMethods(),
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
