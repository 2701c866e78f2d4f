import type { Rewrite } from './rewrite';
import type { Action } from '../effects/effect';
import { defaultPartitionsOf } from '../effects/storage';
import type { Step } from '../step';

/** DETACH PARTITION, concurrently; nothing where PostgreSQL does not: before 14, and beside a default partition. */
export function detachConcurrently({ surroundings: { catalog, version } }: Step, { relation = '', name }: Action): Rewrite | undefined {
  const isRefused = version < 14 || defaultPartitionsOf(relation, catalog).some((each) => catalog.tryFind(each)?.parents.includes(relation));
  return isRefused ? undefined : [{ title: 'wait for the readers, and lock nobody out', needsNoTransaction: true, sql: `ALTER TABLE ${relation} DETACH PARTITION ${name} CONCURRENTLY;` }];
}
