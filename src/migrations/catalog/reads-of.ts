import type { Node } from 'libpg-query';
import type { Catalog } from './catalog';
import type { Read } from './relation';
import { as, columnsIn, hasStar, rangesIn } from '../sql/node';

/**
 * What a query reads, by table and column.
 *
 * A column belongs to a table that has one of its name; where a table is not known or all of its columns are asked for, any may be read.
 */
export function readsOf(query: Node | undefined, catalog: Catalog): readonly Read[] {
  const named = columnsIn(query);
  const all = hasStar(as(query, 'SelectStmt')?.targetList);
  return [...new Set(rangesIn(query).map((range) => catalog.idOf(range)))].map((relation) => {
    const known = catalog.tryFind(relation);
    const columns = known?.isKnown ? known.columns.map(({ name }) => name).filter((name) => all || named.includes(name)) : 'any' as const;
    return { relation, columns };
  });
}
