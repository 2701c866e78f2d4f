import type { ColumnDef, Constraint as ConstraintNode } from 'libpg-query';
import type { Catalog } from './catalog';
import { tryConstraintOf, tryIndexOf } from './constraint-of';
import type { Column, Relation } from './relation';
import { isSerial } from './sql-type';
import { allOf } from '../sql/node';

/** The constraint clauses of a column. */
export function clausesOf(definition: ColumnDef): ConstraintNode[] {
  return allOf(definition.constraints, 'Constraint');
}

/** Whether a clause of a kind is among those of a column. */
export function tryFindClause(definition: ColumnDef, contype: string): ConstraintNode | undefined {
  return clausesOf(definition).find((clause) => clause.contype === contype);
}

/** The column that a definition makes. */
export function columnOf(definition: ColumnDef, catalog: Catalog): Column {
  const has = (contype: string) => tryFindClause(definition, contype) !== undefined;
  const generated = tryFindClause(definition, 'CONSTR_GENERATED');
  const isIdentity = has('CONSTR_IDENTITY');
  return {
    name: definition.colname ?? '',
    type: catalog.resolve(definition.typeName),
    notNull: has('CONSTR_NOTNULL') || has('CONSTR_PRIMARY') || isIdentity || isSerial(definition.typeName) ? 'yes' : 'no',
    default: tryFindClause(definition, 'CONSTR_DEFAULT')?.raw_expr,
    identity: isIdentity || isSerial(definition.typeName),
    generated: generated === undefined ? undefined : generated.generated_kind === 's' ? 'stored' : 'virtual',
  };
}

/** A relation with one more column, and with what its definition brings. */
export function withColumn(relation: Relation, definition: ColumnDef, catalog: Catalog): Relation {
  const column = columnOf(definition, catalog);
  const grown: Relation = { ...relation, columns: [...relation.columns.filter(({ name }) => name !== column.name), column] };
  return clausesOf(definition).reduce<Relation>((made, clause) => withConstraint(made, clause, catalog, column.name), grown);
}

/** A relation with one more constraint, and the index that it brings. */
export function withConstraint(relation: Relation, node: ConstraintNode, catalog: Catalog, column?: string): Relation {
  const constraint = tryConstraintOf(node, relation, catalog, column);
  if (constraint === undefined) {
    return relation;
  }
  const index = tryIndexOf(constraint, node, relation);
  const isKey = constraint.kind === 'PRIMARY KEY';
  return {
    ...relation,
    columns: isKey ? relation.columns.map((each) => constraint.columns.includes(each.name) ? { ...each, notNull: 'yes' as const } : each) : relation.columns,
    constraints: [...relation.constraints, constraint],
    indexes: index === undefined ? relation.indexes : [...relation.indexes.filter(({ name }) => name !== node.indexname), index],
  };
}
