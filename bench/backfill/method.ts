import type { Client } from 'pg';

/** A way to give old rows their value; resolves to the milliseconds that it took. */
export interface Method {
  readonly name: string;
  /** What is made of the plain table first, where that is not the column and the triggers that most have alike. */
  readonly prepare?: (client: Client) => Promise<unknown>;
  readonly run: (client: Client) => Promise<number>;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Batches of a statement that says how far it came, until it says nothing. */
export async function batches(client: Client, name: string, sql: string): Promise<void> {
  for (let reached: string | null = '0'; reached !== null;) {
    const { rows }: { rows: { reached: string | null }[] } = await client.query({ name, text: sql, values: [reached] });
    reached = rows[0].reached;
  }
}
