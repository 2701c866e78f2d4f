import type { Constraint as ConstraintNode } from 'libpg-query';
import { missingColumn, type CommandEffect, type Target } from './alter-target';
import { lockAll, type Action, type Lock, type Refusal, type Surroundings, type Work } from './effect';
import { isNotNullImplied } from './implied';
import { familyOf, storedOf, workOn } from './storage';
import { notNullName } from '../catalog/apply-alter-table';
import { tryConstraintOf } from '../catalog/constraint-of';
import { tryFindColumn, tryFindConstraint, type Column, type Relation } from '../catalog/relation';
import { as, namesOf } from '../sql/node';

/** ADD CONSTRAINT. */
export const addConstraint: CommandEffect = ({ def }, target, surroundings) => {
  const node = as(def, 'Constraint') ?? {};
  const { locks, work, refusal } = constraintEffect(node, target, surroundings);
  const isTaken = node.conname !== undefined && target.relation?.constraints.some(({ name }) => name === node.conname) === true;
  const taken = isTaken ? { sqlstate: '42710', message: `constraint ${node.conname} of ${target.id} exists already` } : undefined;
  const made = target.relation && tryConstraintOf(node, target.relation, surroundings.catalog);
  return { command: `ADD ${WORDS[node.contype ?? ''] ?? 'CONSTRAINT'}`, name: node.conname ?? made?.name, locks, work, refusal: refusal ?? taken };
};

const WORDS: Readonly<Record<string, string>> = {
  CONSTR_CHECK: 'CHECK', CONSTR_UNIQUE: 'UNIQUE', CONSTR_PRIMARY: 'PRIMARY KEY', CONSTR_EXCLUSION: 'EXCLUDE', CONSTR_FOREIGN: 'FOREIGN KEY', CONSTR_NOTNULL: 'NOT NULL',
};

/** What the clause of a column adds, while the column is new itself. */
interface OfColumn {
  readonly column: Column;
  readonly hasDefault: boolean;
}

/** What a constraint costs that is added to a table, alone or with a new column. */
export function constraintEffect(node: ConstraintNode, target: Target, surroundings: Surroundings, added?: OfColumn): Pick<Action, 'locks' | 'work' | 'refusal'> {
  const { catalog } = surroundings;
  const family = familyOf(target.id, catalog, target.inherits);
  switch (node.contype) {
    case 'CONSTR_CHECK': return {
      locks: lockAll(family, 'ACCESS EXCLUSIVE'),
      work: isUnchecked(node) ? [] : workOn('scan', target.id, catalog, 'every row is checked'),
      refusal: tooOld(node, surroundings),
    };
    case 'CONSTR_UNIQUE': case 'CONSTR_PRIMARY': case 'CONSTR_EXCLUSION': return {
      refusal: node.contype === 'CONSTR_PRIMARY' && target.relation?.constraints.some(({ kind }) => kind === 'PRIMARY KEY')
        ? { sqlstate: '42P16', message: `${target.id} has a primary key already` } : undefined,
      // Before 18 the partitions are locked by the building of their indexes alone.
      locks: [...lockAll([target.id], 'ACCESS EXCLUSIVE'), ...lockAll(family.slice(1), target.relation?.kind === 'partitioned table' && surroundings.version < 18 ? 'SHARE' : 'ACCESS EXCLUSIVE')],
      work: [...node.indexname === undefined ? workOn('index build', target.id, catalog, 'the index of the constraint is built') : [],
        ...added ? [] : keyScan(node, target, surroundings)],
    };
    case 'CONSTR_FOREIGN': return foreignKey(node, target, surroundings, added);
    case 'CONSTR_NOTNULL': return added ? { locks: [], work: [] } : notNull(node, target, surroundings);
    default: return { locks: [], work: [] };
  }
}

function isUnchecked(node: ConstraintNode): boolean {
  // The parser leaves out what is false.
  return node.skip_validation === true || node.is_enforced !== true;
}

function tooOld(node: ConstraintNode, { version }: Surroundings): Refusal | undefined {
  return node.is_enforced !== true && version < 18 ? { sqlstate: '42601', message: 'NOT ENFORCED is known to PostgreSQL 18 and later' } : undefined;
}

/** A primary key makes its columns NOT NULL, and looks for null in those that are not. */
function keyScan(node: ConstraintNode, { id, relation }: Target, { catalog, version }: Surroundings): Work[] {
  const columns = tryConstraintOf(node, relation ?? EMPTY, catalog)?.columns ?? [];
  const isProven = (name: string) => tryFindColumn(relation, name)?.notNull === 'yes' || (version >= 12 && isNotNullImplied(relation, name));
  return node.contype !== 'CONSTR_PRIMARY' || (columns.length > 0 && columns.every(isProven)) ? [] : workOn('scan', id, catalog, 'its columns are looked through for null');
}

const EMPTY = { name: '', columns: [], constraints: [], indexes: [] } as unknown as Relation;

function foreignKey(node: ConstraintNode, { id, relation, inherits }: Target, { catalog, version }: Surroundings, added?: OfColumn) {
  const parent = catalog.idOf(node.pktable ?? {});
  const isPartitioned = relation?.kind === 'partitioned table';
  const locks: Lock[] = [...lockAll(familyOf(id, catalog, inherits && isPartitioned), 'SHARE ROW EXCLUSIVE'), ...lockAll(familyOf(parent, catalog), 'SHARE ROW EXCLUSIVE')];
  const isChecked = !isUnchecked(node) && (added === undefined || added.hasDefault);
  const reads = isChecked ? [...storedOf(id, catalog, isPartitioned), ...storedOf(parent, catalog)] : [];
  return {
    locks,
    work: reads.map((each): Work => ({ kind: 'scan', relation: each, because: 'every row is looked up in the table that it references' })),
    refusal: isPartitioned && node.skip_validation && version < 18
      ? { sqlstate: '42809', message: 'PostgreSQL before 18 has no foreign key NOT VALID on a partitioned table' }
      : tooOld(node, { catalog, version, isInTransaction: false }),
  };
}

function notNull(node: ConstraintNode, { id, relation, inherits }: Target, { catalog, version }: Surroundings) {
  const [name] = namesOf(node.keys);
  const isProven = tryFindColumn(relation, name)?.notNull === 'yes' || isNotNullImplied(relation, name);
  return {
    locks: lockAll(familyOf(id, catalog, inherits), 'ACCESS EXCLUSIVE'),
    work: node.skip_validation || isProven ? [] : workOn('scan', id, catalog, 'every row is looked through for null'),
    refusal: version < 18 ? { sqlstate: '42601', message: 'ADD NOT NULL as a constraint is known to PostgreSQL 18 and later' } : missingColumn(relation, name),
  };
}

/** VALIDATE CONSTRAINT: reads every row while others read and write. */
export const validateConstraint: CommandEffect = ({ name }, { id, relation, inherits }, { catalog }) => {
  const constraint = tryFindConstraint(relation, name);
  const pending = relation?.columns.find((column) => column.notNull === 'not valid' && notNullName(relation, column) === name);
  const parent = constraint?.references?.relation;
  const isDone = constraint?.isValidated === true;
  const family = familyOf(id, catalog, inherits && constraint?.kind !== 'FOREIGN KEY');
  const reads = isDone ? [] : [...storedOf(id, catalog, inherits), ...parent ? storedOf(parent, catalog) : []];
  return {
    command: 'VALIDATE CONSTRAINT',
    name,
    locks: [...lockAll(isDone ? [id] : family, 'SHARE UPDATE EXCLUSIVE'), ...parent && !isDone ? lockAll(familyOf(parent, catalog), 'ROW SHARE') : []],
    work: reads.map((each): Work => ({ kind: 'scan', relation: each, because: 'every row is checked' })),
    refusal: relation?.isKnown && constraint === undefined && pending === undefined ? missingConstraint(name, id) : undefined,
  };
};

/** DROP CONSTRAINT: a foreign key has triggers on both tables. */
export const dropConstraint: CommandEffect = ({ name, missing_ok: mayBeMissing, behavior }, { id, relation, inherits }, { catalog }) => {
  const constraint = tryFindConstraint(relation, name);
  const parent = constraint?.references?.relation;
  const dependents = ['PRIMARY KEY', 'UNIQUE'].includes(constraint?.kind ?? '') ? catalog.referencing(id).filter(({ constraint: { references } }) => isOn(references?.columns, constraint)) : [];
  const isMissing = relation?.isKnown === true && constraint === undefined
    && !relation.columns.some((column) => notNullName(relation, column) === name);
  return {
    command: 'DROP CONSTRAINT',
    name,
    locks: [
      ...lockAll(familyOf(id, catalog, inherits), 'ACCESS EXCLUSIVE'),
      ...parent ? lockAll(familyOf(parent, catalog), 'ACCESS EXCLUSIVE') : [],
      ...lockAll(dependents.map(({ relation: each }) => each.id), 'ACCESS EXCLUSIVE'),
    ],
    work: [],
    refusal: isMissing && !mayBeMissing ? missingConstraint(name, id)
      : dependents.length > 0 && behavior !== 'DROP_CASCADE'
        ? { sqlstate: '2BP01', message: `foreign key ${dependents[0].constraint.name} of ${dependents[0].relation.id} depends on it` } : undefined,
  };
};

/** Whether a foreign key references this key: one that names no columns references the primary key. */
function isOn(columns: readonly string[] | undefined, key: { readonly kind: string; readonly columns: readonly string[] } | undefined): boolean {
  return columns === undefined || columns.length === 0 ? key?.kind === 'PRIMARY KEY' : [...columns].sort().join() === [...key?.columns ?? []].sort().join();
}

function missingConstraint(name: string | undefined, id: string): Refusal {
  return { sqlstate: '42704', message: `constraint ${name} of ${id} does not exist` };
}
