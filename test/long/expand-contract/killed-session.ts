import type { Client } from 'pg';
import type { Random } from './random';
import type { Session } from '../../../src/expand-contract/run/run-phases';

/** How a runner ends: its own end of the connection is gone, or the server ends the session. */
type Way = 'socket' | 'backend';

const ENDS: Readonly<Record<Way, (client: Client, other: Client) => Promise<unknown>>> = {
  socket: async (client) => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(),
  backend: async (client, other) => other.query('SELECT pg_terminate_backend($1)', [(client as unknown as { processID: number }).processID]),
};

/** Statements that run outside of a transaction, and so may be left half done. */
const OUTSIDE = /^(CREATE INDEX|DROP INDEX|VACUUM)/;

/** A session that ends at a moment that nobody knows before: in one of its statements, or between two. */
export class KilledSession implements Session {
  /** What it was doing when it ended, or was about to. */
  killedIn?: string;
  private current = 'preparation';

  /** `share`: one of so many statements is its last. */
  constructor(private readonly client: Client, private readonly other: Client, private readonly random: Random, private readonly share: number) {}

  async query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    this.current = kindOf(sql);
    if (this.killedIn === undefined && this.isLast()) {
      this.killedIn = this.current;
      const way = this.random.of<Way>(['socket', 'backend']);
      setTimeout(() => {
        this.killedIn = this.current;
        ENDS[way](this.client, this.other).catch(() => undefined);
      }, this.random.below(OUTSIDE.test(sql) ? 60 : 12));
    }
    return (await this.client.query<Record<string, unknown>>(sql, values as unknown[])).rows;
  }

  private isLast(): boolean {
    return this.share < Infinity && (OUTSIDE.test(this.current) ? this.random.below(4) > 0 : this.random.below(this.current === 'advance' ? this.share : 30) === 0);
  }
}

function kindOf(sql: string): string {
  return OUTSIDE.exec(sql)?.[0] ?? /zero_downtime\.(advance|declare|runner_lock)\(/.exec(sql)?.[1] ?? 'preparation';
}

/** Whether an error says that a session has ended, and nothing else. */
export function isEnd(error: unknown): boolean {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  return ['57P01', 'EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(code ?? '') || /^(Connection terminated|Client has encountered a connection error|Client was closed)/.test(message);
}
