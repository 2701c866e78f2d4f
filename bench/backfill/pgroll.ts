import { execFile } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import type { Client } from 'pg';
import { batches, timed, type Method } from './method';
import { findPgroll, PGROLL_VERSION } from '../../test/support/pgroll';

/**
 * pgroll's way: itself, where it can be had, and what it sends re-enacted, where anybody can run it.
 *
 * Its own renaming of a column is a name in a view, and writes no row; what is comparable is a column that is added with the other's value (`up`).
 * Unlike the triggers that the other methods have, its trigger follows in one direction only, fires for each statement, and writes a flag beside
 * the value.
 */
export function pgrollMethods(): readonly Method[] {
  const found = findPgroll();
  if ('missing' in found) {
    console.warn(`pgroll itself is left out, and only what it sends is re-enacted: ${found.missing}`);
    return [REENACTED];
  }
  return [REENACTED, itself(found.path)];
}

const COLUMN_AND_TRIGGER = `ALTER TABLE subject ADD COLUMN new_name text, ADD COLUMN needs_backfill boolean DEFAULT true;
CREATE OR REPLACE FUNCTION subject_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  id subject.id%TYPE := NEW.id;
  old_name subject.old_name%TYPE := NEW.old_name;
  amount subject.amount%TYPE := NEW.amount;
  note subject.note%TYPE := NEW.note;
  path text;
BEGIN
  SELECT current_setting INTO path FROM current_setting('search_path');
  IF path <> 'public_renamed' THEN
    NEW.new_name = old_name;
    NEW.needs_backfill = false;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER subject_up BEFORE INSERT OR UPDATE ON subject FOR EACH ROW EXECUTE FUNCTION subject_up()`;

/** A flag says which rows are left, and each batch looks for them; the trigger is what writes the value. */
const FLAGGED = `WITH batch AS (SELECT id FROM subject WHERE needs_backfill = true AND id > $1 ORDER BY id LIMIT 1000 FOR NO KEY UPDATE),
    written AS (UPDATE subject SET id = subject.id FROM batch WHERE subject.id = batch.id RETURNING subject.id)
  SELECT max(id)::text AS reached FROM written`;

const REENACTED: Method = {
  name: 'pgroll\'s statement and trigger',
  prepare: (client) => client.query(COLUMN_AND_TRIGGER),
  run: async (client) => {
    const took = await timed(() => batches(client, 'flagged', FLAGGED));
    await requireAll(client, 'new_name');
    return took;
  },
};

const MIGRATION = {
  operations: [{ add_column: { table: 'subject', up: 'old_name', column: { name: 'new_name', type: 'text', nullable: true } } }],
};

/** From the start of its process to the end, as its user waits for it; what it made goes before the next table is made. */
function itself(path: string): Method {
  const pgroll = (client: Client, ...args: readonly string[]) => promisify(execFile)(path, [...args, '--postgres-url', urlOf(client)]);
  return {
    name: `pgroll ${PGROLL_VERSION}`,
    prepare: async (client) => {
      await pgroll(client, 'init');
      // It notes each change of the schema, and begins with the first that it has noted.
      await client.query('ALTER TABLE subject ALTER COLUMN note SET STATISTICS 100');
    },
    run: async (client) => {
      const folder = mkdtempSync(join(tmpdir(), 'zd-pgroll-'));
      try {
        const file = join(folder, 'renamed.json');
        writeFileSync(file, JSON.stringify(MIGRATION));
        const took = await timed(() => pgroll(client, 'start', file));
        await requireAll(client, '_pgroll_new_new_name');
        return took;
      } finally {
        rmSync(folder, { recursive: true });
        await client.query('DROP SCHEMA IF EXISTS public_renamed CASCADE; DROP SCHEMA IF EXISTS pgroll CASCADE');
      }
    },
  };
}

function urlOf({ host, database = 'postgres' }: Client): string {
  return `postgres:///${database}?user=postgres&host=${encodeURIComponent(host)}&sslmode=disable`;
}

/** What has left rows behind has not done what it is measured for. */
async function requireAll(client: Client, column: string): Promise<void> {
  const { rows } = await client.query<{ left: string }>(`SELECT count(*) AS left FROM subject WHERE ${column} IS NULL`);
  if (rows[0].left !== '0') {
    throw new Error(`${rows[0].left} rows have no ${column}`);
  }
}
