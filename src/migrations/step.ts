import type { Node } from 'libpg-query';
import { tryFindUse, type Application } from './application/application';
import { lockAll, locksOf, type Action, type Lock, type Surroundings, type Work } from './effects/effect';
import { blocksWrites, type LockMode } from './effects/lock-mode';
import { makerOf, type MigrationFile } from './migration-file';
import type { Session } from './session';
import type { SqlStatement } from './sql/read-script';

/** A statement in its place: what it does, and what it finds. */
export interface Step {
  readonly file: MigrationFile;
  readonly statement: SqlStatement;
  readonly actions: readonly Action[];
  /** What the statement finds. The catalog is that of the moment: who keeps a step must not look into it later. */
  readonly surroundings: Surroundings;
  readonly session: Session;
  /** Whether other statements share its transaction. */
  readonly isInTransaction: boolean;
  /** The locks on relations that are in use. */
  readonly used: readonly Lock[];
  /** The steps of the file before it, and those of them that share its transaction. */
  readonly before: readonly Step[];
  readonly earlier: readonly Step[];
  /** The steps of the same release before it: those of the files that are checked. */
  readonly release: readonly Step[];
  /** What the versions of the program send, where it is known. */
  readonly application: Application;
  /** The statements of the file after it. */
  readonly later: readonly Node[];
}

/** Whether a relation may be in use: it was there before this file, and is no temporary one. */
export function isUsed(step: Pick<Step, 'file' | 'surroundings'>, relation: string | undefined): boolean {
  const known = relation === undefined ? undefined : step.surroundings.catalog.tryFind(relation);
  return relation !== undefined && known?.madeIn !== makerOf(step.file) && known?.persistence !== 'temporary';
}

/** The locks that actions take on relations that may be in use. */
export function usedLocks(actions: readonly Action[], step: Pick<Step, 'file' | 'surroundings'>): readonly Lock[] {
  return [...locksOf(actions)].flatMap(([relation, mode]) => isUsed(step, relation) ? lockAll([relation], mode) : []);
}

/** The mode in which an action locks a relation, or nothing. */
export function modeOn(action: Action, relation: string): LockMode | undefined {
  return action.locks.find((lock) => lock.relation === relation)?.mode;
}

/** What an action does in proportion to the rows of a relation that is in use, while nobody may write it. */
export function blockingWork(step: Step, action: Action): readonly Work[] {
  return action.work.filter(({ relation }) => {
    const mode = modeOn(action, relation);
    return mode !== undefined && blocksWrites(mode) && isUsed(step, relation);
  });
}

/** The actions of a step with a command, on relations that are in use. */
export function actionsOf(step: Step, ...commands: readonly string[]): readonly Action[] {
  return step.actions.filter(({ command, relation, refusal }) => commands.includes(command) && refusal === undefined && isUsed(step, relation));
}

/** What the running version does with a relation or a column: `uses` names a statement where it is known, and is nothing where it is known that none does. */
export function runningUse(step: Step, relation: string, column?: string): { readonly isUsed: boolean; readonly text: string } {
  const { running } = step.application;
  if (running === undefined) {
    return { isUsed: true, text: 'the running version may ask for' };
  }
  const use = tryFindUse(running, step.surroundings.catalog, relation, column);
  return use === undefined ? { isUsed: false, text: '' } : { isUsed: true, text: `the running version (${use.source}:${use.position.line}) asks for` };
}

/** Whether the release has added a column itself, before this step, where it is known what the release consists of: no version that runs knows it. */
export function isAddedByRelease({ file, release, before }: Step, relation: string | undefined, column: string | undefined): boolean {
  return file.release !== undefined && [...release, ...before].some(({ actions }) => actions.some((action) => action.command === 'ADD COLUMN' && action.relation === relation && action.column === column));
}
