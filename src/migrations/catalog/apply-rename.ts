import type { AlterObjectSchemaStmt, RenameStmt } from 'libpg-query';
import { schemaAndName } from './apply-drop';
import type { Catalog } from './catalog';
import type { Relation } from './relation';
import { qualifiedName } from '../../sql/quote';
import { as, dottedOf, namesOf } from '../sql/node';

/** RENAME of anything that the catalog holds. */
export function applyRename(statement: RenameStmt, catalog: Catalog): void {
  const { renameType, relation: range = {}, subname = '', newname = '' } = statement;
  const id = catalog.idOf(range);
  switch (renameType) {
    case 'OBJECT_TABLE': case 'OBJECT_VIEW': case 'OBJECT_MATVIEW': case 'OBJECT_SEQUENCE': case 'OBJECT_FOREIGN_TABLE':
      move(id, (relation) => ({ ...relation, name: newname }), catalog);
      // ALTER TABLE takes the name of an index too.
      renameIndex(range.schemaname, range.relname ?? '', newname, catalog);
      break;
    case 'OBJECT_INDEX': renameIndex(range.schemaname, range.relname ?? '', newname, catalog); break;
    case 'OBJECT_COLUMN':
      [id, ...catalog.descendantsOf(id).map((heir) => heir.id)]
        .forEach((each) => catalog.change(each, (relation) => withRenamedColumn(relation, subname, newname)));
      break;
    case 'OBJECT_TABCONSTRAINT':
      catalog.change(id, ({ constraints, indexes }) => ({
        constraints: constraints.map((each) => each.name === subname ? { ...each, name: newname } : each),
        indexes: indexes.map((each) => each.constraint === subname ? { ...each, name: newname, constraint: newname } : each),
      }));
      break;
    case 'OBJECT_SCHEMA':
      catalog.relations.filter(({ schema }) => schema === subname)
        .forEach((relation) => move(relation.id, (each) => ({ ...each, schema: newname }), catalog));
      break;
    case 'OBJECT_TRIGGER':
      catalog.change(id, ({ triggers }) => ({ triggers: triggers.map((each) => each.name === subname ? { ...each, name: newname } : each) }));
      break;
    case 'OBJECT_FUNCTION': case 'OBJECT_PROCEDURE': case 'OBJECT_ROUTINE':
      renameFunction(namesOf(as(statement.object, 'ObjectWithArgs')?.objname), newname, catalog);
      break;
    case 'OBJECT_TYPE': case 'OBJECT_DOMAIN': renameUserType(dottedOf(statement.object), newname, catalog); break;
  }
}

/** SET SCHEMA. */
export function applySetSchema({ relation, newschema = '' }: AlterObjectSchemaStmt, catalog: Catalog): void {
  if (relation) {
    move(catalog.idOf(relation), (each) => ({ ...each, schema: newschema }), catalog);
  }
}

/** A trigger knows its function whatever that is called. */
function renameFunction(names: readonly string[], newname: string, catalog: Catalog): void {
  const from = catalog.nameOfFunction(names);
  const to = catalog.nameOfFunction([...names.slice(0, -1), newname]);
  const known = catalog.tryFindFunction(names);
  if (known) {
    catalog.removeFunction(from);
    catalog.putFunction(to, known);
    catalog.relations.filter(({ triggers }) => triggers.some((each) => each.function === from)).forEach(({ id }) =>
      catalog.change(id, ({ triggers }) => ({ triggers: triggers.map((each) => each.function === from ? { ...each, function: to } : each) })));
  }
}

function renameUserType(names: readonly string[], newname: string, catalog: Catalog): void {
  const type = catalog.tryFindType(qualifiedName(names));
  if (type) {
    const { schema } = schemaAndName(names);
    catalog.removeType(type.id);
    catalog.putType({ ...type, id: qualifiedName([schema ?? catalog.currentSchema, newname]) });
  }
}

function renameIndex(schema: string | undefined, from: string, to: string, catalog: Catalog): void {
  const table = catalog.tryFindTableOfIndex(schema, from);
  catalog.change(table?.id ?? '', ({ indexes, constraints }) => ({
    indexes: indexes.map((each) => each.name === from ? { ...each, name: to, constraint: each.constraint && to } : each),
    constraints: constraints.map((each) => each.name === from ? { ...each, name: to } : each),
  }));
}

/** Puts a relation under another name, and points whatever names it there. */
function move(id: string, change: (relation: Relation) => Relation, catalog: Catalog): void {
  const relation = catalog.tryFind(id);
  if (relation === undefined) {
    return;
  }
  const changed = change(relation);
  const moved = { ...changed, id: qualifiedName([changed.schema, changed.name]) };
  const renamed = (each: string) => each === id ? moved.id : each;
  catalog.remove(id);
  catalog.put(moved);
  for (const other of catalog.relations) {
    catalog.change(other.id, ({ parents, constraints, reads, ownedBy }) => ({
      parents: parents.map(renamed),
      constraints: constraints.map((each) => each.references?.relation === id
        ? { ...each, references: { ...each.references, relation: moved.id } } : each),
      reads: reads.map((read) => ({ ...read, relation: renamed(read.relation) })),
      ownedBy: ownedBy && { ...ownedBy, relation: renamed(ownedBy.relation) },
    }));
  }
}

function withRenamedColumn(relation: Relation, from: string, to: string): Relation {
  const renamed = (name: string) => name === from ? to : name;
  return {
    ...relation,
    columns: relation.columns.map((column) => ({ ...column, name: renamed(column.name) })),
    constraints: relation.constraints.map((constraint) => ({ ...constraint, columns: constraint.columns.map(renamed) })),
    indexes: relation.indexes.map((index) => ({ ...index, columns: index.columns.map(renamed) })),
  };
}
