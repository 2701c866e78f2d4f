import type { Severity } from '../../checks/finding';
import type { Application, Query } from '../application/application';
import type { Catalog } from '../catalog/catalog';
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

/** What there is when all migrations are done. */
export interface End {
  /** What there was before the first file that is checked. */
  readonly before: Catalog;
  readonly catalog: Catalog;
  readonly application: Application;
}

/** What a rule found in a statement of the program. */
export interface QueryViolation {
  readonly query: Query;
  readonly message: string;
  readonly fix: string;
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
  /** What the next version of the program sends, in the examples of a rule that is about it. */
  readonly next?: string;
  /** What the version before the running one sends, in the same way. */
  readonly previous?: string;
  readonly check: (step: Step) => readonly SqlViolation[];
  /** What is wrong when all migrations are done. */
  readonly checkEnd?: (end: End) => readonly QueryViolation[];
}

/** The page of PostgreSQL's documentation about a command. */
export function manualOf(page: string): string {
  return `https://www.postgresql.org/docs/current/${page}.html`;
}
