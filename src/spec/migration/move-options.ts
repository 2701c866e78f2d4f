import type { TableOptions } from './migration-options';

/** One of several columns that take the place of another. */
export interface SplitPart {
  /** Its name, at most 63 bytes. */
  readonly column: string;

  /** Its type, as SQL: `text`. */
  readonly type: string;

  /** Its value, as SQL over the columns of the row: `split_part(name, ' ', 1)`. */
  readonly up: string;

  /**
   * Whether every row must have it once all rows have been given one.
   * @default false
   */
  readonly notNull?: boolean;
}

/** One column as several. */
export interface SplitColumnOptions extends TableOptions {
  /** The column that the old version knows. */
  readonly from: string;

  /** The columns that the new version knows: at least two. */
  readonly into: SplitPart[];

  /** The old value of a row that the new version has written, as SQL over its columns: `first || ' ' || last`. */
  readonly down: string;
}

/** One of several columns whose place another takes. */
export interface MergePart {
  /** Its name. */
  readonly column: string;

  /** Its value of a row that the new version has written, as SQL over the columns of the row: `split_part(name, ' ', 1)`. */
  readonly down: string;
}

/** Several columns as one. */
export interface MergeColumnsOptions extends TableOptions {
  /** The columns that the old version knows: at least two. */
  readonly from: MergePart[];

  /** The column that the new version knows, at most 63 bytes. */
  readonly to: string;

  /** Its type, as SQL: `text`. */
  readonly type: string;

  /** The new value of a row, as SQL over its columns: `first || ' ' || last`. */
  readonly up: string;

  /**
   * Whether every row must have it once all rows have been given one.
   * @default false
   */
  readonly notNull?: boolean;
}

/** A column of an enum of other values. */
export interface ChangeEnumOptions extends TableOptions {
  /** The column that the old version knows: of an enum, or of text. */
  readonly from: string;

  /** The column that the new version knows; another name, because both are there for a while. At most 63 bytes. */
  readonly to: string;

  /** The name of the enum that is made for it, at most 63 bytes. */
  readonly type: string;

  /** Its values, in their order. */
  readonly values: string[];

  /**
   * What values of the old column are called in the new one.
   * @default - each keeps its name
   */
  readonly up?: { readonly [value: string]: string };

  /**
   * What values of the new column are called in the old one. Whatever the new version may write, the old one must know: the migration fails before
   * anything is written where it does not.
   * @default - each keeps its name
   */
  readonly down?: { readonly [value: string]: string };
}
