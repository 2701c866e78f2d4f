import type { Node } from 'libpg-query';
import { strongerOf, type LockMode } from './lock-mode';
import type { Catalog } from '../catalog/catalog';

/** A lock on a table or a materialized view, held to the end of the transaction. */
export interface Lock {
  readonly relation: string;
  readonly mode: LockMode;
}

/** What takes as long as a relation is large. */
export interface Work {
  readonly kind: 'rewrite' | 'scan' | 'index build';
  readonly relation: string;
  /** Why, as a clause. */
  readonly because: string;
}

/** Why the server refuses, for certain. */
export interface Refusal {
  /** For example `42703`. */
  readonly sqlstate: string;
  readonly message: string;
}

/** One thing that a statement does: a command of ALTER TABLE, or the whole statement. */
export interface Action {
  /** PostgreSQL's words: `ADD COLUMN`, `SET NOT NULL`, `CREATE INDEX`. */
  readonly command: string;
  /** The relation that it is about. */
  readonly relation?: string;
  readonly column?: string;
  /** The constraint, index, trigger, type or value that it is about. */
  readonly name?: string;
  /** The command or the statement. */
  readonly node: Node;
  readonly locks: readonly Lock[];
  readonly work: readonly Work[];
  readonly refusal?: Refusal;
  /** Whether it cannot run within a transaction. */
  readonly needsNoTransaction?: boolean;
  /** Why what it does cannot be told. */
  readonly opaque?: string;
}

/** What a verdict depends on beside the statement. */
export interface Surroundings {
  /** As the migrations before the statement have left it. */
  readonly catalog: Catalog;
  /** The major version of the server. */
  readonly version: number;
  /** Whether a transaction is open that holds more than this statement. */
  readonly isInTransaction: boolean;
  /** Whether the session's time zone is UTC. */
  readonly isUtc?: boolean;
  /** Whether what the catalog does not hold is not there: nothing came before the first migration. */
  readonly isComplete?: boolean;
}

/** The strongest lock on each relation. */
export function locksOf(actions: readonly Action[]): ReadonlyMap<string, LockMode> {
  const locks = new Map<string, LockMode>();
  actions.forEach((action) => action.locks.forEach(({ relation, mode }) => locks.set(relation, strongerOf(locks.get(relation), mode))));
  return locks;
}

/** One mode on several relations. */
export function lockAll(relations: Iterable<string>, mode: LockMode): Lock[] {
  return [...relations].map((relation) => ({ relation, mode }));
}
