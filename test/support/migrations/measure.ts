import type { Client } from 'pg';
import { LOCK_MODES, type LockMode } from '../../../src/migrations/effects/lock-mode';
import { qualifiedName } from '../../../src/sql/quote';

/** What a server did for a statement. */
export interface Measured {
  /** The strongest mode on each relation that was there before, beyond ACCESS SHARE. */
  readonly locks: ReadonlyMap<string, LockMode>;
  /** Relations whose rows were written to other files. */
  readonly rewrites: ReadonlySet<string>;
  /** Relations of which all rows were read, those that were written again aside. */
  readonly scans: ReadonlySet<string>;
  readonly sqlstate?: string;
}

interface Known {
  readonly oid: string;
  readonly id: string;
  readonly kind: string;
  readonly file: string | null;
  readonly rows: number;
}

const RELATIONS = `
  SELECT c.oid::text, n.nspname, c.relname, c.relkind::text AS kind, pg_relation_filenode(c.oid)::text AS file
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm', 'v') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

/** The relations of a database, with how many rows each has. */
export async function relationsOf(client: Client): Promise<readonly Known[]> {
  const { rows } = await client.query<{ oid: string; nspname: string; relname: string; kind: string; file: string | null }>(RELATIONS);
  const known: Known[] = [];
  for (const { oid, nspname, relname, kind, file } of rows) {
    const id = qualifiedName([nspname, relname]);
    const counted = file === null ? 0 : Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ONLY ${id}`).catch(() => ({ rows: [{ n: '0' }] }))).rows[0].n);
    known.push({ oid, id, kind, file, rows: counted });
  }
  return known;
}

/** Runs a statement in a transaction that is taken back, and reads what it did from the server's own books. */
export async function measure(client: Client, statement: string, before: readonly Known[]): Promise<Measured> {
  await client.query('BEGIN');
  try {
    // What was read before is still in the session's books.
    const earlier = await readInTransaction(client);
    await client.query(statement);
    const locks = await locksOf(client, before, 'pid = pg_backend_pid() AND granted');
    const rewrites = await rewritesOf(client, before);
    return { locks, rewrites, scans: scansOf(since(earlier, await readInTransaction(client)), before, rewrites) };
  } catch (error) {
    return { locks: new Map(), rewrites: new Set(), scans: new Set(), sqlstate: sqlstateOf(error) };
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * Runs a statement that no transaction may hold. Another session holds a lock that conflicts with all that such statements take, so that
 * the first lock is seen while it is waited for; then it is let through.
 */
export async function measureAlone(client: Client, watcher: Client, statement: string, before: readonly Known[]): Promise<Measured> {
  const pid = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0].pid;
  const tables = before.filter(({ kind }) => kind === 'r' || kind === 'p').map(({ id }) => id);
  await watcher.query('BEGIN');
  await watcher.query(`LOCK TABLE ${tables.join(', ')} IN SHARE UPDATE EXCLUSIVE MODE`);
  const counted = await readBy(client);
  const running = client.query(statement).then(() => undefined, sqlstateOf);
  const waited = await waitsFor(watcher, pid, running);
  const locks = await locksOf(watcher, before, `pid = ${pid}`);
  await watcher.query('COMMIT');
  const sqlstate = await running;
  if (sqlstate !== undefined) {
    return { locks: new Map(), rewrites: new Set(), scans: new Set(), sqlstate };
  }
  const rewrites = await rewritesOf(client, before);
  return { locks: waited ? locks : new Map(), rewrites, scans: scansOf(since(counted, await readBy(client)), before, rewrites) };
}

type Counts = ReadonlyMap<string, number>;

function since(earlier: Counts, later: Counts): Counts {
  return new Map([...later].map(([relid, count]) => [relid, count - (earlier.get(relid) ?? 0)]));
}

async function readInTransaction(client: Client): Promise<Counts> {
  const { rows } = await client.query<{ relid: string; read: string }>('SELECT relid::text, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS read FROM pg_stat_xact_user_tables');
  return new Map(rows.map(({ relid, read }) => [relid, Number(read)]));
}

async function waitsFor(watcher: Client, pid: number, running: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  void running.then(() => { isDone = true; });
  for (let tries = 0; tries < 300 && !isDone; tries += 1) {
    const { rows } = await watcher.query('SELECT 1 FROM pg_locks WHERE pid = $1 AND NOT granted', [pid]);
    if (rows.length > 0) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** The counters of a session reach the others only at its leisure. */
async function readBy(client: Client): Promise<ReadonlyMap<string, number>> {
  await client.query('SELECT pg_stat_force_next_flush()').catch(() => new Promise((resolve) => setTimeout(resolve, 1100)));
  await client.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await client.query<{ relid: string; read: string }>('SELECT relid::text, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS read FROM pg_stat_user_tables');
  return new Map(rows.map(({ relid, read }) => [relid, Number(read)]));
}

async function locksOf(client: Client, before: readonly Known[], condition: string): Promise<ReadonlyMap<string, LockMode>> {
  const { rows } = await client.query<{ relation: string; mode: string }>(`SELECT relation::text, mode FROM pg_locks WHERE locktype = 'relation' AND ${condition}`);
  const byOid = new Map(before.map(({ oid, id }) => [oid, id]));
  const locks = new Map<string, LockMode>();
  for (const { relation, mode } of rows) {
    const id = byOid.get(relation);
    const words = mode.replace(/Lock$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase() as LockMode;
    const index = LOCK_MODES.indexOf(words);
    if (id !== undefined && index > LOCK_MODES.indexOf(locks.get(id) ?? 'ACCESS SHARE')) {
      locks.set(id, words);
    }
  }
  return locks;
}

async function rewritesOf(client: Client, before: readonly Known[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ oid: string; file: string | null }>(`SELECT oid::text, pg_relation_filenode(oid)::text AS file FROM pg_class
    WHERE relkind IN ('r', 'm') AND pg_relation_size(oid) > 0`);
  // A table that TRUNCATE gave other files has nothing in them, and nothing was written.
  const files = new Map(rows.map(({ oid, file }) => [oid, file]));
  return new Set(before.filter(({ oid, file }) => file !== null && files.has(oid) && files.get(oid) !== file).map(({ id }) => id));
}

function scansOf(read: ReadonlyMap<string, number>, before: readonly Known[], rewrites: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(before.filter(({ oid, id, rows }) => rows > 0 && !rewrites.has(id) && (read.get(oid) ?? 0) >= rows).map(({ id }) => id));
}

function sqlstateOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'unknown';
}
