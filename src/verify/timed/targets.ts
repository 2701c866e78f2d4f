import { longestAttach } from './attach-limit';
import { MAX_STATES, searchForNoTarget } from './search';
import { targetsTimeline } from './targets-timeline';
import { ResolvedRollingUpdate, Turnover, turnoverOf } from './turnover';
import { rollingLimits } from '../controller/rolling-limits';
import type { Margin } from '../race/race-answer';
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

/** Whether a load balancer always has a target in the course of a rolling update. */
export interface TargetsAnswer {
  readonly verdict: 'holds' | 'violated' | 'undecided';
  readonly question: string;
  /** Why it holds, or why it could not be decided, with names and values. */
  readonly reason: string;
  readonly margins: readonly Margin[];
  readonly counterexample?: Timeline;
}

const QUESTION = 'the load balancer always has a target that serves';

/**
 * Asks, about a strategy that sends old pods away one by one, of a way that adds targets and removes them apart from each other, and so
 * may have dropped every old pod before it has taken in a new one. Others know every pod that was ready before the last that they have dropped.
 *
 * How many pods are available is answered elsewhere; here it is asked whether the load balancer keeps up with those that are.
 */
export function askTargets(model: WorkloadModel, way: WayIn, resolved: ResolvedRollingUpdate, maxStates = MAX_STATES): TargetsAnswer {
  if (way.inOrder || way.readinessGate) {
    const because = way.readinessGate ? 'a pod is ready only once it is a target' : 'changes are learnt in the order in which they happened';
    return { verdict: 'holds', question: QUESTION, reason: `${way.path}: ${because}`, margins: [] };
  }
  const turnover = turnoverOf(model, way, resolved);
  const { minReadySeconds, attachSeconds, servesSeconds } = turnover;
  const margins = marginsOf(way, turnover);
  if (attachSeconds > minReadySeconds + servesSeconds) {
    return searched(way, turnover, maxStates);
  }
  // Whoever is available has been attached, or has taken the place of one that still serves: no order of events is of interest.
  const served = servesSeconds > 0 ? ` + serving after deletion ${servesSeconds}s` : '';
  const reason = `minReadySeconds ${minReadySeconds}s${served} ≥ attach of ${way.path} ${attachSeconds}s`;
  const attached = attachSeconds <= servesSeconds ? Infinity : fewestAttached(model);
  return attached > 0 ? answerOf('holds', reason, margins)
    : answerOf('undecided', `${reason} holds for the release alone; a change amid it, or a move of the autoscaler, may take the pods that are `
      + 'attached and leave those that are only ready', margins);
}

/**
 * How many available pods are left at the least, whoever goes. Of two ready pods a ReplicaSet may delete the one that is available: it
 * ranks them by the nodes that they share and by how long they are ready, and does not ask for minReadySeconds. So a change amid a
 * release, which takes pods that are not available away first, may hit as many that are; and so may a move of the autoscaler.
 */
function fewestAttached({ strategy, replicas: { min, max }, evictions }: WorkloadModel): number {
  if (strategy.kind !== 'rollingUpdate') {
    return Infinity;
  }
  const limits = Array.from({ length: max - min + 1 }, (_, index) => rollingLimits(min + index, strategy));
  const changed = limits.map(({ minAvailable, maxSurge, maxUnavailable }) => minAvailable - maxSurge - maxUnavailable);
  const scaled = limits.slice(1).map(({ maxSurge, maxUnavailable }) => min + limits[0].maxSurge - maxSurge - maxUnavailable);
  return [...changed, ...scaled].reduce((least, pods) => Math.min(least, pods)) - evictions;
}

function searched(way: WayIn, turnover: Turnover, maxStates: number): TargetsAnswer {
  const margins = marginsOf(way, turnover);
  const limit = longestAttach(turnover);
  const { attachSeconds } = turnover;
  if (limit !== undefined && attachSeconds <= limit) {
    return answerOf('undecided', `attach of ${way.path} ${attachSeconds}s ≤ ${limit}s holds for the release alone; `
      + 'a change amid it, or an eviction, may take away the new pods that were attached first', margins);
  }
  const found = searchForNoTarget(turnover, maxStates);
  if (found.kind === 'empty') {
    const counterexample = { ...targetsTimeline(way.path, turnover, found), remedy: remedyOf(turnover) };
    return { ...answerOf('violated', `attach of ${way.path} ${attachSeconds}s > ${limit ?? 0}s`, margins), counterexample };
  }
  return answerOf('undecided', `no course was found within ${found.states} states, and no inequality excludes one`, margins);
}

function answerOf(verdict: TargetsAnswer['verdict'], reason: string, margins: readonly Margin[]): TargetsAnswer {
  return { verdict, question: QUESTION, reason, margins };
}

/** Between these and what holds for the release alone nothing is decided. */
function marginsOf({ path }: WayIn, { attachSeconds, minReadySeconds, servesSeconds }: Turnover): Margin[] {
  return [
    { bound: `attach of ${path}`, assumed: attachSeconds, holdsUntil: minReadySeconds + servesSeconds },
    { bound: 'minReadySeconds', assumed: minReadySeconds, holdsUntil: Math.max(0, attachSeconds - servesSeconds) },
  ];
}

/** Enough for any number of waves. */
function remedyOf({ attachSeconds, servesSeconds }: Turnover): string {
  return `set minReadySeconds to at least ${attachSeconds - servesSeconds}, or let pods wait for the load balancer with a readiness gate`;
}
