import type { Client } from 'pg';
import { checkMigrations } from '../../src/migrations/check-migrations';
import type { MigrationFile } from '../../src/migrations/migration-file';
import type { Rewrite } from '../../src/migrations/rewrites/rewrite';
import { MIGRATION_RULES } from '../../src/migrations/rules/rules';
import { piecesOf } from '../../src/migrations/sql/pieces';
import { checked, migration, parser } from '../migrations/checking';
import { PostgresServer } from '../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

/** Each statement as a message of its own, as psql sends them. */
async function runScript(sql: string, on = client): Promise<void> {
  for (const piece of piecesOf(sql)) {
    await on.query(sql.slice(piece.start, piece.end));
  }
}

async function fresh(given: string): Promise<void> {
  await client.query('ROLLBACK; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; RESET ALL');
  await runScript(given);
}

describe.each(MIGRATION_RULES)('the examples of $id', ({ id, given, bad, good }) => {
  test('are SQL that the server knows', async () => {
    await fresh(given);
    const outcome = await runScript(bad).then(() => 'taken', (error: { code: string }) => error.code);
    const refused: Readonly<Record<string, string>> = {
      'concurrently-in-transaction': '25001', 'server-refuses': '42703', 'enum-value-in-transaction': '55P04', 'add-column-required': '23502',
    };
    expect(outcome).toBe(refused[id] ?? 'taken');
    await fresh(given);
    await runScript(good);
  });

  test('are mended by the SQL that is printed, step by step, and that SQL is found harmless', async () => {
    const { findings } = checked(given, bad, { rules: MIGRATION_RULES.filter((rule) => rule.id === id) });
    const rewrites = findings.flatMap(({ rewrite }) => rewrite === undefined ? [] : [rewrite]);
    for (const rewrite of rewrites) {
      await fresh(given);
      for (const { sql } of rewrite) {
        await runScript(sql);
      }
      expect(harmIn(given, rewrite)).toEqual([]);
    }
  }, 60_000);
});

/** What the checker says of its own advice; each step is a migration of its own, and what waits for the old version to go is a later release. */
function harmIn(given: string, rewrite: Rewrite): string[] {
  const of = (isContract: boolean) => rewrite.filter((step) => (step.isContract === true) === isContract);
  const history = [migration(given, { source: 'given.sql', isHistory: true })];
  const past = [...history, ...filesOf(of(false)).map((file) => ({ ...file, isHistory: true }))];
  return [...harmOf([...history, ...filesOf(of(false))]), ...harmOf([...past, ...filesOf(of(true))]).filter((text) => !text.startsWith('drop-'))];
}

function filesOf(steps: Rewrite): MigrationFile[] {
  return steps.map(({ sql, needsNoTransaction }, index) => migration(sql, { source: `${index}.sql`, isInTransaction: needsNoTransaction !== true }));
}

function harmOf(files: readonly MigrationFile[]): string[] {
  const { findings, problems } = checkMigrations(files, { version: 18, accepted: [], lockTimeout: 2000 }, parser());
  expect(problems).toEqual([]);
  return findings.filter(({ severity }) => severity === 'error').map(({ ruleId, line }) => `${ruleId}: ${line}`);
}

/** A program that goes on until it is told to stop, and counts what fails. */
class Program {
  static async start(statements: (run: number) => readonly string[], first: number): Promise<Program> {
    const program = new Program();
    program.running = program.loop(await server.connect(), statements, first);
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

  private async loop(connection: Client, statements: (run: number) => readonly string[], first: number): Promise<void> {
    for (let run = first; !this.isStopped; run += 1) {
      for (const statement of statements(run)) {
        await connection.query(statement).catch((error: Error) => this.errors.push(`${statement}: ${error.message}`));
      }
      this.runs += 1;
    }
    await connection.end();
  }
}

const ORDERS = `CREATE TABLE customers (id bigint PRIMARY KEY);
  CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status varchar(20) NOT NULL, quantity integer NOT NULL DEFAULT 1, note text DEFAULT 'n');
  INSERT INTO customers SELECT n FROM generate_series(1, 100) n;
  INSERT INTO orders SELECT n, n % 100 + 1, 'new', n % 7, 'x' FROM generate_series(1, 20000) n`;

const old = (run: number) => [
  `INSERT INTO orders (id, customer_id, status, quantity) VALUES (${run}, 1, 'new', 3)`,
  `UPDATE orders SET status = 'paid', quantity = quantity + 1 WHERE id = ${run % 20000 + 1}`,
  `SELECT id, customer_id, status, quantity, note FROM orders WHERE id = ${run}`,
];

interface Change {
  readonly name: string;
  readonly change: string;
  /** What the next version runs. */
  readonly next: (run: number) => readonly string[];
  /** What is so in the end. */
  readonly holds: string;
}

const CHANGES: readonly Change[] = [
  {
    name: 'a column is renamed',
    change: 'ALTER TABLE orders RENAME COLUMN status TO state',
    next: (run) => [
      `INSERT INTO orders (id, customer_id, state) VALUES (${run}, 1, 'new')`,
      `UPDATE orders SET state = 'sent' WHERE id = ${run % 20000 + 1}`,
      `SELECT id, state FROM orders WHERE id = ${run}`,
    ],
    holds: 'SELECT count(*) = 0 AS holds FROM orders WHERE state IS NULL',
  },
  {
    name: 'a type becomes wider',
    change: 'ALTER TABLE orders ALTER COLUMN quantity TYPE bigint',
    next: (run) => [
      `INSERT INTO orders (id, customer_id, status, quantity_new) VALUES (${run}, 1, 'new', 5)`,
      `UPDATE orders SET quantity_new = quantity_new + 1 WHERE id = ${run % 20000 + 1}`,
      `SELECT id, quantity_new FROM orders WHERE id = ${run}`,
    ],
    holds: 'SELECT count(*) = 0 AS holds FROM orders WHERE quantity_new IS NULL',
  },
  {
    name: 'a column is required',
    change: 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL',
    next: (run) => [`INSERT INTO orders (id, status, note) VALUES (${run}, 'new', 'y')`],
    holds: 'SELECT attnotnull AS holds FROM pg_attribute WHERE attrelid = \'orders\'::regclass AND attname = \'note\'',
  },
  {
    name: 'a column with a value of its own for each row is added',
    change: 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE',
    next: (run) => [`INSERT INTO orders (id, status) VALUES (${run}, 'new') RETURNING token`],
    holds: 'SELECT count(*) = count(DISTINCT token) AS holds FROM orders',
  },
  {
    name: 'a column that counts is added',
    change: 'ALTER TABLE orders ADD COLUMN number bigserial',
    next: (run) => [`INSERT INTO orders (id, status) VALUES (${run}, 'new') RETURNING number`],
    holds: 'SELECT count(*) = count(DISTINCT number) AS holds FROM orders',
  },
  {
    name: 'a foreign key is added',
    change: 'ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id)',
    next: (run) => [`INSERT INTO orders (id, customer_id, status) VALUES (${run}, 2, 'new')`],
    holds: 'SELECT convalidated AS holds FROM pg_constraint WHERE conname = \'orders_customer_fk\'',
  },
  {
    name: 'a unique constraint is added',
    change: 'ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE (id, status)',
    next: (run) => [`INSERT INTO orders (id, customer_id, status) VALUES (${run}, 2, 'new') ON CONFLICT DO NOTHING`],
    holds: 'SELECT count(*) = 1 AS holds FROM pg_constraint WHERE conname = \'orders_once\'',
  },
  {
    name: 'an index is built',
    change: 'CREATE INDEX orders_status_idx ON orders (status) WHERE status <> \'new\'',
    next: old,
    holds: 'SELECT indisvalid AS holds FROM pg_index WHERE indexrelid = \'orders_status_idx\'::regclass',
  },
  {
    name: 'a table is renamed',
    change: 'ALTER TABLE orders RENAME TO purchases',
    next: (run) => [`INSERT INTO purchases (id, status) VALUES (${run}, 'new')`, `SELECT id FROM purchases WHERE id = ${run}`],
    holds: 'SELECT to_regclass(\'orders\') IS NULL AS holds',
  },
  {
    name: 'every row is written',
    change: 'UPDATE orders SET note = \'z\'',
    next: (run) => [`INSERT INTO orders (id, status) VALUES (${run}, 'new')`],
    holds: 'SELECT count(*) = 0 AS holds FROM orders WHERE id <= 20000 AND note <> \'z\'',
  },
];

describe.each(CHANGES)('while both versions run, $name', ({ change, next, holds }) => {
  test('and no statement of either fails', async () => {
    await fresh(ORDERS);
    const { findings } = checked(ORDERS, change);
    const rewrite = findings.find((finding) => finding.severity === 'error' && finding.rewrite !== undefined)?.rewrite ?? [];
    expect(rewrite.length).toBeGreaterThan(0);
    const running = await Program.start(old, 100_000);
    const programs = [running];
    try {
      for (const { sql } of rewrite.filter(({ isContract }) => !isContract)) {
        await runScript(sql);
      }
      programs.push(await Program.start(next, 10_000_000));
      await new Promise((resolve) => setTimeout(resolve, 500));
      await running.stop();
      for (const { sql } of rewrite.filter(({ isContract }) => isContract)) {
        await runScript(sql);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      await Promise.all(programs.map((program) => program.stop()));
    }
    expect(programs.flatMap(({ errors }) => errors)).toEqual([]);
    expect(programs.every(({ runs }) => runs > 10)).toBe(true);
    expect((await client.query<{ holds: boolean }>(holds)).rows[0].holds).toBe(true);
  }, 120_000);
});
