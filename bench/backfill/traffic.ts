import type { Client } from 'pg';
import type { PostgresServer } from '../../test/support/postgres/server';

const CLIENTS = 8;
/** Statements a second, whatever the server makes of them: what waits is counted from when it should have begun. */
const RATE = 300;

/** What concurrent traffic met, in milliseconds. */
export interface Latencies {
  readonly count: number;
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
}

/** Reads and writes of a program, at a steady pace, until it is told to stop. */
export class Traffic {
  static async start(server: PostgresServer, rows: number): Promise<Traffic> {
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => server.connect()));
    const traffic = new Traffic(clients, rows);
    traffic.running = clients.map((client, index) => traffic.loop(client, index));
    return traffic;
  }

  private readonly took: number[] = [];
  private readonly began = performance.now();
  private running: readonly Promise<void>[] = [];
  private isStopped = false;

  private constructor(private readonly clients: readonly Client[], private readonly rows: number) {}

  async stop(): Promise<Latencies> {
    this.isStopped = true;
    await Promise.all(this.running);
    await Promise.all(this.clients.map((client) => client.end()));
    const sorted = [...this.took].sort((one, other) => one - other);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { count: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1) };
  }

  private async loop(client: Client, index: number): Promise<void> {
    const every = 1000 * CLIENTS / RATE;
    for (let turn = 0; !this.isStopped; turn += 1) {
      const due = this.began + (turn + index / CLIENTS) * every;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const id = 1 + Math.floor(Math.random() * this.rows);
      await (turn % 10 < 7
        ? client.query({ name: 'read', text: 'SELECT id, old_name, note FROM subject WHERE id = $1', values: [id] })
        : client.query({ name: 'write', text: 'UPDATE subject SET old_name = $2 WHERE id = $1', values: [id, `w${turn}`] }));
      this.took.push(performance.now() - due);
    }
  }
}
