import { madeName, qualifiedName, quoteIdentifier } from '../../sql/quote';
import type { Catalog } from '../catalog/catalog';
import type { Relation } from '../catalog/relation';

/** The first of a name, and the same with a number behind it, that nothing has yet. */
function firstFree(wanted: string, isTaken: (name: string) => boolean): string {
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? wanted : madeName(wanted, String(number));
    if (!isTaken(name)) {
      return name;
    }
  }
}

/** A name for a sequence or an index, which share theirs with tables. */
export function freeRelationName(catalog: Catalog, schema: string, ...parts: readonly string[]): string {
  return firstFree(madeName(...parts), (name) =>
    catalog.tryFind(qualifiedName([schema, name])) !== undefined || catalog.tryFindTableOfIndex(schema, name) !== undefined);
}

/** A name for a constraint. */
export function freeConstraintName(relation: Relation | undefined, ...parts: readonly string[]): string {
  return firstFree(madeName(...parts), (name) => relation?.constraints.some((constraint) => constraint.name === name) === true);
}

/** A name for a column. */
export function freeColumnName(relation: Relation | undefined, ...parts: readonly string[]): string {
  return firstFree(madeName(...parts), (name) => relation?.columns.some((column) => column.name === name) === true);
}

/** The words that PL/pgSQL reserves and SQL does not. */
const RESERVED = new Set('begin by declare execute foreach if loop strict while'.split(' '));

/** A column as the field of a record in PL/pgSQL. */
export function fieldName(column: string): string {
  return RESERVED.has(column) ? `"${column}"` : quoteIdentifier(column);
}
