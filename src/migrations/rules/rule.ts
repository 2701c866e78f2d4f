import type { Severity } from '../../checks/finding';
import type { Action } from '../effects/effect';
import type { Rewrite } from '../rewrites/rewrite';
import type { Step } from '../step';

/** When of a change of the schema something may be done. */
export const PHASES = ['expand', 'backfill', 'contract', 'maintenance', 'never'] as const;
export type Phase = typeof PHASES[number];

/** What a rule found in a statement. */
export interface SqlViolation {
  readonly action?: Action;
  /** One clause: what is so, and what it leads to. */
  readonly message: string;
  /** What to write instead, in words. */
  readonly fix: string;
  /** The same as SQL. */
  readonly rewrite?: Rewrite;
}

/** One thing that must hold of migrations. */
export interface MigrationRule {
  /** Permanent: people ignore rules by it. */
  readonly id: string;
  readonly severity: Severity;
  /** The invariant as one sentence. */
  readonly title: string;
  /** What happens where it is violated, and why; one paragraph. */
  readonly why: string;
  /** When what it is about may be done. */
  readonly phase: Phase;
  readonly sources: readonly string[];
  /** What makes and fills the tables of both examples. */
  readonly given: string;
  /** SQL that violates it, and SQL that reaches the same without. */
  readonly bad: string;
  readonly good: string;
  readonly check: (step: Step) => readonly SqlViolation[];
}

/** The page of PostgreSQL's documentation about a command. */
export function manualOf(page: string): string {
  return `https://www.postgresql.org/docs/current/${page}.html`;
}
