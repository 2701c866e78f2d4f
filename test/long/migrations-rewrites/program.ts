import type { Client } from 'pg';
import type { PostgresServer } from '../../support/postgres/server';

/** Rows that are there before any program runs. */
export const ROWS = 5000;

/**
 * What a program sends again and again, as a prepared statement.
 *
 * `{run}` is the number of the round, which no other program has; `{one}` and `{other}` are rows that all programs write, the one before the
 * other.
 */
export interface Statement {
  readonly text: string;
  /** What it must find, where it reads. */
  readonly finds?: 'a row' | 'no row';
}

/** A statement with its parameters numbered, and what they are in a round. */
function prepared({ text }: Statement): { readonly text: string; readonly values: (run: number) => readonly number[] } {
  const names = [...new Set([...text.matchAll(/\{(run|one|other)\}/g)].map(([, name]) => name))];
  return {
    text: text.replace(/\{(run|one|other)\}/g, (_, name: string) => `$${names.indexOf(name) + 1}::bigint`),
    values: (run) => names.map((name) => name === 'run' ? run : run % (ROWS / 2) + (name === 'one' ? 1 : ROWS / 2)),
  };
}

/** A version of a program: one connection that goes on until it is told to stop, and keeps what fails. */
export class Program {
  static async start(server: PostgresServer, statements: readonly Statement[], first: number, settings = ''): Promise<Program> {
    const client = await server.connect();
    await client.query(settings);
    const program = new Program();
    program.running = program.loop(client, statements, first);
    return program;
  }

  readonly errors: string[] = [];
  runs = 0;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  /** Waits until it has gone on for some rounds. */
  async goOn(rounds: number): Promise<void> {
    const end = this.runs + rounds;
    const latest = Date.now() + 20_000;
    while (this.runs < end && this.errors.length === 0) {
      if (Date.now() > latest) {
        throw new Error('A program stands still: see what it waits for in pg_stat_activity.');
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private async loop(client: Client, statements: readonly Statement[], first: number): Promise<void> {
    const sent = statements.map((statement, index) => ({ ...statement, ...prepared(statement), name: `s${index}` }));
    for (let run = first; !this.isStopped; run += 1) {
      for (const { name, text, values, finds } of sent) {
        try {
          const { rows } = await client.query({ name, text, values: [...values(run)] });
          if (finds !== undefined && (rows.length > 0) !== (finds === 'a row')) {
            this.errors.push(`${text} (round ${run}) finds ${rows.length} rows: ${JSON.stringify(rows.slice(0, 2))}`);
          }
        } catch (error) {
          this.errors.push(`${text} (round ${run}): ${(error as Error).message}`);
        }
      }
      this.runs += 1;
    }
    await client.end();
  }
}
