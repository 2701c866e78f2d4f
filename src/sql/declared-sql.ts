/** What a text of a declaration must be; a `steady` expression must give the same value whenever it is worked out. */
export type SqlSort = 'steady' | 'expression' | 'type' | 'table' | 'assignments' | 'statement';

/** A text that somebody wrote into a declaration. */
export interface DeclaredText {
  /** How messages name it: `Migration.addCheck check`. */
  readonly title: string;
  readonly sort: SqlSort;
  readonly text: string;
}

/** When something is done; all but `contract` while the version is there that runs now. */
export type DeclaredPhase = 'expand' | 'backfill' | 'verify' | 'complete' | 'contract' | 'abort';

/** What is run at once: a transaction, or a statement that can be in none. */
export interface DeclaredUnit {
  readonly title: string;
  readonly phase: DeclaredPhase;
  readonly sql: string;
  /** Whether it is what somebody wrote, and not made of what was declared. */
  readonly isWritten: boolean;
  readonly isInTransaction: boolean;
  /** Milliseconds that a lock is waited for; 0 is without an end. */
  readonly lockTimeout: number;
}

/** A migration with all that it says and all that is run for it, in the order of the phases. */
export interface DeclaredMigration {
  readonly texts: readonly DeclaredText[];
  readonly units: readonly DeclaredUnit[];
}

/** What a release does to a schema. */
export interface DeclaredSql {
  readonly migrations: readonly DeclaredMigration[];
  /** Migrations of a release before this one. */
  readonly contracts: readonly DeclaredMigration[];
  /** Rules that may be broken, each with the reason. */
  readonly accepted: Readonly<Record<string, string>>;
  /** How a rule is accepted, as messages say it. */
  readonly acceptedBy: (ruleId: string) => string;
}

/** A broken rule that somebody accepts. */
export interface AcceptedSql {
  readonly ruleId: string;
  readonly text: string;
  readonly reason: string;
}

/** What is wrong with it, each in one sentence, and what would be if nobody accepted it. */
export interface JudgedSql {
  readonly problems: readonly string[];
  readonly accepted: readonly AcceptedSql[];
}

/** Whoever can tell what SQL does. */
export type JudgeSql = (declared: DeclaredSql) => JudgedSql;
