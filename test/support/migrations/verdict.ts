import type { Measured } from './measure';
import { locksOf, type Surroundings } from '../../../src/migrations/effects/effect';
import { effectsOf } from '../../../src/migrations/effects/effects-of';
import type { SqlParser } from '../../../src/migrations/sql/sql-parser';

/** What we say of a statement, in the terms in which a server is measured. */
export function verdictOf(statement: string, surroundings: Surroundings, parser: SqlParser): Measured & { readonly isOpaque: boolean } {
  const actions = parser.parse(statement).flatMap((node) => effectsOf(node, surroundings));
  const locks = new Map([...locksOf(actions)].filter(([, mode]) => mode !== 'ACCESS SHARE'));
  const work = actions.flatMap((action) => action.work).filter(({ relation }) => surroundings.catalog.tryFind(relation) !== undefined);
  const rewrites = new Set(work.filter(({ kind }) => kind === 'rewrite').map(({ relation }) => relation));
  const known = new Map([...locks].filter(([id]) => surroundings.catalog.tryFind(id) !== undefined));
  const states = actions.flatMap(({ refusal }) => refusal?.sqlstate ?? []);
  return {
    locks: known,
    rewrites,
    scans: new Set(work.map(({ relation }) => relation).filter((id) => !rewrites.has(id) && known.has(id))),
    // Of several reasons the grammar's comes first, and rows are looked at last.
    sqlstate: states.find((state) => state === '42601') ?? states.find((state) => state !== '23502') ?? states[0],
    isOpaque: actions.some(({ opaque }) => opaque !== undefined),
  };
}
