import type { Client } from 'pg';
import { checkMigrations } from '../../../src/migrations/check-migrations';
import type { MigrationFile } from '../../../src/migrations/migration-file';
import type { Rewrite } from '../../../src/migrations/rewrites/rewrite';
import { piecesOf } from '../../../src/migrations/sql/pieces';
import { migration, parser } from '../../migrations/checking';

/** Each statement as a message of its own, as psql sends them. */
export async function runScript(sql: string, client: Client): Promise<void> {
  for (const piece of piecesOf(sql)) {
    const statement = sql.slice(piece.start, piece.end);
    await client.query(statement).catch((error: Error & { readonly detail?: string }) => {
      throw Object.assign(error, { message: `${statement}: ${error.message} ${error.detail ?? ''}` });
    });
  }
}

/** A database that holds what a script makes, and nothing else. */
export async function fresh(given: string, client: Client): Promise<void> {
  await client.query('ROLLBACK');
  const { rows } = await client.query<{ schema: string }>('SELECT nspname AS schema FROM pg_namespace WHERE nspname !~ \'^(pg_|information_schema)\'');
  await client.query(`${rows.map(({ schema }) => `DROP SCHEMA "${schema}" CASCADE;`).join(' ')} CREATE SCHEMA public; RESET ALL`);
  await runScript(given, client);
}

/** What the checker says of its own advice; each step is a migration of its own, and what waits for the old version to go is a later release. */
export function harmIn(given: string, rewrite: Rewrite, version = 18): string[] {
  const of = (isContract: boolean) => rewrite.filter((step) => (step.isContract === true) === isContract);
  const history = [migration(given, { source: 'given.sql', isHistory: true })];
  const past = [...history, ...filesOf(of(false)).map((file) => ({ ...file, isHistory: true }))];
  return [
    ...harmOf([...history, ...filesOf(of(false))], version),
    ...of(true).length === 0 ? [] : harmOf([...past, ...filesOf(of(true))], version).filter((text) => !text.startsWith('drop-')),
  ];
}

function filesOf(steps: Rewrite): MigrationFile[] {
  return steps.map(({ sql, needsNoTransaction }, index) => migration(sql, { source: `${index}.sql`, isInTransaction: needsNoTransaction !== true }));
}

function harmOf(files: readonly MigrationFile[], version: number): string[] {
  const { findings, problems } = checkMigrations(files, { version, accepted: [], lockTimeout: 2000 }, parser());
  return [...problems.map(({ message }) => message), ...findings.filter(({ severity }) => severity === 'error').map(({ ruleId, message }) => `${ruleId}: ${message}`)];
}
