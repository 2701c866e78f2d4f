import type { Client } from 'pg';
import type { Book } from './book';
import type { Random } from './random';
import type { PostgresServer } from '../../support/postgres/server';

/** Runs a statement that is prepared under a name once, as programs do. */
export type Prepared = (text: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** What one version of a program does with rows of orders; each write resolves to what the row then holds. */
export interface Version<S> {
  readonly name: string;
  /** Whether it asks for `*` too, by statements that are not prepared. */
  readonly asksForAll: boolean;
  insert(query: Prepared, id: number, random: Random): Promise<S>;
  update(query: Prepared, id: number, known: S, random: Random): Promise<S>;
  read(query: Prepared, id: number): Promise<unknown>;
  /** What it may read of such a row. */
  expected(known: S): readonly unknown[];
}

/** Sessions of one version that read and write for as long as they are let. */
export class Program<S> {
  static async start<S>(server: PostgresServer, version: Version<S>, book: Book<S>, random: Random, sessions = 3): Promise<Program<S>> {
    const clients = await Promise.all(Array.from({ length: sessions }, () => server.connect()));
    return new Program(clients, version, book, random);
  }

  readonly errors: string[] = [];
  readonly latencies: number[] = [];
  private isEnding = false;
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly clients: readonly Client[], private readonly version: Version<S>, private readonly book: Book<S>,
    private readonly random: Random,
  ) {
    this.ended = Promise.all(clients.map(async (client) => this.work(client)));
  }

  /** Ends it, as a pod ends: what was begun is finished. */
  async stop(): Promise<void> {
    this.isEnding = true;
    await this.ended;
    await Promise.all(this.clients.map(async (client) => client.end()));
  }

  private async work(client: Client): Promise<void> {
    const names = new Map<string, string>();
    const query: Prepared = async (text, values) => {
      const name = names.get(text) ?? `statement_${names.size}`;
      names.set(text, name);
      return (await client.query<Record<string, unknown>>({ name, text, values: [...values] })).rows;
    };
    while (!this.isEnding) {
      const began = performance.now();
      try {
        await this.act(client, query);
      } catch (error) {
        this.errors.push(`${this.version.name}: ${(error as Error).message}`);
        await client.query('ROLLBACK');
      }
      this.latencies.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, this.random.below(4)));
    }
  }

  private async act(client: Client, query: Prepared): Promise<void> {
    const kind = this.random.below(100);
    const id = kind < 15 ? this.book.holdNew() : this.book.hold(this.random);
    const other = kind >= 90 ? this.book.hold(this.random) : undefined;
    try {
      if (kind < 15) {
        this.book.write(id, { state: await this.version.insert(query, id, this.random), touched: 0 });
      } else if (kind < 40) {
        await this.read(client, query, id);
      } else if (kind < 65) {
        await this.update(query, id);
      } else if (kind < 80) {
        await this.touch(query, id);
      } else if (kind < 90) {
        await query('DELETE FROM orders WHERE id = $1', [id]);
        this.book.remove(id);
      } else {
        // Two rows in whatever order: the migration may hold them in another.
        await client.query('BEGIN');
        await this.update(query, id);
        await this.touch(query, other!);
        await client.query('COMMIT');
      }
    } finally {
      [id, other].forEach((each) => each === undefined || this.book.release(each));
    }
  }

  private async update(query: Prepared, id: number): Promise<void> {
    const { state, touched } = this.book.entry(id);
    this.book.write(id, { state: await this.version.update(query, id, state, this.random), touched });
  }

  private async touch(query: Prepared, id: number): Promise<void> {
    const { state, touched } = this.book.entry(id);
    await query('UPDATE orders SET touched = touched + 1 WHERE id = $1', [id]);
    this.book.write(id, { state, touched: touched + 1 });
  }

  private async read(client: Client, query: Prepared, id: number): Promise<void> {
    const expected = this.version.expected(this.book.entry(id).state);
    const value = await this.version.read(query, id);
    if (!expected.includes(value)) {
      this.errors.push(`${this.version.name}: row ${id} reads ${String(value)} and not ${expected.join(' or ')}`);
    }
    if (this.version.asksForAll) {
      const { rows } = await client.query<{ touched: number }>(`SELECT * FROM orders WHERE id = ${id}`);
      if (rows[0].touched !== this.book.entry(id).touched) {
        this.errors.push(`${this.version.name}: row ${id} was touched ${rows[0].touched} times`);
      }
    }
  }
}
