import { execFile } from 'child_process';
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CompiledCopy } from './compiled-copy';
import type { DeclaringSample } from './declaring-child';
import { median } from './statistics';
import { table } from './table';

const COUNTS = [1, 100, 1000];
const ROUNDS = 5;
const START_UP_TARGET = 200;
const THROUGHPUT_TARGET = 2000;

/** What checking migrations costs, as whole processes: the parser of PostgreSQL is compiled in each. */
export class Migrating {
  constructor(private readonly copy: CompiledCopy, private readonly interrupted: AbortSignal) {}

  /** Lines of a report, with the targets and whether this run meets them. */
  async report(): Promise<string[]> {
    const node = await this.timesOf(['-e', '0']);
    const help = await this.timesOf([this.copy.commandLine, '--version']);
    const rows: string[][] = [];
    const over = new Map<number, number>();
    for (const count of COUNTS) {
      const folder = join(this.copy.folder, `migrations-${count}`);
      writeMigrations(folder, count);
      const milliseconds = median(await this.timesOf([this.copy.commandLine, 'migrations', 'check', folder]));
      rmSync(folder, { recursive: true });
      over.set(count, milliseconds - median(node));
      rows.push([`${count}`, `${count * STATEMENTS}`, milliseconds.toFixed(0), (milliseconds - median(node)).toFixed(0)]);
    }
    const warm = (over.get(1000) ?? 0) - (over.get(1) ?? 0);
    return [
      `checking migrations, as whole processes; medians of ${ROUNDS}; node ${median(node).toFixed(0)} ms, a command that parses no SQL ${median(help).toFixed(0)} ms`, '',
      table(['files', 'statements', 'ms', 'over node'], rows), '',
      line(`one migration is checked within ${START_UP_TARGET} ms over node, the parser loaded`, over.get(1) ?? 0, START_UP_TARGET),
      line(`1000 migrations are checked within ${THROUGHPUT_TARGET} ms after that`, warm, THROUGHPUT_TARGET), '',
      ...await this.declaring(),
    ];
  }

  /** What it costs that a service has its migration judged when it is declared. */
  private async declaring(): Promise<string[]> {
    const samples: Record<'judged' | 'unjudged', DeclaringSample[]> = { judged: [], unjudged: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const way of ['judged', 'unjudged'] as const) {
        samples[way].push(JSON.parse(await this.run([this.copy.declarer, way])) as DeclaringSample);
      }
    }
    const rows = (['first', 'later'] as const).map((which) => {
      const [judged, unjudged] = [samples.judged, samples.unjudged].map((all) => median(all.map((sample) => sample[which])));
      return [which, judged.toFixed(1), unjudged.toFixed(1), (judged - unjudged).toFixed(1), (judged / unjudged).toFixed(1)];
    });
    const title = `declaring a service with one migration, judged and not; medians of ${ROUNDS} processes`;
    return [title, '', table(['service of a program', 'ms, judged', 'ms, not', 'over', 'x'], rows)];
  }

  private async timesOf(args: readonly string[]): Promise<number[]> {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      await this.run(args);
      times.push(performance.now() - start);
    }
    return times;
  }

  private run(args: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { signal: this.interrupted, maxBuffer: 256 * 1024 * 1024 }, (error, stdout) => {
        // Findings are what these migrations have.
        if (error && error.code !== 1) {
          reject(error);
        } else {
          resolve(stdout);
        }
      });
    });
  }
}

const STATEMENTS = 4;

/** Migrations of one database with a tenth as many tables as files. */
function writeMigrations(folder: string, count: number): void {
  mkdirSync(folder);
  for (let number = 0; number < count; number += 1) {
    const name = `t${Math.floor(number / 10)}`;
    writeFileSync(join(folder, `V${number + 1}__change.sql`), number % 10 === 0
      ? `CREATE TABLE ${name} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text, b varchar(20), c numeric(10,2) NOT NULL DEFAULT 0);
CREATE INDEX ${name}_a_idx ON ${name} (a);
CREATE INDEX ${name}_b_idx ON ${name} (b);
COMMENT ON TABLE ${name} IS 'made by migration ${number}';
`
      : `SET lock_timeout = '2s';
ALTER TABLE ${name} ADD COLUMN c${number} integer NOT NULL DEFAULT ${number};
ALTER TABLE ${name} ALTER COLUMN b TYPE varchar(${20 + number});
ALTER TABLE ${name} ADD CONSTRAINT check_${number} CHECK (c${number} >= 0) NOT VALID;
`);
  }
}

function line(title: string, milliseconds: number, most: number): string {
  return `${milliseconds <= most ? 'met' : 'MISSED'}: ${title}: ${milliseconds.toFixed(0)} ms`;
}
