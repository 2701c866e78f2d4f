import type { DropStmt, Node } from 'libpg-query';
import type { Catalog } from './catalog';
import { qualifiedName } from '../../sql/quote';
import { as, dottedOf, namesOf } from '../sql/node';

/** DROP of anything that the catalog holds. */
export function applyDrop({ objects = [], removeType, behavior }: DropStmt, catalog: Catalog): void {
  for (const object of objects) {
    DROPS[removeType ?? '']?.(object, catalog, behavior === 'DROP_CASCADE');
  }
}

type Drop = (object: Node, catalog: Catalog, isCascade: boolean) => void;

const DROPS: Readonly<Record<string, Drop>> = {
  OBJECT_TABLE: dropRelation,
  OBJECT_VIEW: dropRelation,
  OBJECT_MATVIEW: dropRelation,
  OBJECT_FOREIGN_TABLE: dropRelation,
  OBJECT_SEQUENCE: dropRelation,
  OBJECT_INDEX: (object, catalog) => {
    const { schema, name } = schemaAndName(dottedOf(object));
    const table = catalog.tryFindTableOfIndex(schema, name);
    catalog.change(table?.id ?? '', ({ indexes }) => ({ indexes: indexes.filter((index) => index.name !== name) }));
  },
  OBJECT_TRIGGER: (object, catalog) => {
    const names = dottedOf(object);
    const dropped = names[names.length - 1];
    catalog.change(catalog.idOfNames(names.slice(0, -1)), ({ triggers }) => ({ triggers: triggers.filter(({ name }) => name !== dropped) }));
  },
  OBJECT_FUNCTION: dropFunction,
  OBJECT_PROCEDURE: dropFunction,
  OBJECT_ROUTINE: dropFunction,
  OBJECT_TYPE: dropType,
  OBJECT_DOMAIN: dropType,
  OBJECT_SCHEMA: (object, catalog) => {
    const [schema] = dottedOf(object);
    catalog.relations.filter((relation) => relation.schema === schema).forEach(({ id }) => remove(id, catalog));
  },
};

function dropRelation(object: Node, catalog: Catalog, isCascade: boolean): void {
  const id = catalog.idOfNames(dottedOf(object));
  catalog.descendantsOf(id).filter(({ isPartition }) => isPartition || isCascade).forEach((heir) => remove(heir.id, catalog));
  if (isCascade) {
    catalog.readersOf(id).forEach((view) => remove(view.id, catalog));
  }
  remove(id, catalog);
}

/** What references a relation that is gone loses the reference; what it owned is gone with it. */
function remove(id: string, catalog: Catalog): void {
  catalog.remove(id);
  catalog.referencing(id).forEach(({ relation }) => catalog.change(relation.id, ({ constraints }) => ({
    constraints: constraints.filter(({ references }) => references?.relation !== id),
  })));
  catalog.relations.filter(({ ownedBy }) => ownedBy?.relation === id).forEach((sequence) => catalog.remove(sequence.id));
}

function dropFunction(object: Node, catalog: Catalog): void {
  catalog.removeFunction(catalog.nameOfFunction(namesOf(as(object, 'ObjectWithArgs')?.objname)));
}

function dropType(object: Node, catalog: Catalog): void {
  const type = catalog.tryFindType(qualifiedName(dottedOf(as(object, 'TypeName') ? { List: { items: as(object, 'TypeName')?.names } } : object)));
  if (type) {
    catalog.removeType(type.id);
  }
}

/** A name that may have a schema before it. */
export function schemaAndName(names: readonly string[]): { readonly schema?: string; readonly name: string } {
  return names.length > 1 ? { schema: names[names.length - 2], name: names[names.length - 1] } : { name: names[0] ?? '' };
}
