import type { Embedded } from './sql/embedded';
import type { InputProblem } from '../reading/input-problem';

/** A migration as its tool would run it. */
export interface MigrationFile {
  /** The file as the user named it. */
  readonly source: string;
  /** What is run to go forward; the way back is left out, and lines keep their numbers. */
  readonly text: string;
  /** What it sends, where the text is that of a program; nothing where it is SQL. */
  readonly embedded?: readonly Embedded[];
  /** Whether the tool runs all of it in one transaction. */
  readonly isInTransaction: boolean;
  /** Whether it is only replayed, so that later ones know what they find: it was run long ago. */
  readonly isHistory: boolean;
  /** Whether it is no step of the way, and tells what the database holds: a live server tells it better. */
  readonly isDump?: boolean;
  /** Milliseconds that whoever runs it has set for locks; what the check is told of all files where it is absent. */
  readonly lockTimeout?: number;
  /**
   * When it is run, where that is known: in the release that expands a schema, or in the one that takes the old shape away, when no version is left
   * that knows it. What one file of a release makes is not in use by the others. Where it is absent each file is a release of its own.
   */
  readonly release?: 'expand' | 'contract';
}

/** What is remembered of whatever a file makes: nobody uses it before all is done that is remembered alike. */
export function makerOf({ source, release }: MigrationFile): string {
  return release === undefined ? source : `the release that is to ${release}`;
}

/** Why migrations cannot be judged as a whole: nothing is found in what is only replayed. */
export function problemsOfAll(files: readonly MigrationFile[]): readonly InputProblem[] {
  const [last] = files.slice(-1);
  const message = 'it tells what the database holds, and no migration is left to be checked; name the first one that is to be checked (--from), or give what the database held before it';
  return last !== undefined && files.every(({ isHistory }) => isHistory) ? [{ source: last.source, message }] : [];
}
