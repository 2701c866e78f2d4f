import type { AlterTableCmd, AlterTableStmt, Constraint } from 'libpg-query';
import { unknownRelation, type Catalog } from './catalog';
import { withColumn, withConstraint } from './column-of';
import type { Column, Relation } from './relation';
import { allOf, as, namesOf } from '../sql/node';

type Change = (relation: Relation, command: AlterTableCmd, catalog: Catalog) => Relation;

/** Indexes and types are altered by the same statement, and are no relations here. */
const OF_RELATIONS = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE']);

/** ALTER TABLE; heirs and partitions change with their parent. */
export function applyAlterTable(statement: AlterTableStmt, catalog: Catalog): void {
  const { schemaname, relname } = statement.relation ?? {};
  if (!OF_RELATIONS.has(statement.objtype ?? '')) {
    return;
  }
  const id = catalog.idOf({ schemaname, relname });
  if (!catalog.tryFind(id)) {
    if (statement.missing_ok) {
      return;
    }
    catalog.put(unknownRelation(id, schemaname ?? catalog.currentSchema, relname ?? ''));
  }
  for (const command of allOf(statement.cmds, 'AlterTableCmd')) {
    const change = CHANGES[command.subtype ?? ''];
    const heirs = statement.relation?.inh !== true ? [] : catalog.descendantsOf(id).map((heir) => heir.id);
    if (change) {
      [id, ...RECURSING.test(command.subtype ?? '') ? heirs : []].forEach((each) => catalog.change(each, (relation) => change(relation, command, catalog)));
    } else {
      applyPartition(id, command, catalog);
    }
  }
}

const RECURSING = /^AT_(Add|Drop)Column$|^AT_AlterColumnType$|NotNull$|^AT_(Add|Drop|Validate)Constraint$|^AT_ColumnDefault$/;

function withChanged(change: (column: Column, command: AlterTableCmd, catalog: Catalog) => Partial<Column>): Change {
  return (relation, command, catalog) => ({
    ...relation,
    columns: relation.columns.map((column) => column.name === command.name ? { ...column, ...change(column, command, catalog) } : column),
  });
}

const CHANGES: Readonly<Record<string, Change>> = {
  AT_AddColumn: (relation, { def, missing_ok: mayExist }, catalog) => {
    const definition = as(def, 'ColumnDef');
    const exists = relation.columns.some(({ name }) => name === definition?.colname);
    return definition === undefined || (mayExist && exists) ? relation : withColumn(relation, definition, catalog);
  },
  AT_DropColumn: (relation, { name = '' }) => withoutColumn(relation, name),
  AT_AlterColumnType: withChanged((_column, { def }, catalog) => ({ type: catalog.resolve(as(def, 'ColumnDef')?.typeName) })),
  AT_SetNotNull: withChanged(() => ({ notNull: 'yes' })),
  AT_DropNotNull: withChanged(() => ({ notNull: 'no' })),
  AT_ColumnDefault: withChanged((_column, { def }) => ({ default: def })),
  AT_AddIdentity: withChanged(() => ({ identity: true })),
  AT_DropIdentity: withChanged(() => ({ identity: false })),
  AT_DropExpression: withChanged(() => ({ generated: undefined })),
  AT_AddConstraint: (relation, { def }, catalog) => {
    const node = as(def, 'Constraint');
    return node === undefined ? relation : node.contype === 'CONSTR_NOTNULL' ? withNotNull(relation, node) : withConstraint(relation, node, catalog);
  },
  AT_ValidateConstraint: (relation, { name }) => validated(relation, name),
  AT_DropConstraint: (relation, { name }) => ({
    ...relation,
    constraints: relation.constraints.filter((constraint) => constraint.name !== name),
    indexes: relation.indexes.filter((index) => index.constraint !== name),
    columns: relation.columns.map((column) => notNullName(relation, column) === name ? { ...column, notNull: 'no' as const } : column),
  }),
  AT_SetTableSpace: (relation, { name }) => ({ ...relation, tablespace: name === 'pg_default' ? undefined : name }),
  AT_SetAccessMethod: (relation, { name }) => ({ ...relation, accessMethod: name ?? 'heap' }),
  AT_SetLogged: (relation) => ({ ...relation, persistence: 'permanent' }),
  AT_SetUnLogged: (relation) => ({ ...relation, persistence: 'unlogged' }),
  AT_AddInherit: (relation, { def }, catalog) => ({ ...relation, parents: [...relation.parents, catalog.idOf(as(def, 'RangeVar') ?? {})] }),
  AT_DropInherit: (relation, { def }, catalog) => {
    const parent = catalog.idOf(as(def, 'RangeVar') ?? {});
    return { ...relation, parents: relation.parents.filter((each) => each !== parent) };
  },
};

/** The name that 18 gives to a NOT NULL of which nothing else is said. */
export function notNullName(relation: Relation, column: Column): string | undefined {
  return column.notNull === 'no' ? undefined : column.notNullName ?? `${relation.name}_${column.name}_not_null`;
}

function withNotNull(relation: Relation, node: Constraint): Relation {
  const [name] = namesOf(node.keys);
  return {
    ...relation,
    columns: relation.columns.map((column) => {
      const state = node.skip_validation && column.notNull !== 'yes' ? 'not valid' as const : 'yes' as const;
      return column.name === name ? { ...column, notNull: state, notNullName: node.conname } : column;
    }),
  };
}

function validated(relation: Relation, name: string | undefined): Relation {
  return {
    ...relation,
    constraints: relation.constraints.map((constraint) => constraint.name === name ? { ...constraint, isValidated: true } : constraint),
    columns: relation.columns.map((column) => notNullName(relation, column) === name ? { ...column, notNull: 'yes' as const } : column),
  };
}

/** What a dropped column takes with it: indexes and constraints that name it. */
export function withoutColumn(relation: Relation, name: string): Relation {
  return {
    ...relation,
    columns: relation.columns.filter((column) => column.name !== name),
    constraints: relation.constraints.filter(({ columns }) => !columns.includes(name)),
    indexes: relation.indexes.filter(({ columns }) => !columns.includes(name)),
  };
}

function applyPartition(parent: string, { subtype, def }: AlterTableCmd, catalog: Catalog): void {
  const command = as(def, 'PartitionCmd');
  const child = catalog.idOf(command?.name ?? {});
  if (subtype === 'AT_AttachPartition') {
    const attached = catalog.tryFind(parent);
    catalog.change(child, ({ indexes, name }) => ({
      parents: [parent],
      isPartition: true,
      isDefaultPartition: command?.bound?.is_default === true,
      indexes: attached && indexes.length === 0 ? attached.indexes.map((index) => ({ ...index, name: `${name}_${index.name}` })) : indexes,
    }));
  } else if (subtype === 'AT_DetachPartition' || subtype === 'AT_DetachPartitionFinalize') {
    catalog.change(child, () => ({ parents: [], isPartition: false, isDefaultPartition: false }));
  }
}

