import type { Constraint } from 'libpg-query';
import { notNullInSteps } from './constraints';
import { tryFindText, tryFindWord } from './fragment';
import { freeRelationName } from './names';
import type { Rewrite, RewriteStep } from './rewrite';
import { qualifiedName, quoteIdentifier } from '../../sql/quote';
import { tryFindColumn } from '../catalog/relation';
import type { Action, Surroundings } from '../effects/effect';
import { as, namesOf } from '../sql/node';
import type { Step } from '../step';

/** Builds an index while others write; a leftover of a build that failed goes first. */
export function concurrentIndexStep(relation: string, name: string, sql: string, schema: string | undefined): RewriteStep[] {
  const qualified = schema === undefined ? quoteIdentifier(name) : qualifiedName([schema, name]);
  return [
    { title: `a build that failed leaves ${name} behind, which is written and never read: remove it`, sql: `DROP INDEX CONCURRENTLY IF EXISTS ${qualified};`, needsNoTransaction: true },
    { title: `build it on ${relation} while others read and write`, sql, needsNoTransaction: true },
  ];
}

/** CREATE INDEX, concurrently; nothing where the index is there already, as it would be dropped. */
export function concurrentIndex(step: Step, action: Action): Rewrite | undefined {
  const statement = as(action.node, 'IndexStmt') ?? {};
  const relation = action.relation ?? '';
  const { schema, indexes = [] } = step.surroundings.catalog.tryFind(relation) ?? {};
  const name = action.name ?? '';
  const text = tryFindText(step, action);
  if (text === undefined || indexes.some((index) => index.name === name)) {
    return undefined;
  }
  const rest = text.slice(tryFindWord(text, 'on')?.start);
  return concurrentIndexStep(relation, name, `CREATE ${statement.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quoteIdentifier(name)} ${rest};`, schema);
}

/** A unique constraint or a primary key, as it is added. */
export interface KeyToAdd extends Pick<Constraint, 'nulls_not_distinct' | 'including' | 'without_overlaps'> {
  readonly name: string;
  readonly kind: 'UNIQUE' | 'PRIMARY KEY';
  readonly columns: readonly string[];
  /** Whether the columns are NOT NULL by then, whatever is known of them. */
  readonly isGiven?: boolean;
  readonly isDeferrable?: boolean;
  readonly isDeferred?: boolean;
}

/** A unique constraint or a primary key over an index that is built before; nothing where no such index can be taken over. */
export function constraintUsingIndex(surroundings: Surroundings, relation: string, key: KeyToAdd): Rewrite | undefined {
  const { catalog, version } = surroundings;
  const known = catalog.tryFind(relation);
  if (known?.kind === 'partitioned table' || key.without_overlaps || (key.nulls_not_distinct && version < 15)) {
    return undefined;
  }
  const index = freeRelationName(catalog, known?.schema ?? catalog.currentSchema, key.name, 'idx');
  const listed = (columns: readonly string[]) => `(${columns.map(quoteIdentifier).join(', ')})`;
  const included = namesOf(key.including);
  const sql = `CREATE UNIQUE INDEX CONCURRENTLY ${quoteIdentifier(index)} ON ${relation} ${listed(key.columns)}`
    + `${included.length === 0 ? '' : ` INCLUDE ${listed(included)}`}${key.nulls_not_distinct ? ' NULLS NOT DISTINCT' : ''};`;
  const tail = `${key.isDeferrable ? ' DEFERRABLE' : ''}${key.isDeferred ? ' INITIALLY DEFERRED' : ''}`;
  const nullable = key.kind === 'UNIQUE' || key.isGiven ? [] : key.columns.filter((column) => tryFindColumn(known, column)?.notNull !== 'yes');
  // Before 12 nothing spares a primary key to read its columns for null.
  return key.kind === 'PRIMARY KEY' && version < 12 && (key.isGiven || nullable.length > 0) ? undefined : [
    ...nullable.flatMap((column) => notNullInSteps(surroundings, relation, column)),
    ...concurrentIndexStep(relation, index, sql, known?.schema),
    { title: 'a lock for a moment', sql: `ALTER TABLE ${relation} ADD CONSTRAINT ${quoteIdentifier(key.name)} ${key.kind} USING INDEX ${quoteIdentifier(index)}${tail};` },
  ];
}

/** ADD UNIQUE and ADD PRIMARY KEY in steps. */
export function keyInSteps({ surroundings }: Step, { node, command, relation = '', name = '' }: Action): Rewrite | undefined {
  const constraint = as(as(node, 'AlterTableCmd')?.def, 'Constraint') ?? {};
  const columns = namesOf(constraint.keys);
  return columns.length === 0 ? undefined : constraintUsingIndex(surroundings, relation, {
    ...constraint, name, kind: command === 'ADD UNIQUE' ? 'UNIQUE' : 'PRIMARY KEY', columns, isDeferrable: constraint.deferrable, isDeferred: constraint.initdeferred,
  });
}

/** DROP INDEX, concurrently; an index of a partitioned table cannot go so, nor one that a constraint stands on. */
export function concurrentDrop(step: Step, action: Action): Rewrite | undefined {
  const { schema, kind, indexes = [] } = step.surroundings.catalog.tryFind(action.relation ?? '') ?? {};
  if (kind === 'partitioned table' || indexes.some(({ name, constraint }) => name === action.name && constraint !== undefined)) {
    return undefined;
  }
  const name = schema === undefined ? quoteIdentifier(action.name ?? '') : qualifiedName([schema, action.name ?? '']);
  return [{ title: 'wait for its readers, and lock nobody out', sql: `DROP INDEX CONCURRENTLY IF EXISTS ${name};`, needsNoTransaction: true }];
}
