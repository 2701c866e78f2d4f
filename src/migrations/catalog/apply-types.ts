import type { AlterDomainStmt, AlterEnumStmt, CompositeTypeStmt, CreateDomainStmt, CreateEnumStmt, CreateFunctionStmt } from 'libpg-query';
import type { Catalog, Volatility } from './catalog';
import { madeName, qualifiedName } from '../../sql/quote';
import type { Body } from '../sql/body';
import { allOf, as, namesOf, stringOf } from '../sql/node';

function idOf(names: readonly string[], catalog: Catalog): string {
  return qualifiedName(names.length > 1 ? names : [catalog.currentSchema, ...names]);
}

/** CREATE TYPE … AS ENUM. */
export function applyCreateEnum({ typeName, vals }: CreateEnumStmt, catalog: Catalog, madeIn: string): void {
  catalog.putType({ id: idOf(namesOf(typeName), catalog), kind: 'enum', isConstrained: false, constraints: [], labels: namesOf(vals), madeIn });
}

/** ALTER TYPE … ADD VALUE and RENAME VALUE. */
export function applyAlterEnum({ typeName, newVal, oldVal }: AlterEnumStmt, catalog: Catalog): void {
  const type = catalog.tryFindType(qualifiedName(namesOf(typeName)));
  if (type && newVal !== undefined) {
    const labels = oldVal === undefined
      ? [...type.labels.filter((label) => label !== newVal), newVal]
      : type.labels.map((label) => label === oldVal ? newVal : label);
    catalog.putType({ ...type, labels });
  }
}

/** CREATE DOMAIN. */
export function applyCreateDomain({ domainname, typeName, constraints }: CreateDomainStmt, catalog: Catalog, madeIn: string): void {
  const names = namesOf(domainname);
  const clauses = allOf(constraints, 'Constraint').filter(({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_NOTNULL');
  const base = catalog.resolve(typeName);
  const under = catalog.tryFindType(base.name);
  catalog.putType({
    id: idOf(names, catalog),
    kind: 'domain',
    base,
    isConstrained: clauses.length > 0 || under?.isConstrained === true,
    constraints: clauses.map(({ conname }) => ({ name: conname ?? madeName(names[names.length - 1], 'check'), isValidated: true })),
    isNotNull: clauses.some(({ contype }) => contype === 'CONSTR_NOTNULL') || under?.isNotNull === true,
    labels: [],
    madeIn,
  });
}

/** ALTER DOMAIN. */
export function applyAlterDomain({ typeName, subtype, def, name }: AlterDomainStmt, catalog: Catalog): void {
  const domain = catalog.tryFindType(qualifiedName(namesOf(typeName)));
  if (domain === undefined) {
    return;
  }
  const constraint = as(def, 'Constraint');
  switch (subtype) {
    case 'C': {
      const made = { name: constraint?.conname ?? madeName(...namesOf(typeName).slice(-1), 'check'), isValidated: constraint?.skip_validation !== true };
      catalog.putType({ ...domain, isConstrained: true, constraints: [...domain.constraints, made] });
      break;
    }
    case 'O': catalog.putType({ ...domain, isConstrained: true, isNotNull: true }); break;
    case 'X': {
      const constraints = domain.constraints.filter((each) => each.name !== name);
      catalog.putType({ ...domain, constraints, isConstrained: constraints.length > 0 });
      break;
    }
  }
}

/** CREATE TYPE … AS (…). */
export function applyCreateComposite({ typevar }: CompositeTypeStmt, catalog: Catalog, madeIn: string): void {
  catalog.putType({ id: catalog.idOf(typevar ?? {}), kind: 'composite', isConstrained: false, constraints: [], labels: [], madeIn });
}

/** CREATE FUNCTION: what a default, a call or a trigger that names it needs to know. */
export function applyCreateFunction({ funcname, options }: CreateFunctionStmt, catalog: Catalog, _madeIn: string, body?: Body): void {
  const volatility = stringOf(allOf(options, 'DefElem').find(({ defname }) => defname === 'volatility')?.arg) as Volatility | undefined;
  catalog.putFunction(catalog.nameOfFunction(namesOf(funcname)), { volatility: volatility ?? 'volatile', body });
}
