import { COLUMN_CASES } from './corpus-columns';
import { CONSTRAINT_CASES } from './corpus-constraints';
import { OBJECT_CASES } from './corpus-objects';
import { TYPE_CASES } from './corpus-types';

/** Statements that are each run on the same tables, which are as they were for every one. */
export interface CaseGroup {
  readonly name: string;
  /** What makes and fills the tables. */
  readonly given: string;
  readonly statements: readonly string[];
  /** Statements that no transaction may hold: the tables are made anew for each. */
  readonly alone?: readonly string[];
}

/** The corpus that verdicts are held against a server with: kinds of objects × options × states. */
export const CORPUS: readonly CaseGroup[] = [...COLUMN_CASES, ...TYPE_CASES, ...CONSTRAINT_CASES, ...OBJECT_CASES];
