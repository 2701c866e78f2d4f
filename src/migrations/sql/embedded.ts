import type { Comment } from './pieces';

/** SQL that a program sends, as the server gets it. */
export interface EmbeddedSql {
  readonly text: string;
  /** The place in the file of a place in the text, both in UTF-16 units. */
  readonly offsetOf: (at: number) => number;
  /** The comments of the program since the call before it. */
  readonly comments: readonly Comment[];
}

/** A call of a program that may send anything. */
export interface OpaqueCall {
  /** Why what it sends cannot be told. */
  readonly opaque: string;
  readonly start: number;
  readonly comments: readonly Comment[];
}

/** What a program does with the database in one call. */
export type Embedded = EmbeddedSql | OpaqueCall;
