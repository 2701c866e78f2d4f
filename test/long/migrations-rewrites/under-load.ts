import type { Client } from 'pg';
import type { Case } from './case';
import { runScript } from './database';
import { Program, ROWS } from './program';
import type { Traffic } from './traffic';
import type { Rewrite, RewriteStep } from '../../../src/migrations/rewrites/rewrite';
import type { PostgresServer } from '../../support/postgres/server';

/** Rounds that each program goes on for before the next step. */
const ROUNDS = 15;
/** Connections of each version. */
const CONNECTIONS = 2;
/** Rounds are numbered from another place for each connection. */
const APART = 1_000_000;

/** Several connections of one version of a program. */
class Version {
  static async start(server: PostgresServer, traffic: Traffic, number: number, settings?: string): Promise<Version> {
    const firsts = Array.from({ length: CONNECTIONS }, (_, index) => (number * CONNECTIONS + index + 1) * APART);
    return new Version(traffic, await Promise.all(firsts.map((first) => Program.start(server, traffic.statements, first, settings))));
  }

  private constructor(private readonly traffic: Traffic, private readonly programs: readonly Program[]) {}

  get inserted(): number {
    return this.rounds * this.traffic.inserts;
  }

  get touched(): number {
    return this.rounds * this.traffic.touches;
  }

  get errors(): readonly string[] {
    return this.programs.flatMap(({ errors }) => errors.slice(0, 3));
  }

  async goOn(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.goOn(ROUNDS)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
  }

  private get rounds(): number {
    return this.programs.reduce((sum, { runs }) => sum + runs, 0);
  }
}

/** A rewrite that is run step by step while versions of a program come and go. */
export class RewriteUnderLoad {
  private readonly versions: Version[] = [];
  private readonly traffics: readonly Traffic[];
  private readonly wrong: string[] = [];

  constructor(private readonly change: Case, private readonly server: PostgresServer, private readonly client: Client) {
    const { old, next = old, last } = change;
    this.traffics = [old, next, ...last ? [last] : []];
  }

  /** What is wrong then: statements that fail, reads that find what they must not, rows that are not as they must be. */
  async wrongAfter(rewrite: Rewrite): Promise<readonly string[]> {
    const [old, next] = this.traffics;
    try {
      await this.startNext();
      await this.take(rewrite.filter(({ isContract }) => !isContract));
      await runScript(this.change.afterwards ?? '', this.client);
      await this.versions[0].goOn();
      await this.everyRow(old, old.isRight);
      await this.startNext();
      await this.everyRow(next, this.change.agrees ?? 'true');
      await this.contract(rewrite.filter(({ isContract }) => isContract));
    } finally {
      await Promise.all(this.versions.map((version) => version.stop()));
    }
    await this.judgeEnd();
    return [...this.versions.flatMap(({ errors }) => errors), ...this.wrong];
  }

  private async take(steps: readonly RewriteStep[]): Promise<void> {
    for (const { sql } of steps) {
      await runScript(sql, this.client);
    }
  }

  /** Each of these steps waits until the oldest version is gone. */
  private async contract(steps: readonly RewriteStep[]): Promise<void> {
    for (const [index, step] of steps.entries()) {
      await this.versions[index].stop();
      await this.take([step]);
      await (this.versions.length < this.traffics.length ? this.startNext() : this.versions[this.versions.length - 1].goOn());
    }
  }

  /** Starts the next version, and lets it run beside the one before it. */
  private async startNext(): Promise<void> {
    this.versions.push(await Version.start(this.server, this.traffics[this.versions.length], this.versions.length, this.change.settings));
    await Promise.all(this.versions.slice(-2).map((version) => version.goOn()));
  }

  private async judgeEnd(): Promise<void> {
    const end = this.traffics[this.traffics.length - 1];
    const sum = (of: (version: Version) => number) => this.versions.reduce((all, version) => all + of(version), 0);
    await this.everyRow(end, end.isRight);
    await this.mustBe(`SELECT count(*) = ${ROWS + sum(({ inserted }) => inserted)} FROM ${end.table}`);
    await this.mustBe(`SELECT sum(touched) = ${sum(({ touched }) => touched)} FROM ${end.table}`);
    await this.mustBe(this.change.holds ?? 'SELECT true');
  }

  private async everyRow({ table }: Traffic, condition: string): Promise<void> {
    await this.mustBe(`SELECT count(*) = 0 FROM ${table} WHERE (${condition}) IS NOT TRUE`);
  }

  private async mustBe(query: string): Promise<void> {
    const { rows } = await this.client.query<Record<string, boolean>>(query);
    if (Object.values(rows[0])[0] !== true) {
      this.wrong.push(`not so: ${query}`);
    }
  }
}
