import { acceptedIn, type Acceptance } from './acceptance';
import type { Application } from './application/application';
import { applyStatement } from './catalog/apply-statement';
import { Catalog } from './catalog/catalog';
import { lockAll, locksOf, type Action, type Lock, type Surroundings } from './effects/effect';
import { effectsOf } from './effects/effects-of';
import { strongerOf } from './effects/lock-mode';
import type { MigrationFile } from './migration-file';
import { rewriteText, type Rewrite } from './rewrites/rewrite';
import type { MigrationRule, Phase, SqlViolation } from './rules/rule';
import { MIGRATION_RULES } from './rules/rules';
import { sessionAfter, type Session } from './session';
import { as } from './sql/node';
import { readScript, type Script, type SqlStatement } from './sql/read-script';
import type { SqlParser } from './sql/sql-parser';
import { isUsed, type Step } from './step';
import type { Severity } from '../checks/finding';
import type { InputProblem } from '../reading/input-problem';
import { visible } from '../reading/quoted';
import type { Position } from '../reading/source';

/** What a check is told. */
export interface MigrationSettings {
  /** The major version of the server. */
  readonly version: number;
  /** Rules that are accepted wherever they are violated. */
  readonly accepted: readonly Acceptance[];
  /** What the database holds before the first file. */
  readonly catalog?: Catalog;
  /** Whether nothing is there that the catalog and the files do not make. */
  readonly isComplete?: boolean;
  /** What sessions are set to before a file sets anything: by the role, the database or the tool. */
  readonly lockTimeout?: number;
  readonly isUtc?: boolean;
  /** What the versions of the program send, where it is known. */
  readonly application?: Application;
  /** All rules where nothing is said. */
  readonly rules?: readonly MigrationRule[];
}

/** What a rule found, in its place. */
export interface SqlFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly phase: Phase;
  readonly source: string;
  readonly position: Position;
  /** The first line of the statement. */
  readonly line: string;
  /** What it is about: a relation, or the command. */
  readonly subject: string;
  readonly message: string;
  readonly fix: string;
  readonly rewrite?: Rewrite;
  /** The same as a script. */
  readonly sql?: string;
  /** Why it is accepted, where somebody said so. */
  readonly accepted?: { readonly reason: string; readonly by: string };
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
}

/** Replays migrations in their order, and holds every rule against each statement in the state that it finds. */
export function checkMigrations(files: readonly MigrationFile[], settings: MigrationSettings, parser: SqlParser): MigrationsChecked {
  const catalog = settings.catalog?.copy() ?? Catalog.empty();
  const findings: SqlFinding[] = [];
  const problems: InputProblem[] = [];
  const locks: LockSummary[] = [];
  const release: Step[] = [];
  for (const file of files) {
    const script = readScript(file.source, file.text, parser);
    const replay = new FileReplay(file, script, catalog, settings, release);
    problems.push(...script.problems);
    const steps = replay.run((step) => findings.push(...file.isHistory ? [] : findingsOf(step, script, settings)));
    if (!file.isHistory) {
      release.push(...steps);
      locks.push(...summaryOf(steps));
    }
  }
  findings.push(...atEnd(catalog, settings));
  return { findings, problems, locks, statements: release.length };
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
    this.session = { transaction: file.isInTransaction ? 'runner' : 'none', lockTimeout: settings.lockTimeout, isUtc: settings.isUtc === true };
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
    const used = [...locksOf(actions)].flatMap(([relation, mode]) => isUsed({ file, surroundings }, relation) ? lockAll([relation], mode) : []);
    const { statements } = this.script;
    return {
      file,
      statement,
      actions,
      surroundings,
      session,
      isInTransaction,
      used,
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
    const { node, inner } = step.statement;
    const kind = as(node, 'TransactionStmt')?.kind;
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
      this.begun = this.catalog.copy();
    } else if (kind === 'TRANS_STMT_ROLLBACK' && this.begun) {
      this.catalog.restore(this.begun);
    }
    [node, ...inner].forEach((each) => applyStatement(each, this.catalog, this.file.source));
    this.session = sessionAfter(this.session, node);
    this.earlier = this.session.transaction === 'none' ? [] : [...this.earlier, step];
    this.steps.push(step);
  }
}

/** What a statement does; of a DO, what its body does. */
function actionsOfStatement({ node, inner, opaque, commits }: SqlStatement, surroundings: Surroundings): readonly Action[] {
  if (inner.length === 0) {
    return effectsOf(node, surroundings).map((action) => action.command === 'DO' && opaque === undefined ? { ...action, opaque: undefined } : action);
  }
  const within = { ...surroundings, isInTransaction: !commits };
  // What runs under a condition may not run at all: nothing is refused for certain.
  return inner.flatMap((each) => effectsOf(each, within))
    .map((action) => ({ ...action, refusal: action.needsNoTransaction ? action.refusal : undefined }));
}

function findingsOf(step: Step, script: Script, { rules = MIGRATION_RULES, accepted }: MigrationSettings): SqlFinding[] {
  const inFile = acceptedIn(step.statement.comments);
  return rules.flatMap((rule) => rule.check(step).map((violation) => findingOf(rule, violation, step, script, [...inFile, ...accepted])));
}

function findingOf(
  rule: MigrationRule, { action, message, fix, rewrite }: SqlViolation, { statement, file }: Step, { place }: Script, accepted: readonly Acceptance[],
): SqlFinding {
  const position = place.position(statement.start);
  return {
    ruleId: rule.id,
    severity: rule.severity,
    phase: rule.phase,
    source: file.source,
    position,
    line: place.line(position.line),
    subject: visible([action?.relation ?? action?.name, action?.column].filter((part) => part !== undefined).join('.') || (action?.command ?? 'statement')),
    message: visible(message),
    fix: visible(fix),
    rewrite,
    sql: rewrite === undefined ? undefined : rewriteText(rewrite),
    accepted: acceptanceOf(rule, accepted),
  };
}

/** What rules find in the statements of the program when all is done. */
function atEnd(catalog: Catalog, { rules = MIGRATION_RULES, application = {}, accepted }: MigrationSettings): SqlFinding[] {
  return rules.flatMap((rule) => (rule.checkEnd?.({ catalog, application }) ?? []).map(({ query, message, fix }) => ({
    ruleId: rule.id,
    severity: rule.severity,
    phase: rule.phase,
    source: query.source,
    position: query.position,
    line: query.line,
    subject: 'query',
    message: visible(message),
    fix,
    accepted: acceptanceOf(rule, accepted),
  })));
}

function acceptanceOf({ id }: MigrationRule, accepted: readonly Acceptance[]): SqlFinding['accepted'] {
  const acceptance = accepted.find(({ ruleId }) => ruleId === id);
  return acceptance && { reason: acceptance.reason, by: acceptance.by };
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
