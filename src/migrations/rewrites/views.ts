import type { Rewrite } from './rewrite';
import type { Action } from '../effects/effect';
import type { Step } from '../step';

/** REFRESH MATERIALIZED VIEW, concurrently; nothing where no unique index is known, by which PostgreSQL tells the rows apart. */
export function refreshConcurrently({ surroundings: { catalog } }: Step, { relation = '' }: Action): Rewrite | undefined {
  const isTold = catalog.tryFind(relation)?.indexes.some(({ isUnique, isPlain }) => isUnique && isPlain) === true;
  return isTold ? [{ title: 'readers read on; a view that was never filled is refreshed without', sql: `REFRESH MATERIALIZED VIEW CONCURRENTLY ${relation};` }] : undefined;
}
