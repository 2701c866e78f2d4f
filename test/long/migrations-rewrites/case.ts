import type { Table, Traffic, View } from './traffic';

/** A change that is made by its rewrite, and the versions of a program that run meanwhile. */
export interface Case {
  readonly name: string;
  /** The rule that prints the rewrite. */
  readonly rule: string;
  readonly given: string;
  /** What is done on the server that the checker does not know of. */
  readonly beforehand?: string;
  readonly change: string;
  /** What is done when both versions can run. */
  readonly afterwards?: string;
  readonly old: Traffic;
  /** The version that joins when what is new is there beside what is old; the same, where programs see no difference. */
  readonly next?: Traffic;
  /** The version after it, where the way to the end takes three. */
  readonly last?: Traffic;
  /** What holds of each row while the old and the next version run. */
  readonly agrees?: string;
  /** What holds in the end, beside that every row is right: a query of one boolean. */
  readonly holds?: string;
  readonly since?: number;
  readonly until?: number;
  /** What the sessions of the programs are set to. */
  readonly settings?: string;
}

/** What a case has that most of its kind have otherwise. */
export interface Particulars extends Partial<Case> {
  readonly table?: Table;
  readonly view?: View;
}
