/** What a source says to one query, or why it says nothing. */
export type Answer = Value | NoData | NoAnswer | Refusal;

/** One number. */
export interface Value {
  readonly kind: 'value';
  readonly value: number;
  /** The number as the source wrote it: `0.25`, `NaN`, `+Inf`. */
  readonly written: string;
  /** Why the number may not be of all that was asked for, such as a store that did not answer. */
  readonly warnings: readonly string[];
}

/** No series at all. */
export interface NoData {
  readonly kind: 'no data';
  readonly warnings: readonly string[];
}

/** Nothing that can be read as an answer: another attempt may bring one. */
export interface NoAnswer {
  readonly kind: 'error';
  readonly message: string;
}

/** An answer that no other attempt would change: what was asked, or who asked, must be corrected. */
export interface Refusal {
  readonly kind: 'refused';
  /** What must be corrected. */
  readonly what: 'address' | 'credentials' | 'query';
  readonly message: string;
}
