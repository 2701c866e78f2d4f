import type { Judged } from '../../test/support/migrations/judge';

/** Another linter for PostgreSQL's migrations, over the same statements. */
export interface OtherLinter {
  readonly version: string;
  /** What it is given besides each statement: all that it can make use of. */
  readonly given: string;
  /** Whether it warns of work under a lock, for each statement. */
  hazardsOf(judged: readonly Judged[], major: number): Promise<readonly boolean[]>;
}

/** What a linter warns of in a corpus, or, where it could not be asked, why in a word or two. */
export interface OtherVerdict {
  readonly name: string;
  readonly hazards: readonly boolean[] | string;
}
