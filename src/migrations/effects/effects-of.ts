import type { Node, RangeVar } from 'libpg-query';
import { alterTable } from './alter-table';
import { createIndex, createTable, createTableAs, createTrigger, createView, refresh } from './create-effects';
import { drop, rename, setSchema, truncate } from './drop-effects';
import { lockAll, type Action, type Surroundings } from './effect';
import type { LockMode } from './lock-mode';
import { alterDomain, cluster, lockTable, reindex, select, vacuum, write } from './other-effects';
import { familyOf } from './storage';
import { qualifiedName } from '../../sql/quote';
import { allOf, as, dottedOf, kindOf, namesOf, type BodyOf, type NodeKind } from '../sql/node';

type Effects<K extends NodeKind> = (statement: BodyOf<K>, surroundings: Surroundings) => Action | readonly Action[];

/** What a statement does: the locks, the work, and whether the server refuses it. */
export function effectsOf(statement: Node, surroundings: Surroundings): readonly Action[] {
  const kind = kindOf(statement) as NodeKind;
  const effects = EFFECTS[kind] as Effects<NodeKind> | undefined;
  const actions = effects ? [effects(as(statement, kind) as BodyOf<NodeKind>, surroundings)].flat() : [unlisted(statement)];
  return actions.map((action) => action.needsNoTransaction && surroundings.isInTransaction && action.refusal === undefined
    ? { ...action, refusal: { sqlstate: '25001', message: `${action.command} cannot run inside a transaction block` } } : action);
}

/** Statements of these kinds touch no table. */
const HARMLESS = new RegExp('^(Variable(Set|Show)|Transaction|Create(Schema|Seq|Enum|Domain|Function|Extension|Role|Cast|Op|OpClass|OpFamily|Conversion|Am|Range|EventTrig|PLang|Fdw'
  + '|ForeignServer|UserMapping|Transform)|CompositeType|Define|Grant|GrantRole|Alter(Seq|Enum|Function|Owner|Extension|ExtensionContents|Role|RoleSet|DefaultPrivileges'
  + '|System|ObjectDepends|Collation|Type|TSConfiguration|TSDictionary|OpFamily|Operator|Database|DatabaseSet|EventTrig|ForeignServer|UserMapping)|DropRole|Notify|Listen|Unlisten'
  + '|Discard|Constraints(Set)?|CheckPoint|Load|Explain|Prepare|Execute|Deallocate|SecLabel|DeclareCursor|Fetch|ClosePortal|ReturnStmt)(Stmt)?$');

/** Statements that cannot run within a transaction, and touch no table that is used. */
const OUTSIDE: Readonly<Record<string, string>> = {
  CreatedbStmt: 'CREATE DATABASE', DropdbStmt: 'DROP DATABASE', CreateTableSpaceStmt: 'CREATE TABLESPACE', DropTableSpaceStmt: 'DROP TABLESPACE', AlterSystemStmt: 'ALTER SYSTEM',
};

function unlisted(node: Node): Action {
  const kind = kindOf(node);
  const outside = OUTSIDE[kind];
  if (outside !== undefined) {
    return { command: outside, node, locks: [], work: [], needsNoTransaction: true };
  }
  return { command: wordsOf(kind), node, locks: [], work: [], opaque: HARMLESS.test(kind) ? undefined : 'what statements of this kind lock is not known' };
}

/** `CreateSeqStmt` as `CREATE SEQ`: the words by which a statement of no special kind is told. */
function wordsOf(kind: string): string {
  return kind.replace(/Stmt$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase();
}

/** A statement about one table that takes one lock. */
function onTable(command: string, mode: LockMode, range: RangeVar | undefined, node: Node, { catalog }: Surroundings, name?: string): Action {
  const id = catalog.idOf(range ?? {});
  return { command, relation: id, name, node, locks: lockAll([id], mode), work: [] };
}

const EFFECTS: { readonly [K in NodeKind]?: Effects<K> } = {
  AlterTableStmt: alterTable,
  CreateStmt: createTable,
  CreateForeignTableStmt: ({ base }, surroundings) => createTable(base ?? {}, surroundings),
  IndexStmt: createIndex,
  ViewStmt: createView,
  CreateTableAsStmt: createTableAs,
  CreateTrigStmt: createTrigger,
  RefreshMatViewStmt: refresh,
  DropStmt: drop,
  RenameStmt: rename,
  AlterObjectSchemaStmt: setSchema,
  TruncateStmt: truncate,
  ReindexStmt: reindex,
  VacuumStmt: vacuum,
  ClusterStmt: cluster,
  LockStmt: lockTable,
  AlterDomainStmt: alterDomain,
  AlterEnumStmt: (statement, { version }) => ({
    command: statement.oldVal === undefined ? 'ADD VALUE' : 'RENAME VALUE',
    relation: undefined,
    name: qualifiedName(namesOf(statement.typeName)),
    node: { AlterEnumStmt: statement },
    locks: [],
    work: [],
    needsNoTransaction: statement.oldVal === undefined && version < 12,
  }),
  RuleStmt: (statement, surroundings) => onTable('CREATE RULE', 'ACCESS EXCLUSIVE', statement.relation, { RuleStmt: statement }, surroundings, statement.rulename),
  CreatePolicyStmt: (statement, surroundings) => onTable('CREATE POLICY', 'ACCESS EXCLUSIVE', statement.table, { CreatePolicyStmt: statement }, surroundings, statement.policy_name),
  AlterPolicyStmt: (statement, surroundings) => onTable('ALTER POLICY', 'ACCESS EXCLUSIVE', statement.table, { AlterPolicyStmt: statement }, surroundings, statement.policy_name),
  CreateStatsStmt: (statement, surroundings) => onTable('CREATE STATISTICS', 'SHARE UPDATE EXCLUSIVE', allOf(statement.relations, 'RangeVar')[0], { CreateStatsStmt: statement }, surroundings),
  CommentStmt: (statement, { catalog }) => {
    const { objtype = '', object } = statement;
    const names = dottedOf(object);
    const table = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW'].includes(objtype) ? names : ['OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT', 'OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'].includes(objtype) ? names.slice(0, -1) : [];
    const mode = objtype === 'OBJECT_TABCONSTRAINT' || objtype === 'OBJECT_TRIGGER' || objtype === 'OBJECT_POLICY' || objtype === 'OBJECT_RULE' ? 'ACCESS SHARE' : 'SHARE UPDATE EXCLUSIVE';
    return { command: 'COMMENT', node: { CommentStmt: statement }, locks: table.length === 0 ? [] : lockAll([catalog.idOfNames(table)], mode), work: [] };
  },
  CreatePublicationStmt: (statement, surroundings) => publication('CREATE PUBLICATION', statement.pubobjects, { CreatePublicationStmt: statement }, surroundings),
  AlterPublicationStmt: (statement, surroundings) => publication('ALTER PUBLICATION', statement.pubobjects, { AlterPublicationStmt: statement }, surroundings),
  SelectStmt: (statement, surroundings) => select({ SelectStmt: statement }, surroundings),
  InsertStmt: (statement, surroundings) => write('INSERT', statement.relation, { InsertStmt: statement }, surroundings),
  UpdateStmt: (statement, surroundings) => write('UPDATE', statement.relation, { UpdateStmt: statement }, surroundings),
  DeleteStmt: (statement, surroundings) => write('DELETE', statement.relation, { DeleteStmt: statement }, surroundings),
  MergeStmt: (statement, surroundings) => write('MERGE', statement.relation, { MergeStmt: statement }, surroundings),
  CopyStmt: (statement, surroundings) => statement.is_from
    ? write('COPY', statement.relation, { CopyStmt: statement }, surroundings)
    : { ...select({ CopyStmt: statement }, surroundings), command: 'COPY TO' },
  CallStmt: (statement) => ({ command: 'CALL', node: { CallStmt: statement }, locks: [], work: [], opaque: 'what a procedure does is not looked into' }),
  DoStmt: (statement) => ({ command: 'DO', node: { DoStmt: statement }, locks: [], work: [], opaque: 'its body could not be looked into' }),
};

function publication(command: string, objects: readonly Node[] | undefined, node: Node, { catalog }: Surroundings): Action {
  const tables = allOf(objects, 'PublicationObjSpec').flatMap(({ pubtable }) => pubtable?.relation ?? []).flatMap((range) => familyOf(catalog.idOf(range), catalog, range.inh === true));
  return { command, node, locks: lockAll(tables, 'SHARE UPDATE EXCLUSIVE'), work: [] };
}
