import { missingColumn, type CommandEffect } from './alter-target';
import { lockAll, type Refusal, type Surroundings, type Work } from './effect';
import { isNotNullImplied } from './implied';
import { familyOf, storedOf, workOn } from './storage';
import { typeChangeOf } from './type-change';
import { tryFindColumn, type Relation } from '../catalog/relation';
import { as } from '../sql/node';

/** ALTER COLUMN … TYPE: what it costs depends on the old type. */
export const alterColumnType: CommandEffect = ({ name = '', def }, { id, relation, inherits }, surroundings) => {
  const { catalog } = surroundings;
  const definition = as(def, 'ColumnDef');
  const to = catalog.resolve(definition?.typeName);
  const change = typeChangeOf(tryFindColumn(relation, name)?.type, to, definition?.raw_default, surroundings);
  const keys = relation?.constraints.filter(({ kind, columns }) => kind === 'FOREIGN KEY' && columns.includes(name)) ?? [];
  const referencing = keysTo(id, name, relation, catalog);
  const linked = [...keys.flatMap(({ references }) => references?.relation ?? []), ...referencing.map((each) => each.relation.id)];
  return {
    command: 'ALTER COLUMN TYPE',
    column: name,
    locks: [
      ...lockAll(familyOf(id, catalog, inherits), 'ACCESS EXCLUSIVE'),
      ...lockAll(linked, 'ACCESS EXCLUSIVE'),
    ],
    work: change.rewrites ? [...workOn('rewrite', id, catalog, change.because), ...linked.flatMap((each) => workOn('scan', each, catalog, 'a foreign key of the column is held against every row again'))] : leftover(relation, name, id, change.rebuildsIndexes || definition?.collClause !== undefined, surroundings),
    refusal: missingColumn(relation, name) ?? usedRefusal(id, name, surroundings),
  };
};

/** The foreign keys that reference a column; one that names none references the primary key. */
function keysTo(id: string, column: string, relation: Relation | undefined, catalog: Surroundings['catalog']): ReturnType<typeof catalog.referencing> {
  return catalog.referencing(id).filter(({ constraint: { references } }) =>
    references?.columns.includes(column) || (references?.columns.length === 0 && isKey(relation, column)));
}

function isKey(relation: Relation | undefined, name: string): boolean {
  return relation?.constraints.some(({ kind, columns }) => kind === 'PRIMARY KEY' && columns.includes(name)) === true;
}

/** What is left to do where the table need not be written: checks are held against every row, and indexes of another class are built. */
function leftover(relation: Relation | undefined, name: string, id: string, rebuilds: boolean, { catalog }: Surroundings): Work[] {
  const isChecked = relation?.constraints.some(({ kind, columns, isValidated }) => kind === 'CHECK' && isValidated && columns.includes(name));
  const isIndexed = rebuilds && relation?.indexes.some(({ columns, hasExpressions }) => columns.includes(name) || hasExpressions);
  return [
    ...isChecked ? workOn('scan', id, catalog, 'a CHECK of the column is held against every row again') : [],
    ...isIndexed ? workOn('index build', id, catalog, 'an index over the column is built again') : [],
  ];
}

function usedRefusal(id: string, column: string, { catalog }: Surroundings): Refusal | undefined {
  const [view] = catalog.readersOf(id, column).filter(({ reads }) => reads.some(({ columns }) => columns !== 'any'));
  return view && { sqlstate: '0A000', message: `view ${view.id} uses the column` };
}

/** SET NOT NULL: reads every row, unless what is validated already says that none is null. */
export const setNotNull: CommandEffect = ({ name = '' }, { id, relation, inherits }, { catalog, version }) => {
  const unproven = storedOf(id, catalog, inherits).filter((each) => {
    const stored = catalog.tryFind(each);
    return tryFindColumn(stored, name)?.notNull !== 'yes' && !(version >= 12 && isNotNullImplied(stored, name));
  });
  return {
    command: 'SET NOT NULL',
    column: name,
    locks: lockAll(familyOf(id, catalog, inherits), 'ACCESS EXCLUSIVE'),
    work: unproven.map((each): Work => ({ kind: 'scan', relation: each, because: 'every row is looked through for null' })),
    refusal: missingColumn(relation, name),
  };
};

/** DROP NOT NULL. */
export const dropNotNull: CommandEffect = ({ name = '' }, { id, relation, inherits }, { catalog }) => ({
  command: 'DROP NOT NULL',
  column: name,
  locks: lockAll(familyOf(id, catalog, inherits), 'ACCESS EXCLUSIVE'),
  work: [],
  refusal: missingColumn(relation, name) ?? (isKey(relation, name) ? { sqlstate: '42P16', message: `column ${name} is in a primary key` } : undefined),
});

/** DROP COLUMN: indexes and constraints over it go silently, views do not. */
export const dropColumn: CommandEffect = ({ name = '', missing_ok: mayBeMissing, behavior }, { id, relation, inherits }, surroundings) => {
  const { catalog } = surroundings;
  const parents = relation?.constraints.filter(({ columns }) => columns.includes(name)).flatMap(({ references }) => references?.relation ?? []) ?? [];
  const referencing = keysTo(id, name, relation, catalog);
  const views = catalog.readersOf(id, name);
  const isCascade = behavior === 'DROP_CASCADE';
  const missing = mayBeMissing ? undefined : missingColumn(relation, name);
  return {
    command: 'DROP COLUMN',
    column: name,
    locks: lockAll([...familyOf(id, catalog, inherits), ...parents, ...isCascade ? [...referencing.map((each) => each.relation.id), ...views.map((view) => view.id)] : []], 'ACCESS EXCLUSIVE'),
    work: [],
    refusal: missing ?? (isCascade ? undefined : neededRefusal(views, referencing.map(({ constraint }) => constraint.name))),
  };
};

function neededRefusal(views: readonly Relation[], keys: readonly string[]): Refusal | undefined {
  const [view] = views.filter(({ reads }) => reads.some(({ columns }) => columns !== 'any'));
  const needs = view ? `view ${view.id}` : keys.length > 0 ? `foreign key ${keys[0]}` : undefined;
  return needs === undefined ? undefined : { sqlstate: '2BP01', message: `${needs} depends on the column` };
}
