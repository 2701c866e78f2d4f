import type { ColumnDef } from 'libpg-query';
import { constraintEffect } from './alter-constraints';
import type { CommandEffect } from './alter-target';
import { lockAll, type Refusal, type Surroundings, type Work } from './effect';
import { familyOf, workOn } from './storage';
import { clausesOf, columnOf, tryFindClause } from '../catalog/column-of';
import type { Column, Relation } from '../catalog/relation';
import { isSerial } from '../catalog/sql-type';
import { volatileIn } from '../catalog/volatility';
import { as, isNull } from '../sql/node';

/** ADD COLUMN: whether each row must be written depends on the default and on the type. */
export const addColumn: CommandEffect = ({ def, missing_ok: mayExist }, { id, relation, inherits }, surroundings) => {
  const definition = as(def, 'ColumnDef') ?? {};
  const column = columnOf(definition, surroundings.catalog);
  const exists = relation?.columns.some(({ name }) => name === column.name) === true;
  const family = lockAll(familyOf(id, surroundings.catalog, inherits), 'ACCESS EXCLUSIVE');
  if (exists && mayExist) {
    return { command: 'ADD COLUMN', column: column.name, locks: family, work: [] };
  }
  const rewrite = rewriteOf(definition, column, id, surroundings);
  const added = { column, hasDefault: hasValue(column) };
  const clauses = clausesOf(definition).map((clause) => constraintEffect(clause, { id, relation, inherits }, surroundings, added));
  return {
    command: 'ADD COLUMN',
    column: column.name,
    locks: [...family, ...clauses.flatMap(({ locks }) => locks)],
    work: [...rewrite, ...scanOf(column, rewrite, id, surroundings), ...clauses.flatMap(({ work }) => work)],
    refusal: exists ? { sqlstate: '42701', message: `column ${column.name} of ${id} exists already` } : refusalOf(column, relation, surroundings) ?? clauses.find(({ refusal }) => refusal !== undefined)?.refusal,
  };
};

function hasValue(column: Column): boolean {
  return column.identity || column.generated !== undefined || (column.default !== undefined && !isNull(column.default));
}

function rewriteOf(definition: ColumnDef, column: Column, id: string, { catalog, version }: Surroundings): Work[] {
  const generated = tryFindClause(definition, 'CONSTR_GENERATED');
  const volatile = volatileIn(column.default, catalog);
  const domain = catalog.tryFindType(column.type.name);
  const because = isSerial(definition.typeName) ? 'a serial takes a number of its sequence for every row'
    : column.identity ? 'an identity takes a number of its sequence for every row'
      : generated && column.generated === 'stored' ? 'the stored value of every row is worked out'
        : volatile ? `${volatile.function}() ${volatile.isKnown ? 'is volatile' : 'is not known and may be volatile'}, so that every row gets a value of its own`
          : domain?.isConstrained && !column.type.isArray && version < 19 ? `the domain ${domain.id} has constraints`
            : undefined;
  return because === undefined ? [] : workOn('rewrite', id, catalog, because);
}

/** A column without a value that may not be null is looked for in every row, even though one is enough to fail. */
function scanOf(column: Column, rewrite: readonly Work[], id: string, { catalog }: Surroundings): Work[] {
  return column.notNull === 'yes' && rewrite.length === 0 && !hasValue(column) ? workOn('scan', id, catalog, 'rows are looked for, which would lack a value') : [];
}

/** A table that has rows cannot get a column that each must fill. */
function refusalOf(column: Column, relation: Relation | undefined, { catalog, version }: Surroundings): Refusal | undefined {
  if (column.generated === 'stored' && version < 12) {
    return { sqlstate: '42601', message: 'generated columns are known to PostgreSQL 12 and later' };
  }
  if (version < 13 && volatileIn(column.default, catalog)?.function === 'gen_random_uuid' && catalog.tryFindFunction(['gen_random_uuid']) === undefined) {
    return { sqlstate: '42883', message: 'gen_random_uuid() is known to PostgreSQL 13 and later, or by the extension pgcrypto' };
  }
  if (column.generated === 'virtual' && version < 18) {
    return { sqlstate: '42601', message: 'virtual generated columns are known to PostgreSQL 18 and later' };
  }
  const isRequired = column.notNull === 'yes' || (catalog.tryFindType(column.type.name)?.isNotNull === true && !column.type.isArray);
  return isRequired && !hasValue(column) && relation?.kind !== 'foreign table'
    ? { sqlstate: '23502', message: `column ${column.name} of ${relation?.id ?? 'the table'} contains null values, wherever there is a row` }
    : undefined;
}
