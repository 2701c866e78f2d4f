import type { Acceptance } from './acceptance';
import { actionsOfStatement } from './actions';
import type { Application } from './application/application';
import { applyStatement } from './catalog/apply-statement';
import { Catalog } from './catalog/catalog';
import type { Lock, Surroundings } from './effects/effect';
import { strongerOf } from './effects/lock-mode';
import { findingsAtEnd, findingsOf, type SqlFinding } from './findings';
import { makerOf, problemsOfAll, type MigrationFile } from './migration-file';
import { readMigration } from './read-migration';
import type { MigrationRule } from './rules/rule';
import { MIGRATION_RULES } from './rules/rules';
import { sessionAfter, type Session } from './session';
import { as } from './sql/node';
import type { Script, SqlStatement } from './sql/read-script';
import type { SqlParser } from './sql/sql-parser';
import { usedLocks, type Step } from './step';
import type { InputProblem } from '../reading/input-problem';

/** What a check is told. */
export interface MigrationSettings {
  /** The major version of the server. */
  readonly version: number;
  /** Rules that are accepted wherever they are violated. */
  readonly accepted: readonly Acceptance[];
  /** What the database holds before the first file. */
  readonly catalog?: Catalog;
  /** What the same release has done before the first file, where that was checked by itself. */
  readonly release?: readonly Step[];
  /** Whether nothing is there that the catalog and the files do not make. */
  readonly isComplete?: boolean;
  /** What sessions are set to before a file sets anything: by the role, the database or the tool. */
  readonly lockTimeout?: number;
  readonly statementTimeout?: number;
  readonly isUtc?: boolean;
  /** What the versions of the program send, where it is known. */
  readonly application?: Application;
  /** All rules where nothing is said. */
  readonly rules?: readonly MigrationRule[];
}

/** A lock that a file takes on a relation in use, and what for. */
export interface LockSummary extends Lock {
  readonly source: string;
  /** What takes it first. */
  readonly command: string;
  /** Whether it is held as long as a table is large. */
  readonly isLong: boolean;
}

/** What a check found. */
export interface MigrationsChecked {
  /** In the order of the files and of the lines. */
  readonly findings: readonly SqlFinding[];
  readonly problems: readonly InputProblem[];
  readonly locks: readonly LockSummary[];
  readonly statements: number;
  /** What is there in the end, and what the release has done: to go on from. */
  readonly catalog: Catalog;
  readonly release: readonly Step[];
}

/** Replays migrations in their order, and holds every rule against each statement in the state that it finds. */
export function checkMigrations(files: readonly MigrationFile[], settings: MigrationSettings, parser: SqlParser): MigrationsChecked {
  const { rules = MIGRATION_RULES, accepted, application = {} } = settings;
  const catalog = settings.catalog?.copy() ?? Catalog.empty();
  const findings: SqlFinding[] = [];
  const problems: InputProblem[] = [...problemsOfAll(files)];
  const locks: LockSummary[] = [];
  const release: Step[] = [...settings.release ?? []];
  let before: Catalog | undefined;
  for (const file of files.filter(({ isDump }) => !isDump || settings.isComplete !== true)) {
    before ??= file.isHistory ? undefined : catalog.copy();
    const script = readMigration(file, parser);
    const replay = new FileReplay(file, script, catalog, settings, release);
    problems.push(...script.problems);
    const steps = replay.run((step) => findings.push(...file.isHistory ? [] : findingsOf(step, script, rules, accepted)));
    if (!file.isHistory) {
      release.push(...steps);
      locks.push(...summaryOf(steps));
    }
  }
  findings.push(...findingsAtEnd({ before: before ?? catalog, catalog, application }, rules, accepted));
  return { findings, problems, locks, statements: release.length - (settings.release?.length ?? 0), catalog, release };
}

/** One file, statement by statement. */
class FileReplay {
  private readonly steps: Step[] = [];
  private earlier: Step[] = [];
  private session: Session;
  /** What there was when a transaction began, for what is rolled back. */
  private begun?: Catalog;

  constructor(
    private readonly file: MigrationFile,
    private readonly script: Script,
    private readonly catalog: Catalog,
    private readonly settings: MigrationSettings,
    private readonly release: readonly Step[],
  ) {
    const { lockTimeout, statementTimeout, isUtc = false } = settings;
    this.session = { transaction: file.isInTransaction ? 'runner' : 'none', lockTimeout: file.lockTimeout ?? lockTimeout, statementTimeout, isUtc };
  }

  run(visit: (step: Step) => void): readonly Step[] {
    this.script.statements.forEach((statement, index) => {
      const step = this.stepOf(statement, index);
      visit(step);
      this.after(step);
    });
    return this.steps;
  }

  private stepOf(statement: SqlStatement, index: number): Step {
    const { catalog, file, session, settings } = this;
    const isInTransaction = session.transaction !== 'none';
    const { version, isComplete } = settings;
    const surroundings: Surroundings = { catalog, version, isInTransaction, isUtc: session.isUtc, isComplete };
    const actions = actionsOfStatement(statement, surroundings);
    const { statements } = this.script;
    return {
      file,
      statement,
      actions,
      surroundings,
      session,
      isInTransaction,
      used: usedLocks(actions, { file, surroundings }),
      before: this.steps,
      earlier: this.earlier,
      release: this.release,
      application: settings.application ?? {},
      get later() {
        return statements.slice(index + 1).map(({ node }) => node);
      },
    };
  }

  private after(step: Step): void {
    const { node, inner, routine } = step.statement;
    const kind = as(node, 'TransactionStmt')?.kind;
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
      this.begun = this.catalog.copy();
    } else if (kind === 'TRANS_STMT_ROLLBACK' && this.begun) {
      this.catalog.restore(this.begun);
    }
    [node, ...inner].forEach((each) => applyStatement(each, this.catalog, makerOf(this.file), routine));
    this.session = sessionAfter(this.session, node);
    this.earlier = this.session.transaction === 'none' ? [] : [...this.earlier, step];
    this.steps.push(step);
  }
}

/** The strongest lock of a file on each relation. */
function summaryOf(steps: readonly Step[]): LockSummary[] {
  const found = new Map<string, LockSummary>();
  for (const step of steps) {
    for (const { relation, mode } of step.used.filter((lock) => lock.mode !== 'ACCESS SHARE')) {
      const before = found.get(relation);
      const isLong = before?.isLong === true || step.actions.some(({ work }) => work.some((each) => each.relation === relation));
      const command = step.actions.find(({ locks }) => locks.some((lock) => lock.relation === relation && lock.mode === mode))?.command ?? '';
      const isStronger = before === undefined || (strongerOf(before.mode, mode) === mode && mode !== before.mode);
      found.set(relation, isStronger ? { source: step.file.source, relation, mode, command, isLong } : { ...before, isLong });
    }
  }
  return [...found.values()];
}
