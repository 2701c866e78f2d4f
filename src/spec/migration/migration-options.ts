/** A table that a migration changes. */
export interface TableOptions {
  /** Its name, as the catalog has it, at most 63 bytes. */
  readonly table: string;

  /**
   * Its schema.
   * @default - where the search path of the role finds the table
   */
  readonly schema?: string;
}

/** A column more. */
export interface AddColumnOptions extends TableOptions {
  /** Its name, at most 63 bytes. */
  readonly column: string;

  /** Its type, as SQL: `numeric(12, 2)`. */
  readonly type: string;

  /**
   * What new rows get that say nothing, as SQL: `gen_random_uuid()`. Old rows get it too, in batches, unless `value` is given.
   * @default - null
   */
  readonly defaultValue?: string;

  /**
   * What rows get that lack it, as SQL over the columns of the row: `quantity * price`. Old rows get it in batches, and those that the old
   * version writes from a trigger.
   * @default - the default value
   */
  readonly value?: string;

  /**
   * Whether every row must have it once all rows have been given one.
   * @default false
   */
  readonly notNull?: boolean;
}

/** A column under another name. */
export interface RenameColumnOptions extends TableOptions {
  /** The name that the old version knows. */
  readonly from: string;

  /** The name that the new version knows, at most 63 bytes. */
  readonly to: string;
}

/** A column of another type. */
export interface ChangeColumnTypeOptions extends TableOptions {
  /** The column that the old version knows. */
  readonly from: string;

  /** The column that the new version knows; another name, because both are there for a while. At most 63 bytes. */
  readonly to: string;

  /** The type of the new column, as SQL: `bigint`. */
  readonly type: string;

  /** The new value of a row, as SQL over its columns: `quantity::bigint`. */
  readonly up: string;

  /** The old value of a row that the new version has written, as SQL over its columns: `amount::integer`. */
  readonly down: string;

  /**
   * What rows get, once the old column has gone, that say nothing, as SQL: `nextval('orders_number_seq')`. Until then they get the old default,
   * as it comes to in the new type. A sequence that belongs to the old column goes over to the new one.
   * @default - what the old default comes to in the new type; where that is worked out for each row, such as `now()`, the migration fails before it begins
   */
  readonly defaultValue?: string;
}

/** A column that must be given. */
export interface NotNullOptions extends TableOptions {
  /** The column. */
  readonly column: string;

  /**
   * What rows get that lack it, as SQL over the columns of the row.
   * @default - no row lacks it, or the migration fails
   */
  readonly value?: string;
}

/** A condition that every row must satisfy. */
export interface AddCheckOptions extends TableOptions {
  /** The name of the constraint, at most 63 bytes. */
  readonly constraint: string;

  /** The condition, as SQL over the columns of the row: `quantity > 0`. The old version satisfies it too. */
  readonly check: string;
}

/** Columns that refer to rows of another table. */
export interface AddForeignKeyOptions extends TableOptions {
  /** The name of the constraint, at most 63 bytes. */
  readonly constraint: string;

  /** The columns that refer. */
  readonly columns: string[];

  /** What they refer to. */
  readonly references: ReferencedColumns;
}

/** The columns of another table that a foreign key refers to. */
export interface ReferencedColumns extends TableOptions {
  /** As many columns as refer to them, which are unique together. */
  readonly columns: string[];
}

/** Columns whose values differ from row to row. */
export interface AddUniqueOptions extends TableOptions {
  /** The name of the constraint, at most 63 bytes. */
  readonly constraint: string;

  /** The columns. */
  readonly columns: string[];
}

/** An index more. */
export interface CreateIndexOptions extends TableOptions {
  /** The name of the index, at most 63 bytes. */
  readonly index: string;

  /** The columns, in their order. */
  readonly columns: string[];

  /**
   * Which rows are in it, as SQL over the columns of the row.
   * @default - all
   */
  readonly where?: string;

  /**
   * Whether no two rows may have the same.
   * @default false
   */
  readonly unique?: boolean;
}

/** A column less. */
export interface DropColumnOptions extends TableOptions {
  /** The column. The new version reads and writes without it. */
  readonly column: string;
}

/** A table under another name. */
export interface RenameTableOptions extends TableOptions {
  /** The name that the new version knows, at most 63 bytes: a view of it stands for the table until the old name goes. */
  readonly to: string;
}

/** A column in which other columns are searched. */
export interface FullTextSearchOptions extends TableOptions {
  /** Its name, at most 63 bytes; its type is `tsvector`. */
  readonly column: string;

  /** The columns whose words are found. */
  readonly columns: string[];

  /** The configuration of PostgreSQL by which words are read, such as `english` or `simple`. */
  readonly configuration: string;
}

/** Rows that get a new value in batches. */
export interface SqlBackfill {
  /** The table, as SQL. */
  readonly table: string;

  /** What is set, as SQL: `total = quantity * price`. */
  readonly assignments: string;

  /** Which rows lack it, as SQL: `total IS NULL`. */
  readonly condition: string;
}

/** What must be so of every row. */
export interface SqlVerification {
  /** The table, as SQL. */
  readonly table: string;

  /** The condition, as SQL over the columns of the row: `total = quantity * price`. */
  readonly isRight: string;
}

/** A migration that is none of the others, phase by phase. Each text is run in a transaction of its own. */
export interface SqlMigrationOptions {
  /** What it is called. */
  readonly title: string;

  /**
   * The tables that it locks, as SQL names: who is in the way is looked for there.
   * @default - none is known
   */
  readonly tables?: string[];

  /**
   * What makes the new shape beside the old one, as SQL. The old version must not notice it.
   * @default - nothing
   */
  readonly expand?: string[];

  /**
   * Rows that get a new value.
   * @default - none
   */
  readonly backfill?: SqlBackfill;

  /**
   * What must be so of every row before the new version may start.
   * @default - nothing is looked at
   */
  readonly verify?: SqlVerification;

  /**
   * What holds once every row has it, as SQL.
   * @default - nothing
   */
  readonly complete?: string[];

  /**
   * What drops the old shape, as SQL.
   * @default - nothing
   */
  readonly contract?: string[];

  /**
   * What goes back to what was before, as SQL.
   * @default - nothing
   */
  readonly abort?: string[];
}
