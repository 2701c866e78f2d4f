import type { Work } from './effect';
import type { Catalog } from '../catalog/catalog';

/** A relation, its partitions and its heirs. */
export function familyOf(id: string, catalog: Catalog, inherits = true): readonly string[] {
  return [id, ...inherits ? catalog.descendantsOf(id).map((heir) => heir.id) : []];
}

/** Those of a family that hold rows: a partitioned table has none of its own. */
export function storedOf(id: string, catalog: Catalog, inherits = true): readonly string[] {
  return familyOf(id, catalog, inherits).filter((each) => catalog.tryFind(each)?.kind !== 'partitioned table');
}

/** The partitions that take what no other does, of which there is one at most below each table. */
export function defaultPartitionsOf(id: string, catalog: Catalog): readonly string[] {
  return catalog.descendantsOf(id).filter(({ isDefaultPartition }) => isDefaultPartition).map((each) => each.id);
}

/** The same work on every member of a family that holds rows. */
export function workOn(kind: Work['kind'], id: string, catalog: Catalog, because: string): Work[] {
  return storedOf(id, catalog).map((relation) => ({ kind, relation, because }));
}
