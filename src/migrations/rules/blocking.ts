import type { SqlViolation } from './rule';
import type { Action, Work } from '../effects/effect';
import { blockedText } from '../effects/lock-mode';
import type { Rewrite } from '../rewrites/rewrite';
import { blockingWork, modeOn, type Step } from '../step';

/** How much work is done under a lock, in words: who waits, for how long, and why. */
export function workText(action: Action, work: Work): string {
  const mode = modeOn(action, work.relation) ?? 'ACCESS EXCLUSIVE';
  const how = { 'rewrite': 'writes every row again', 'scan': 'reads every row', 'index build': 'builds an index over every row' }[work.kind];
  return `${action.command} takes ${mode} on ${work.relation} and ${how} under it, because ${work.because}: ${blockedText(mode)} wait as long as the table is large`;
}

/** The violations of those actions that do work in proportion to rows while writers wait. */
export function blockingViolations(
  step: Step, isMeant: (action: Action, work: Work) => boolean, fix: string, rewrite?: (step: Step, action: Action) => Rewrite | undefined,
): SqlViolation[] {
  return step.actions.filter(({ refusal }) => refusal === undefined).flatMap((action) => {
    const work = blockingWork(step, action).find((each) => isMeant(action, each));
    return work === undefined ? [] : [{ action, message: workText(action, work), fix, rewrite: rewrite?.(step, action) }];
  });
}
