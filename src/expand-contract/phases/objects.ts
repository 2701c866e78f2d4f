import type { ChangeOf, TableName } from './change';
import { tableOf } from './dual-write';
import type { Phases, Unit } from './phases';
import { NOTHING } from './units';
import { madeName, quoteIdentifier, quoteLiteral } from '../../sql/quote';

function listed(columns: readonly string[]): string {
  return columns.map(quoteIdentifier).join(', ');
}

/** An index, built while others write. */
export function createIndex(name: string, change: ChangeOf<'createIndex'>): Phases {
  return {
    ...NOTHING,
    name,
    // A unique one may be what a foreign key beside it needs. Any other is built after rows have been filled in: they stay on their pages, and it is smaller.
    [change.unique === true ? 'expand' : 'complete']: [indexUnit(change, change.index, change.columns, change.unique === true, change.where)],
    abort: [undoneIndex(name, change, change.index)],
  };
}

/** An index has its schema from its table. */
function indexName({ schema }: TableName, index: string): string {
  return tableOf({ schema, table: index });
}

function indexUnit(change: TableName, index: string, columns: readonly string[], isUnique: boolean, where?: string): Unit {
  const target = tableOf(change);
  const rows = where === undefined ? '' : ` WHERE (${where})`;
  return {
    title: `the index ${index}`,
    tables: [target],
    index: indexName(change, index),
    sql: `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quoteIdentifier(index)} ON ${target} (${listed(columns)})${rows}`,
  };
}

function undoneIndex(name: string, change: TableName, index: string): Unit {
  const target = tableOf(change);
  const values = [name, target, indexName(change, index)].map(quoteLiteral).join(', ');
  return { title: `${index} goes again`, tables: [target], sql: `SELECT zero_downtime.undo_index(${values});` };
}

/** A unique constraint over an index that was built while others wrote. */
export function addUnique(name: string, change: ChangeOf<'addUnique'>): Phases {
  const target = tableOf(change);
  const index = madeName(change.constraint, 'idx');
  const constraint = quoteIdentifier(change.constraint);
  return {
    ...NOTHING,
    name,
    expand: [
      indexUnit(change, index, change.columns, true),
      { title: `the constraint ${change.constraint}`, tables: [target], sql: `ALTER TABLE ${target} ADD CONSTRAINT ${constraint} UNIQUE USING INDEX ${quoteIdentifier(index)};` },
    ],
    abort: [
      { title: `${change.constraint} goes again`, tables: [target], sql: `ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${constraint};`, undoes: 1 },
      undoneIndex(name, change, index),
    ],
  };
}

/** A constraint that holds for new rows at once, and is proven of old ones while others write. */
function proven(name: string, target: string, constraint: string, clause: string, tables: readonly string[]): Phases {
  const quoted = quoteIdentifier(constraint);
  return {
    ...NOTHING,
    name,
    expand: [{ title: `${constraint} holds for new rows`, tables, sql: `ALTER TABLE ${target} ADD CONSTRAINT ${quoted} ${clause} NOT VALID;` }],
    complete: [{ title: `${constraint} holds for all rows`, tables, sql: `ALTER TABLE ${target} VALIDATE CONSTRAINT ${quoted};` }],
    abort: [{ title: `${constraint} goes again`, tables, sql: `ALTER TABLE ${target} DROP CONSTRAINT IF EXISTS ${quoted};`, undoes: 0 }],
  };
}

/** A CHECK. */
export function addCheck(name: string, change: ChangeOf<'addCheck'>): Phases {
  const target = tableOf(change);
  return proven(name, target, change.constraint, `CHECK (${change.check})`, [target]);
}

/** A foreign key. */
export function addForeignKey(name: string, change: ChangeOf<'addForeignKey'>): Phases {
  const [target, other] = [tableOf(change), tableOf(change.references)];
  return proven(name, target, change.constraint, `FOREIGN KEY (${listed(change.columns)}) REFERENCES ${other} (${listed(change.references.columns)})`, [target, other]);
}

/** A table less. */
export function dropTable(name: string, change: ChangeOf<'dropTable'>): Phases {
  const target = tableOf(change);
  return { ...NOTHING, name, contract: [{ title: `${change.table} goes`, tables: [target], sql: `DROP TABLE ${target};` }] };
}
