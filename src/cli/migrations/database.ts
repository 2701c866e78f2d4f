import type { Client, ClientConfig } from 'pg';
import { SERVER_ADVICE } from '../../expand-contract/run/server-advice';
import { sessionOf, type Session } from '../../expand-contract/run/session';
import type { Catalog } from '../../migrations/catalog/catalog';
import { catalogFromServer, type ServerRows } from '../../migrations/catalog/from-server';
import { serverQueries } from '../../migrations/catalog/server-queries';
import type { SqlParser } from '../../migrations/sql/sql-parser';
import { BadInput } from '../bad-input';

/** What is read of a live server. */
export interface LiveDatabase {
  readonly catalog: Catalog;
  /** The major version. */
  readonly version: number;
}

/** How the driver is found; it is not among the package's own, as most commands need none. */
export type LoadDriver = () => typeof import('pg');

// eslint-disable-next-line @typescript-eslint/no-require-imports, import/no-extraneous-dependencies
const LOAD: LoadDriver = () => require('pg') as typeof import('pg');
/** Milliseconds: a server that does not answer by then is told as such. */
const PATIENCE = 10_000;

/** Reads the catalog of a server, in a transaction that cannot write. */
export async function readDatabase(url: string, parser: SqlParser, load: LoadDriver = LOAD): Promise<LiveDatabase> {
  const client = clientFor(url, load, { statement_timeout: PATIENCE });
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: [{ number }] } = await client.query<{ number: number }>('SELECT current_setting(\'server_version_num\')::int AS number');
    const version = Math.floor(number / 10_000);
    const rows: Record<string, unknown> = {};
    for (const [name, query] of Object.entries(serverQueries(version))) {
      rows[name] = (await client.query(query)).rows;
    }
    return { catalog: catalogFromServer(rows as unknown as ServerRows, parser), version };
  } catch (error) {
    throw BadInput.of('--database', `the server cannot be read (${reasonOf(error)}); ${adviceOn(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clientFor(url: string, load: LoadDriver, limits: ClientConfig): Client {
  let driver: typeof import('pg');
  try {
    driver = load();
  } catch {
    throw BadInput.of('--database', 'the package pg is not installed, which reads a server; run npm install pg');
  }
  try {
    return new driver.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE, application_name: 'zero-downtime', ...limits });
  } catch {
    throw BadInput.of('--database', 'the address must be a URL: postgresql://USER@HOST/DATABASE');
  }
}

/** Does something in a session of its own, which may write. */
export async function connected<T>(url: string, use: (session: Session) => Promise<T>, load: LoadDriver = LOAD): Promise<T> {
  const client = clientFor(url, load, {});
  try {
    await client.connect();
  } catch (error) {
    throw BadInput.of('--database', `the server cannot be reached (${reasonOf(error)}); ${adviceOn(error)}`);
  }
  // A connection that ends while nobody asks is told to the next who does.
  let lost: unknown;
  client.on('error', (error) => { lost ??= error; });
  const session = sessionOf(client);
  const query: Session['query'] = (sql, values) => session.query(sql, values).catch((error: unknown) => Promise.reject(lost ?? error));
  try {
    return await use({ query });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function adviceOn(error: unknown): string {
  return SERVER_ADVICE[String((error as { readonly code?: string }).code)] ?? 'correct the address, or give the role the right to connect';
}

/** Why, without the address: it may hold a password. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return [code, message].filter((part) => part !== undefined && part !== '').join(': ') || 'unknown';
}
