import type { Node } from 'libpg-query';
import type { SqlType } from './sql-type';

/** A column of a relation. */
export interface Column {
  readonly name: string;
  readonly type: SqlType;
  /** Whether it is NOT NULL, and whether that was validated: 18 can put it off. */
  readonly notNull: 'no' | 'not valid' | 'yes';
  /** The name of its NOT NULL where one was given: 18 keeps it. */
  readonly notNullName?: string;
  readonly default?: Node;
  readonly identity: boolean;
  readonly generated?: 'stored' | 'virtual';
}

export type ConstraintKind = 'CHECK' | 'UNIQUE' | 'PRIMARY KEY' | 'EXCLUDE' | 'FOREIGN KEY';

/** A constraint of a table; NOT NULL is told of the column. */
export interface Constraint {
  readonly name: string;
  readonly kind: ConstraintKind;
  readonly columns: readonly string[];
  readonly isValidated: boolean;
  /** What a CHECK asks. */
  readonly expression?: Node;
  /** What a FOREIGN KEY references. */
  readonly references?: { readonly relation: string; readonly columns: readonly string[] };
}

/** An index of a table or of a materialized view. */
export interface Index {
  readonly name: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  /** Whether it is partial or over expressions, so that it can stand for no constraint. */
  readonly isPlain: boolean;
  readonly method: string;
  /** The constraint that it belongs to. */
  readonly constraint?: string;
  readonly hasExpressions: boolean;
}

/** A trigger, with the name and the schema of the function that it calls. */
export interface Trigger {
  readonly name: string;
  readonly function: string;
}

export type RelationKind = 'table' | 'partitioned table' | 'view' | 'materialized view' | 'foreign table' | 'sequence';

/** A table, a view or a sequence. */
export interface Relation {
  /** Its name with its schema, as SQL: what it is known by. */
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  /** The parent that it is a partition of, or inherits from. */
  readonly parents: readonly string[];
  readonly isPartition: boolean;
  readonly isDefaultPartition: boolean;
  readonly persistence: 'permanent' | 'unlogged' | 'temporary';
  readonly tablespace?: string;
  readonly accessMethod: string;
  /** What a view or materialized view reads. */
  readonly reads: readonly Read[];
  /** The column that owns a sequence, as `table.column`. */
  readonly ownedBy?: { readonly relation: string; readonly column: string };
  /** Where it was made: what is new in a migration, nobody uses yet. */
  readonly madeIn?: string;
  /** False where the history that is known does not make it: its columns and constraints are those it was seen to have, and others may be. */
  readonly isKnown: boolean;
}

/** What a view reads of another relation; no columns where that cannot be told. */
export interface Read {
  readonly relation: string;
  readonly columns: readonly string[] | 'any';
}

/** A type that a migration made. */
export interface UserType {
  readonly id: string;
  readonly kind: 'enum' | 'domain' | 'composite' | 'range';
  /** The type under a domain. */
  readonly base?: SqlType;
  /** Whether a domain is NOT NULL. */
  readonly isNotNull?: boolean;
  /** Whether a domain has a CHECK or is NOT NULL. */
  readonly isConstrained: boolean;
  readonly constraints: readonly { readonly name: string; readonly isValidated: boolean }[];
  /** The values of an enum. */
  readonly labels: readonly string[];
  readonly madeIn?: string;
}

/** The column of a name, where it is known. */
export function tryFindColumn(relation: Relation | undefined, name: string | undefined): Column | undefined {
  return relation?.columns.find((column) => column.name === name);
}

/** The constraint of a name, where it is known. */
export function tryFindConstraint(relation: Relation | undefined, name: string | undefined): Constraint | undefined {
  return relation?.constraints.find((constraint) => constraint.name === name);
}
