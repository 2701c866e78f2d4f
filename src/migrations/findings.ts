import { acceptedIn, type Acceptance } from './acceptance';
import { actionsOfStatement } from './actions';
import { POSTGRES_VERSIONS } from './postgres-versions';
import { rewriteText, type Rewrite } from './rewrites/rewrite';
import type { End, MigrationRule, Phase, SqlViolation } from './rules/rule';
import type { Script } from './sql/read-script';
import { usedLocks, type Step } from './step';
import type { Severity } from '../checks/finding';
import { visible } from '../reading/quoted';
import type { Position } from '../reading/source';

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
  /** Where not every version of the server has it: the first and the last one that do, if there are others. */
  readonly versions?: VersionRange;
  /** Why it is accepted, where somebody said so. */
  readonly accepted?: { readonly reason: string; readonly by: string };
}

/** Major versions, both ends included. */
export interface VersionRange {
  readonly from?: number;
  readonly upTo?: number;
}

/** What the rules find in a statement. */
export function findingsOf(step: Step, script: Script, rules: readonly MigrationRule[], accepted: readonly Acceptance[]): SqlFinding[] {
  const inFile = acceptedIn(step.statement.comments);
  return rules.flatMap((rule) => rule.check(step).map((violation) => ({
    ...findingOf(rule, violation, step, script),
    versions: versionsOf(rule, subjectOf(violation), step),
    accepted: acceptanceOf(rule, [...inFile, ...accepted]),
  })));
}

function findingOf(rule: MigrationRule, violation: SqlViolation, { statement, file }: Step, { place }: Script): SqlFinding {
  const position = place.position(statement.start);
  const { message, fix, rewrite } = violation;
  return {
    ruleId: rule.id,
    severity: rule.severity,
    phase: rule.phase,
    source: file.source,
    position,
    line: place.line(position.line),
    subject: visible(subjectOf(violation)),
    message: visible(message),
    fix: visible(fix),
    rewrite,
    sql: rewrite === undefined ? undefined : rewriteText(rewrite),
  };
}

function subjectOf({ action }: SqlViolation): string {
  return [action?.relation ?? action?.name, action?.column].filter((part) => part !== undefined).join('.') || (action?.command ?? 'statement');
}

/** What rules find in the statements of the program when all is done. */
export function findingsAtEnd(end: End, rules: readonly MigrationRule[], accepted: readonly Acceptance[]): SqlFinding[] {
  return rules.flatMap((rule) => (rule.checkEnd?.(end) ?? []).map(({ query, message, fix }) => ({
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

/** The versions around the one that is judged for in which the same rule finds the same, or nothing where all do. */
function versionsOf(rule: MigrationRule, subject: string, step: Step): VersionRange | undefined {
  const { version } = step.surroundings;
  const isFoundIn = (other: number) => other === version || rule.check(inVersion(step, other)).some((violation) => subjectOf(violation) === subject);
  const before = POSTGRES_VERSIONS.filter((other) => other < version).reverse();
  const after = POSTGRES_VERSIONS.filter((other) => other > version);
  const [last, next] = [before.find((other) => !isFoundIn(other)), after.find((other) => !isFoundIn(other))];
  return last === undefined && next === undefined ? undefined : { from: last && last + 1, upTo: next && next - 1 };
}

/** The same statement as another version of the server takes it; what came before it stays as it was judged. */
function inVersion(step: Step, version: number): Step {
  const surroundings = { ...step.surroundings, version };
  const actions = actionsOfStatement(step.statement, surroundings);
  return { ...step, surroundings, actions, used: usedLocks(actions, { file: step.file, surroundings }) };
}
