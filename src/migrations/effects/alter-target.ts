import type { AlterTableCmd } from 'libpg-query';
import type { Action, Refusal, Surroundings } from './effect';
import type { Relation } from '../catalog/relation';

/** The table of a command, and how the command reaches it. */
export interface Target {
  readonly id: string;
  readonly relation?: Relation;
  /** Whether heirs and partitions are changed with it: ONLY was not said. */
  readonly inherits: boolean;
}

/** What a command is, before it is named. */
export type Done = Omit<Action, 'node' | 'relation'>;
export type CommandEffect = (command: AlterTableCmd, target: Target, surroundings: Surroundings) => Done;

/** The refusal where nothing of a name can be there. */
export function missingRelation(id: string, { isComplete }: Surroundings): Refusal | undefined {
  return isComplete ? { sqlstate: '42P01', message: `relation ${id} does not exist` } : undefined;
}

/** The refusal where a table is known and has no such column. */
export function missingColumn(relation: Relation | undefined, column: string | undefined): Refusal | undefined {
  return relation?.isKnown && relation.kind !== 'view' && column !== undefined && !relation.columns.some(({ name }) => name === column)
    ? { sqlstate: '42703', message: `column ${column} of ${relation.id} does not exist` }
    : undefined;
}
