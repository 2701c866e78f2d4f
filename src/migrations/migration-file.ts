/** A migration as its tool would run it. */
export interface MigrationFile {
  /** The file as the user named it. */
  readonly source: string;
  /** What is run to go forward; the way back is left out, and lines keep their numbers. */
  readonly text: string;
  /** Whether the tool runs all of it in one transaction. */
  readonly isInTransaction: boolean;
  /** Whether it is only replayed, so that later ones know what they find: it was run long ago. */
  readonly isHistory: boolean;
}
