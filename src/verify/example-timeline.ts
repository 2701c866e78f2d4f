import { suppositionsOf } from './model/alternatives';
import { modelOf } from './model/model-of';
import { openQuestionsOf } from './model/open-questions';
import { simulate } from './simulation/simulate';
import type { Timeline } from './timeline';
import type { Verified } from './verdict';
import { judgedWorkloadsOf, subjectOf } from './verify-cluster';
import type { Count, WorkloadModel } from './workload-model';
import type { RuleContext } from '../checks/rule';

/**
 * The timeline that tells most: the first counterexample, or, where every release holds, one release of the first workload as it
 * may go. Nothing where no workload is judged.
 */
export function exampleTimeline({ workloads }: Verified, context: RuleContext): Timeline | undefined {
  const refuted = workloads.flatMap(({ ways }) => ways).map(({ counterexample }) => counterexample).find((timeline) => timeline !== undefined);
  const [first] = judgedWorkloadsOf(context);
  return refuted ?? (first && releaseOf(context, first));
}

/** More pods than this make a picture that nobody can read, and take minutes to play. */
const MOST_SHOWN = 50;
/** What a release of that many pods in ten minutes is sent; where it takes days, requests come less often. */
const MOST_REQUESTS = 200_000;
const REQUESTS_PER_SECOND = 20;

function releaseOf(context: RuleContext, workload: Parameters<typeof subjectOf>[1]): Timeline {
  const subject = subjectOf(context, workload);
  const [supposed] = suppositionsOf(openQuestionsOf(subject));
  const model = modelOf(subject, supposed);
  const shown = shownOf(model);
  const requestsPerSecond = Math.min(REQUESTS_PER_SECOND, MOST_REQUESTS / longestOf(shown));
  const { trace } = simulate(shown, { seed: 1, scenario: 'release', delays: 'uniform', requestsPerSecond });
  const fewer = shown === model ? '' : `, with at most ${MOST_SHOWN} of its ${model.replicas.max} replicas`;
  return { ...trace, title: `One release of ${model.workload}${fewer}` };
}

/** The same release of fewer pods, of which the same part may be missing or beyond the replicas. */
function shownOf(model: WorkloadModel): WorkloadModel {
  const { replicas: { min, max }, strategy } = model;
  if (max <= MOST_SHOWN) {
    return model;
  }
  const replicas = { min: Math.min(min, MOST_SHOWN), max: MOST_SHOWN };
  const part = Math.min(1, MOST_SHOWN / min);
  const surgeOf = (count: Count) => typeof count === 'number' ? Math.ceil(count * part) : count;
  const unavailableOf = (count: Count) => typeof count === 'number' ? Math.floor(count * part) : count;
  switch (strategy.kind) {
    case 'rollingUpdate': {
      const [maxSurge, maxUnavailable] = [surgeOf(strategy.maxSurge), unavailableOf(strategy.maxUnavailable)];
      return { ...model, replicas, strategy: { ...strategy, maxSurge, maxUnavailable } };
    }
    case 'oneByOne': return { ...model, replicas, strategy: { ...strategy, maxUnavailable: unavailableOf(strategy.maxUnavailable) } };
    default: return { ...model, replicas };
  }
}

/** Seconds within which a release is over, pod after pod, and every way has heard of it. */
function longestOf({ start, minReadySeconds, termination, replicas, strategy, waysIn }: WorkloadModel): number {
  const kept = strategy.kind === 'switchOver' ? strategy.scaleDownDelaySeconds : 0;
  const heard = waysIn.reduce((longest, { attach, detach }) => Math.max(longest, attach.atMost, detach.atMost), 0);
  return (start.accepts.atMost + start.noticedWithinSeconds + minReadySeconds + termination.gracePeriodSeconds + kept + heard) * replicas.max;
}
