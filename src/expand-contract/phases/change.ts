import type { Backfill } from './phases';

/** A table, by its name and, where it is not found by the search path, its schema; both as they are, unquoted. */
export interface TableName {
  readonly schema?: string;
  readonly table: string;
}

/** What is none of the other changes, as SQL; each text is run in a transaction of its own. */
export interface WrittenOut {
  readonly kind: 'sql';
  /** What it is called. */
  readonly title: string;
  /** What it locks, as SQL names. */
  readonly tables?: readonly string[];
  readonly expand?: readonly string[];
  readonly backfill?: Backfill;
  readonly verify?: { readonly table: string; readonly isRight: string };
  readonly complete?: readonly string[];
  readonly contract?: readonly string[];
  readonly abort?: readonly string[];
}

/** A change of the schema, as somebody declares it. Names are as they are; expressions are SQL over the columns of the row. */
export type Change =
  | TableName & { readonly kind: 'addColumn'; readonly column: string; readonly type: string; readonly default?: string; readonly value?: string; readonly notNull?: boolean }
  | TableName & { readonly kind: 'renameColumn'; readonly from: string; readonly to: string }
  | TableName & { readonly kind: 'changeColumnType'; readonly from: string; readonly to: string; readonly type: string; readonly up: string; readonly down: string; readonly default?: string }
  | TableName & {
    readonly kind: 'splitColumn';
    readonly from: string;
    readonly into: readonly { readonly column: string; readonly type: string; readonly up: string; readonly notNull?: boolean }[];
    readonly down: string;
  }
  | TableName & {
    readonly kind: 'mergeColumns';
    readonly from: readonly { readonly column: string; readonly down: string }[];
    readonly to: string;
    readonly type: string;
    readonly up: string;
    readonly notNull?: boolean;
  }
  | TableName & {
    readonly kind: 'changeEnum';
    readonly from: string;
    readonly to: string;
    /** The name of the enum that is made. */
    readonly type: string;
    readonly values: readonly string[];
    /** What values of the old column are called in the new one, and the other way; others keep their name. */
    readonly up?: Readonly<Record<string, string>>;
    readonly down?: Readonly<Record<string, string>>;
  }
  | TableName & { readonly kind: 'setNotNull'; readonly column: string; readonly value?: string }
  | TableName & { readonly kind: 'addCheck'; readonly constraint: string; readonly check: string }
  | TableName & {
    readonly kind: 'addForeignKey';
    readonly constraint: string;
    readonly columns: readonly string[];
    readonly references: TableName & { readonly columns: readonly string[] };
  }
  | TableName & { readonly kind: 'addUnique'; readonly constraint: string; readonly columns: readonly string[] }
  | TableName & { readonly kind: 'createIndex'; readonly index: string; readonly columns: readonly string[]; readonly where?: string; readonly unique?: boolean }
  | TableName & { readonly kind: 'dropColumn'; readonly column: string }
  | TableName & { readonly kind: 'dropTable' }
  | TableName & { readonly kind: 'renameTable'; readonly to: string }
  | TableName & { readonly kind: 'fullTextSearch'; readonly column: string; readonly columns: readonly string[]; readonly configuration: string }
  | WrittenOut;

export type ChangeKind = Change['kind'];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>;
