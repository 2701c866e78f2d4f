import type { AlterTableCmd, AlterTableStmt, Node } from 'libpg-query';
import { addColumn } from './add-column';
import { alterColumnType, dropColumn, dropNotNull, setNotNull } from './alter-columns';
import { addConstraint, dropConstraint, validateConstraint } from './alter-constraints';
import { attachPartition, detachPartition } from './alter-partitions';
import { missingColumn, missingRelation, type CommandEffect, type Done, type Target } from './alter-target';
import { lockAll, type Action, type Surroundings } from './effect';
import type { LockMode } from './lock-mode';
import { familyOf, workOn } from './storage';
import { applyAlterTable } from '../catalog/apply-alter-table';
import { allOf, as } from '../sql/node';

/** What ALTER TABLE, ALTER INDEX, ALTER VIEW and the like do, by command. */
export function alterTable(statement: AlterTableStmt, surroundings: Surroundings): Action[] {
  const { objtype, relation: range = {}, missing_ok: mayBeMissing } = statement;
  if (!LOCKABLE.has(objtype ?? '')) {
    return allOf(statement.cmds, 'AlterTableCmd').map((command) => ({
      command: `ALTER ${(objtype ?? '').replace('OBJECT_', '')}`, name: range.relname, node: { AlterTableCmd: command }, locks: [], work: [],
    }));
  }
  const id = surroundings.catalog.idOf(range);
  const relation = surroundings.catalog.tryFind(id);
  if (relation === undefined && mayBeMissing) {
    return [];
  }
  const missing = relation === undefined ? missingRelation(id, surroundings) : undefined;
  const actions = inPasses(statement, id, surroundings);
  return missing === undefined ? actions : actions.map((action) => ({ ...action, refusal: missing }));
}

/** In which order the server goes through the commands of a statement: what is dropped first, then types, then what is added. */
function passOf({ subtype }: AlterTableCmd): number {
  return /^AT_Drop(Column|Constraint|NotNull|Expression|Identity)$/.test(subtype ?? '') ? 0
    : subtype === 'AT_AlterColumnType' ? 1 : subtype === 'AT_AddColumn' ? 2 : subtype === 'AT_AddConstraint' ? 4 : subtype === 'AT_SetNotNull' ? 3 : 5;
}

/** What each command does, in what those before it have made of the table. */
function inPasses(statement: AlterTableStmt, id: string, surroundings: Surroundings): Action[] {
  const commands = allOf(statement.cmds, 'AlterTableCmd');
  const catalog = commands.length > 1 ? surroundings.catalog.copy() : surroundings.catalog;
  const done = new Map<AlterTableCmd, Action>();
  for (const command of [...commands].sort((one, other) => passOf(one) - passOf(other))) {
    const target: Target = { id, relation: catalog.tryFind(id), inherits: statement.relation?.inh === true };
    const node: Node = { AlterTableCmd: command };
    const isAgain = command.subtype === 'AT_AlterColumnType' && [...done.keys()].some(({ subtype, name }) => subtype === command.subtype && name === command.name);
    const again = { sqlstate: '0A000', message: `the type of column ${command.name} is changed twice` };
    const effect = effectOf(command, target, { ...surroundings, catalog });
    done.set(command, { ...effect, refusal: isAgain ? again : effect.refusal, relation: id, node });
    if (commands.length > 1) {
      applyAlterTable({ ...statement, cmds: [node] }, catalog);
    }
  }
  return commands.flatMap((command) => done.get(command) ?? []);
}

const LOCKABLE = new Set(['OBJECT_TABLE', 'OBJECT_MATVIEW', 'OBJECT_VIEW', 'OBJECT_FOREIGN_TABLE']);

/** The version that brought a command. */
const SINCE: Readonly<Record<string, number>> = { AT_SetCompression: 14, AT_SetAccessMethod: 15, AT_SetExpression: 17, AT_DropExpression: 13 };

function effectOf(command: AlterTableCmd, target: Target, surroundings: Surroundings): Done {
  const since = SINCE[command.subtype ?? ''];
  const effect = EFFECTS[command.subtype ?? ''];
  if (effect && since !== undefined && surroundings.version < since) {
    return { ...effect(command, target, surroundings), refusal: { sqlstate: '42601', message: `PostgreSQL knows this command since ${since}` } };
  }
  return effect ? effect(command, target, surroundings) : {
    command: `ALTER TABLE (${command.subtype ?? 'unknown'})`,
    locks: lockAll(familyOf(target.id, surroundings.catalog, target.inherits), 'ACCESS EXCLUSIVE'),
    work: [],
    opaque: 'this command is not known',
  };
}

/** A command that only changes what is written of the table. */
function short(words: string, mode: LockMode, { recurses = false, needsColumn = false } = {}): CommandEffect {
  return (command, { id, relation, inherits }, { catalog }) => ({
    command: words,
    column: needsColumn ? command.name : undefined,
    name: needsColumn ? undefined : command.name,
    locks: lockAll(familyOf(id, catalog, inherits && recurses), mode),
    work: [],
    refusal: needsColumn ? missingColumn(relation, command.name) : undefined,
  });
}

const SHARED_OPTIONS = /^(fillfactor|autovacuum_.*|toast\..*|toast_tuple_target|parallel_workers|log_autovacuum_.*|vacuum_.*|n_distinct.*)$/;

const options: CommandEffect = ({ def, subtype }, { id }, _surroundings) => {
  const names = allOf(as(def, 'List')?.items, 'DefElem').map(({ defname, defnamespace }) => defnamespace ? `${defnamespace}.${defname}` : defname ?? '');
  const mode = names.every((name) => SHARED_OPTIONS.test(name)) ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  return { command: subtype === 'AT_ResetRelOptions' ? 'RESET' : 'SET', name: names.join(', '), locks: lockAll([id], mode), work: [] };
};

function rewriting(words: string, isSame: (target: Target, command: AlterTableCmd) => boolean, because: string): CommandEffect {
  return (command, target, { catalog }) => ({
    command: words,
    name: command.name,
    locks: lockAll([target.id], 'ACCESS EXCLUSIVE'),
    work: isSame(target, command) || target.relation?.kind === 'partitioned table' ? [] : workOn('rewrite', target.id, catalog, because).slice(0, 1),
  });
}

const setExpression: CommandEffect = (command, { id, relation, inherits }, { catalog }) => {
  const isVirtual = relation?.columns.find(({ name }) => name === command.name)?.generated === 'virtual';
  return {
    command: 'SET EXPRESSION',
    column: command.name,
    locks: lockAll(familyOf(id, catalog, inherits), 'ACCESS EXCLUSIVE'),
    work: isVirtual ? [] : workOn('rewrite', id, catalog, 'the stored value of every row is worked out anew'),
    refusal: missingColumn(relation, command.name),
  };
};

const inherit: CommandEffect = ({ def, subtype }, { id }, { catalog }) => ({
  command: subtype === 'AT_AddInherit' ? 'INHERIT' : 'NO INHERIT',
  locks: [...lockAll([id], 'ACCESS EXCLUSIVE'), ...lockAll([catalog.idOf(as(def, 'RangeVar') ?? {})], subtype === 'AT_AddInherit' ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS SHARE')],
  work: [],
});

const alterConstraint: CommandEffect = (command, target, surroundings) => {
  const name = as(command.def, 'ATAlterConstraint')?.conname ?? as(command.def, 'Constraint')?.conname;
  const isMissing = target.relation?.isKnown === true && !target.relation.constraints.some((constraint) => constraint.name === name);
  return {
    ...short('ALTER CONSTRAINT', 'ACCESS EXCLUSIVE')(command, target, surroundings),
    name,
    refusal: isMissing ? { sqlstate: '42704', message: `constraint ${name} of ${target.id} does not exist` } : undefined,
  };
};

/** Partitions have the triggers of their table, heirs have not. */
const TRIGGERS: CommandEffect = (command, target, surroundings) =>
  short('ENABLE or DISABLE TRIGGER', 'SHARE ROW EXCLUSIVE', { recurses: target.relation?.kind === 'partitioned table' })(command, target, surroundings);

const EFFECTS: Readonly<Record<string, CommandEffect>> = {
  AT_AddColumn: addColumn,
  AT_DropColumn: dropColumn,
  AT_AlterColumnType: alterColumnType,
  AT_SetNotNull: setNotNull,
  AT_DropNotNull: dropNotNull,
  AT_AddConstraint: addConstraint,
  AT_ValidateConstraint: validateConstraint,
  AT_DropConstraint: dropConstraint,
  AT_AttachPartition: attachPartition,
  AT_DetachPartition: detachPartition,
  AT_DetachPartitionFinalize: detachPartition,
  AT_ColumnDefault: (command, target, surroundings) =>
    short(command.def ? 'SET DEFAULT' : 'DROP DEFAULT', 'ACCESS EXCLUSIVE', { recurses: true, needsColumn: true })(command, target, surroundings),
  AT_AddIdentity: short('ADD GENERATED AS IDENTITY', 'ACCESS EXCLUSIVE', { needsColumn: true }),
  AT_SetIdentity: short('SET GENERATED', 'ACCESS EXCLUSIVE', { needsColumn: true }),
  AT_DropIdentity: short('DROP IDENTITY', 'ACCESS EXCLUSIVE', { needsColumn: true }),
  AT_DropExpression: short('DROP EXPRESSION', 'ACCESS EXCLUSIVE', { recurses: true, needsColumn: true }),
  AT_SetExpression: setExpression,
  AT_SetStatistics: short('SET STATISTICS', 'SHARE UPDATE EXCLUSIVE', { recurses: true }),
  AT_SetStorage: short('SET STORAGE', 'ACCESS EXCLUSIVE', { recurses: true, needsColumn: true }),
  AT_SetCompression: short('SET COMPRESSION', 'ACCESS EXCLUSIVE', { needsColumn: true }),
  AT_SetOptions: short('SET (attribute options)', 'SHARE UPDATE EXCLUSIVE', { needsColumn: true }),
  AT_ResetOptions: short('RESET (attribute options)', 'SHARE UPDATE EXCLUSIVE', { needsColumn: true }),
  AT_SetRelOptions: options,
  AT_ResetRelOptions: options,
  AT_ReplaceRelOptions: options,
  AT_ChangeOwner: short('OWNER TO', 'ACCESS EXCLUSIVE'),
  AT_ReplicaIdentity: short('REPLICA IDENTITY', 'ACCESS EXCLUSIVE'),
  AT_ClusterOn: short('CLUSTER ON', 'SHARE UPDATE EXCLUSIVE'),
  AT_DropCluster: short('SET WITHOUT CLUSTER', 'SHARE UPDATE EXCLUSIVE'),
  AT_AlterConstraint: alterConstraint,
  AT_SetLogged: rewriting('SET LOGGED', ({ relation }) => relation?.isKnown === true && relation.persistence === 'permanent', 'every row is written to the log'),
  AT_SetUnLogged: rewriting('SET UNLOGGED', ({ relation }) => relation?.persistence === 'unlogged', 'the table is written anew'),
  AT_SetTableSpace: rewriting('SET TABLESPACE', ({ relation }, { name }) =>
    relation?.isKnown === true && (relation.tablespace ?? 'pg_default') === name, 'the files are copied'),
  AT_SetAccessMethod: rewriting('SET ACCESS METHOD', ({ relation }, { name }) => relation?.isKnown === true && relation.accessMethod === (name ?? 'heap'), 'the table is written anew'),
  AT_AddInherit: inherit,
  AT_DropInherit: inherit,
  AT_AddOf: short('OF', 'ACCESS EXCLUSIVE'),
  AT_DropOf: short('NOT OF', 'ACCESS EXCLUSIVE'),
  AT_DropOids: short('SET WITHOUT OIDS', 'ACCESS EXCLUSIVE'),
  AT_EnableRowSecurity: short('ENABLE ROW LEVEL SECURITY', 'ACCESS EXCLUSIVE'),
  AT_DisableRowSecurity: short('DISABLE ROW LEVEL SECURITY', 'ACCESS EXCLUSIVE'),
  AT_ForceRowSecurity: short('FORCE ROW LEVEL SECURITY', 'ACCESS EXCLUSIVE'),
  AT_NoForceRowSecurity: short('NO FORCE ROW LEVEL SECURITY', 'ACCESS EXCLUSIVE'),
  AT_EnableRule: short('ENABLE RULE', 'ACCESS EXCLUSIVE'),
  AT_EnableAlwaysRule: short('ENABLE ALWAYS RULE', 'ACCESS EXCLUSIVE'),
  AT_EnableReplicaRule: short('ENABLE REPLICA RULE', 'ACCESS EXCLUSIVE'),
  AT_DisableRule: short('DISABLE RULE', 'ACCESS EXCLUSIVE'),
  AT_EnableTrig: TRIGGERS,
  AT_EnableAlwaysTrig: TRIGGERS,
  AT_EnableReplicaTrig: TRIGGERS,
  AT_DisableTrig: TRIGGERS,
  AT_EnableTrigAll: TRIGGERS,
  AT_DisableTrigAll: TRIGGERS,
  AT_EnableTrigUser: TRIGGERS,
  AT_DisableTrigUser: TRIGGERS,
};
