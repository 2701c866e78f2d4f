import { leastMinReady, longestAttach } from './attach-limit';
import { MAX_STATES, searchForNoTarget } from './search';
import { targetsTimeline } from './targets-timeline';
import { ResolvedRollingUpdate, Turnover, turnoverOf } from './turnover';
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
 * Asks about a way that adds targets and removes them apart from each other, and so may have dropped every old pod before it has
 * taken in a new one. Others know every pod that was ready before the last that they have dropped.
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
  // Whoever is available has then been attached, or has taken the place of one that still serves: no order of events is of interest.
  if (attachSeconds <= minReadySeconds + servesSeconds) {
    const served = servesSeconds > 0 ? ` + serving after deletion ${servesSeconds}s` : '';
    return answerOf('holds', `minReadySeconds ${minReadySeconds}s${served} ≥ attach of ${way.path} ${attachSeconds}s`, marginsOf(model, way, turnover));
  }
  return searched(model, way, turnover, maxStates);
}

function searched(model: WorkloadModel, way: WayIn, turnover: Turnover, maxStates: number): TargetsAnswer {
  const margins = marginsOf(model, way, turnover);
  const limit = longestAttach(turnover);
  const { attachSeconds } = turnover;
  if (limit !== undefined && attachSeconds <= limit) {
    return model.evictions > 0
      ? answerOf('undecided', `attach of ${way.path} ${attachSeconds}s ≤ ${limit}s holds for the release alone; `
        + `evictions (${model.evictions}) may take away the new pods that were attached first`, margins)
      : answerOf('holds', `attach of ${way.path} ${attachSeconds}s ≤ ${limit}s from the first new pod that is ready to the last old one that serves`, margins);
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

/** With evictions only what needs no counting of waves is known to hold. */
function marginsOf({ evictions }: WorkloadModel, { path }: WayIn, turnover: Turnover): Margin[] {
  const { attachSeconds, minReadySeconds, servesSeconds } = turnover;
  const alone = evictions === 0;
  const byOne = { attach: minReadySeconds + servesSeconds, minReady: Math.max(0, attachSeconds - servesSeconds) };
  return [
    { bound: `attach of ${path}`, assumed: attachSeconds, holdsUntil: alone ? longestAttach(turnover) ?? byOne.attach : byOne.attach },
    { bound: 'minReadySeconds', assumed: minReadySeconds, holdsUntil: alone ? leastMinReady(turnover) ?? byOne.minReady : byOne.minReady },
  ];
}

/** Enough for any number of replicas, and with evictions. */
function remedyOf({ attachSeconds, servesSeconds }: Turnover): string {
  return `set minReadySeconds to at least ${attachSeconds - servesSeconds}, or let pods wait for the load balancer with a readiness gate`;
}
