/** One thing to do, which is done wholly or not at all, and once. */
export interface Unit {
  /** What it is for. */
  readonly title: string;
  /** One or several statements; `<<name>>` stands for a variable. */
  readonly sql: string;
  /** What it locks, as SQL names: whoever is in its way is looked for there. */
  readonly tables: readonly string[];
  /** An index that is built concurrently, as a SQL name: outside of any transaction, so that a build may fail half-way. */
  readonly index?: string;
  /** Indexes of one column that are built for another too, outside of any transaction, and a look at what is left; which, only the database knows. */
  readonly carries?: Carried;
  /** Whether something is left to be done by the same again, as SQL: so each has a transaction of its own. */
  readonly isLeft?: string;
  /** Of abort: the place of the unit of expand that it undoes; where that was not done, what is there is somebody else's. */
  readonly undoes?: number;
  /** Nobody who asks the ledger can do it: a command of another engine does, and the ledger is told when it has. */
  readonly isOutside?: true;
}

/** What takes its place. */
export interface Carried {
  readonly from: string;
  readonly to: string;
  /** All of them, where both hold the same values; those that say nothing of a value, where one is made of the other; or none. */
  readonly what: 'all' | 'plain' | 'nothing';
}

/** Rows that get a new value, in batches along a key. */
export interface Backfill {
  /** The table, as SQL. */
  readonly table: string;
  /** What is set, as SQL: `column = expression`. */
  readonly assignments: string;
  /** Which rows lack it. */
  readonly condition: string;
}

/** What must be so of every row when they all have it. */
export interface Verification {
  readonly table: string;
  /** What a row's new columns should hold, and what they hold; of each, hashes are summed for a range of keys. */
  readonly expected: string;
  readonly actual: string;
  /** Whether a row is right: where the way back loses something, in either direction. */
  readonly isRight: string;
}

/** A word of a statement that only the database knows of a column, as it is when the migration begins. */
export interface Variable {
  readonly name: string;
  /** Its type, the same with its COLLATE where that is not the type's own, or whether it is NOT NULL: `true` or `false`. */
  readonly what: 'type' | 'collated type' | 'not null';
  /** The table, as SQL, and the column, as it is. */
  readonly table: string;
  readonly column: string;
}

/** A change of the schema in the order in which no version notices it. */
export interface Phases {
  /** What it is known by in the ledger. */
  readonly name: string;
  readonly variables: readonly Variable[];
  /** Whether a database has the shape that this comes to although nothing was done, as SQL: it was made later. */
  readonly isSo?: string;
  /** Beside the old version. */
  readonly expand: readonly Unit[];
  readonly backfill?: Backfill;
  readonly verify?: Verification;
  /** What holds once every row has it; then the new version may start. */
  readonly complete: readonly Unit[];
  /** When the old version is gone. */
  readonly contract: readonly Unit[];
  /** Whether a write of the old version can be told, so that contract may wait for the last one. */
  readonly notesOldWrites: boolean;
  /** Back to what was before, at any moment before contract. */
  readonly abort: readonly Unit[];
}

/** The phases of a declared change, with what tells it from any other: another version of the library may write the same change in other SQL. */
export interface DeclaredPhases extends Phases {
  /** A hash of all that the change says. */
  readonly contents: string;
}
