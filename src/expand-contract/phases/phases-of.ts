import type { Change, ChangeKind, ChangeOf } from './change';
import { addColumn, dropColumn, setNotNull } from './columns';
import { changeColumnType, changeEnum, mergeColumns, renameColumn, splitColumn } from './moves';
import { contentsOf } from './name';
import { addCheck, addForeignKey, addUnique, createIndex, dropTable } from './objects';
import { command, type OutsideChange, pgroll } from './outside-change';
import type { DeclaredPhases, Phases } from './phases';
import { fullTextSearch } from './search';
import { renameTable } from './table-names';
import { sql } from './written-out';

type PhasesOf<K extends ChangeKind> = (name: string, change: ChangeOf<K>) => Phases;

const BY_KIND: { readonly [K in ChangeKind]: PhasesOf<K> } = {
  addColumn,
  renameColumn,
  changeColumnType,
  splitColumn,
  mergeColumns,
  changeEnum,
  setNotNull,
  addCheck,
  addForeignKey,
  addUnique,
  createIndex,
  dropColumn,
  dropTable,
  renameTable,
  fullTextSearch,
  sql,
};

/** A change as phases, under the name that the ledger knows it by. */
export function phasesOf(name: string, change: Change | OutsideChange): DeclaredPhases {
  return { ...phasesIn(name, change), contents: contentsOf(change) };
}

function phasesIn(name: string, change: Change | OutsideChange): Phases {
  switch (change.kind) {
    case 'command': return command(name, change);
    case 'pgroll': return pgroll(name, change);
    default: return (BY_KIND[change.kind] as PhasesOf<ChangeKind>)(name, change as ChangeOf<ChangeKind>);
  }
}
