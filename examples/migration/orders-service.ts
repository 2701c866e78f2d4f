import { Client } from 'pg';

/** What a version of the service knows the column as. */
export type StatusColumn = 'payment_status' | 'status';

type Row = Readonly<Record<string, unknown>>;

/** One instance of a small service: it takes orders, has them paid, and reads them, with prepared statements as drivers make them. */
export class OrdersService {
  static async start(host: string, epoch: number, column: StatusColumn, ids: () => number): Promise<OrdersService> {
    // By this name the gate of the migration tells one version from another.
    const client = new Client({ host, user: 'postgres', application_name: `orders@${epoch}` });
    await client.connect();
    const service = new OrdersService(client, column, ids);
    service.running = service.serve();
    return service;
  }

  /** What each order should be, as far as this instance wrote it last. */
  readonly expected = new Map<number, string>();
  readonly errors: string[] = [];
  readonly latencies: number[] = [];
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  private constructor(private readonly client: Client, private readonly column: StatusColumn, private readonly ids: () => number) {}

  /** Finishes what it is at, and ends. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
    await this.client.end();
  }

  private async serve(): Promise<void> {
    while (!this.isStopping) {
      const id = this.ids();
      await this.ask('take', `INSERT INTO orders (id, ${this.column}) VALUES ($1, $2)`, [id, 'new'], () => this.expected.set(id, 'new'));
      await this.ask('pay', `UPDATE orders SET ${this.column} = $2 WHERE id = $1`, [id, 'paid'], () => this.expected.set(id, 'paid'));
      await this.ask('read', `SELECT id, ${this.column} AS status FROM orders WHERE id = $1`, [id], (rows) => {
        if (rows[0]?.status !== 'paid') {
          this.errors.push(`order ${id} reads ${String(rows[0]?.status)}`);
        }
      });
    }
  }

  private async ask(name: string, text: string, values: readonly unknown[], answered: (rows: readonly Row[]) => void): Promise<void> {
    const began = performance.now();
    try {
      const { rows } = await this.client.query<Row>({ name, text, values: [...values] });
      answered(rows);
    } catch (error) {
      this.errors.push(`${name}: ${(error as Error).message}`);
    }
    this.latencies.push(performance.now() - began);
  }
}
