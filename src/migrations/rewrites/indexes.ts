import type { Rewrite, RewriteStep } from './rewrite';
import { madeName, qualifiedName, quoteIdentifier } from '../../sql/quote';
import type { Action } from '../effects/effect';
import { as } from '../sql/node';
import type { Step } from '../step';

/** Builds an index while others write; a leftover of a build that failed goes first. */
export function concurrentIndexStep(relation: string, name: string, sql: string, schema: string | undefined): RewriteStep[] {
  const qualified = schema === undefined ? quoteIdentifier(name) : qualifiedName([schema, name]);
  return [
    { title: `a build that failed leaves ${name} behind, which is written and never read: remove it`, sql: `DROP INDEX CONCURRENTLY IF EXISTS ${qualified};`, needsNoTransaction: true },
    { title: `build it on ${relation} while others read and write`, sql, needsNoTransaction: true },
  ];
}

/** CREATE INDEX, concurrently. */
export function concurrentIndex(step: Step, action: Action): Rewrite {
  const statement = as(action.node, 'IndexStmt') ?? {};
  const relation = action.relation ?? '';
  const { schema } = step.surroundings.catalog.tryFind(relation) ?? {};
  const name = action.name ?? '';
  const rest = step.statement.text
    .replace(/^create\s+(unique\s+)?index\s+(concurrently\s+)?(if\s+not\s+exists\s+)?/i, '')
    .replace(statement.idxname === undefined ? /^/ : /^("(?:[^"]|"")+"|[^\s"]+)\s+/, '');
  return concurrentIndexStep(relation, name, `CREATE ${statement.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quoteIdentifier(name)} ${rest};`, schema);
}

/** A unique constraint or a primary key over an index that is built before. */
export function constraintUsingIndex(step: Step, relation: string, name: string, kind: 'UNIQUE' | 'PRIMARY KEY', columns: readonly string[], tail = ''): Rewrite {
  const { schema } = step.surroundings.catalog.tryFind(relation) ?? {};
  const index = madeName(name, 'idx');
  const listed = columns.map(quoteIdentifier).join(', ');
  return [
    ...concurrentIndexStep(relation, index, `CREATE UNIQUE INDEX CONCURRENTLY ${quoteIdentifier(index)} ON ${relation} (${listed});`, schema),
    { title: 'a lock for a moment', sql: `ALTER TABLE ${relation} ADD CONSTRAINT ${quoteIdentifier(name)} ${kind} USING INDEX ${quoteIdentifier(index)}${tail};` },
  ];
}

/** DROP INDEX, concurrently. */
export function concurrentDrop(step: Step, action: Action): Rewrite {
  const { schema } = step.surroundings.catalog.tryFind(action.relation ?? '') ?? {};
  const name = schema === undefined ? quoteIdentifier(action.name ?? '') : qualifiedName([schema, action.name ?? '']);
  return [{ title: 'wait for its readers, and lock nobody out', sql: `DROP INDEX CONCURRENTLY IF EXISTS ${name};`, needsNoTransaction: true }];
}
