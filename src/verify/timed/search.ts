import type { Turnover } from './turnover';

/** The states that are looked at before a search is given up. */
export const MAX_STATES = 200_000;
/** The cohorts of all of them together: a release of thousands of pods, one a second, would have as many in every state. */
const MAX_COHORTS = 2_000_000;

/** What the controller does, and when. */
export interface Step {
  readonly at: number;
  readonly does: 'create' | 'delete';
}

/** What a search has found. */
export type Found =
  | { readonly kind: 'none'; readonly states: number }
  /** The steps that lead there, and the second from which the load balancer has no target. */
  | { readonly kind: 'empty'; readonly states: number; readonly steps: readonly Step[]; readonly at: number }
  | { readonly kind: 'tooMany'; readonly states: number };

/** So many pods of one age, in seconds. */
interface Cohort {
  readonly age: number;
  readonly pods: number;
}

/** Pods of a kind are alike: only how many have which age counts, the oldest first. */
interface State {
  readonly old: number;
  /** The old pods that still serve, by the seconds since their deletion. */
  readonly ending: readonly Cohort[];
  /** The new pods, by the seconds since their creation. */
  readonly fresh: readonly Cohort[];
}

interface Node {
  readonly state: State;
  readonly at: number;
  readonly step?: Step;
  readonly parent?: Node;
}

/**
 * Looks for a state in which a load balancer has no target that serves. Time leaps to the next second at which anything changes: no
 * bound lies between, and all are closed, so that whole seconds are enough. A state in which a new pod has been attached is not
 * followed: a release deletes no new pod, and that one goes on serving.
 */
export function searchForNoTarget(turnover: Turnover, maxStates = MAX_STATES): Found {
  const seen = new Set<string>();
  const open: Node[] = [{ state: { old: turnover.replicas, ending: [], fresh: [] }, at: 0 }];
  let cohorts = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const key = keyOf(node.state);
    if (seen.has(key)) {
      continue;
    }
    if (seen.size === maxStates || cohorts > MAX_COHORTS) {
      return { kind: 'tooMany', states: seen.size };
    }
    seen.add(key);
    cohorts += node.state.ending.length + node.state.fresh.length;
    if (node.state.old === 0 && node.state.ending.length === 0) {
      return { kind: 'empty', states: seen.size, steps: stepsTo(node), at: node.at };
    }
    // The last is followed first: a controller that never waits empties the load balancer soonest, if anything does.
    open.push(...leap(turnover, node), ...create(turnover, node), ...remove(turnover, node));
  }
  return { kind: 'none', states: seen.size };
}

const keyOf = ({ old, ending, fresh }: State): string => `${old}|${textOf(ending)}|${textOf(fresh)}`;
const textOf = (cohorts: readonly Cohort[]): string => cohorts.map(({ age, pods }) => `${age}x${pods}`).join();

function podsOf(cohorts: readonly Cohort[]): number {
  return cohorts.reduce((sum, { pods }) => sum + pods, 0);
}

/** The same pods and another, of age 0. */
function withAnother(cohorts: readonly Cohort[]): readonly Cohort[] {
  const last = cohorts.at(-1);
  return last?.age === 0 ? [...cohorts.slice(0, -1), { age: 0, pods: last.pods + 1 }] : [...cohorts, { age: 0, pods: 1 }];
}

function create({ replicas, maxSurge, startSeconds, attachSeconds }: Turnover, node: Node): Node[] {
  const { old, ending, fresh } = node.state;
  const isAttachedAtOnce = startSeconds + attachSeconds === 0;
  const created = podsOf(fresh);
  return isAttachedAtOnce || created === replicas || old + created >= replicas + maxSurge ? [] : [{
    state: { old, ending, fresh: withAnother(fresh) }, at: node.at, step: { at: node.at, does: 'create' }, parent: node,
  }];
}

function remove(turnover: Turnover, node: Node): Node[] {
  const { old, ending, fresh } = node.state;
  const { replicas, maxUnavailable, startSeconds, minReadySeconds, servesSeconds } = turnover;
  const available = old + podsOf(fresh.filter(({ age }) => age >= startSeconds + minReadySeconds));
  return old === 0 || available - 1 < replicas - maxUnavailable ? [] : [{
    state: { old: old - 1, ending: servesSeconds === 0 ? ending : withAnother(ending), fresh },
    at: node.at,
    step: { at: node.at, does: 'delete' },
    parent: node,
  }];
}

function leap({ startSeconds, minReadySeconds, attachSeconds, servesSeconds }: Turnover, node: Node): Node[] {
  const { old, ending, fresh } = node.state;
  const toAvailable = fresh.map(({ age }) => startSeconds + minReadySeconds - age);
  const toAttached = fresh.map(({ age }) => startSeconds + attachSeconds - age);
  const toEnd = ending.map(({ age }) => servesSeconds - age);
  const seconds = [...toAvailable, ...toAttached, ...toEnd].filter((wait) => wait > 0).reduce((least, wait) => Math.min(least, wait), Infinity);
  if (seconds === Infinity || toAttached.some((wait) => wait <= seconds)) {
    return [];
  }
  const later = (cohorts: readonly Cohort[]) => cohorts.map(({ age, pods }): Cohort => ({ age: age + seconds, pods }));
  return [{
    state: { old, ending: later(ending).filter(({ age }) => age < servesSeconds), fresh: later(fresh) },
    at: node.at + seconds,
    parent: node,
  }];
}

function stepsTo(node: Node): Step[] {
  const steps: Step[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    steps.push(...at.step === undefined ? [] : [at.step]);
  }
  return steps.reverse();
}
