import { MOST_REPLICAS } from './capacity/search-capacity';
import type { RemediedCapacity } from './capacity-remedy';
import { statefulSetMaxUnavailable } from './controller/one-by-one';
import { rollingLimits } from './controller/rolling-limits';
import { askIdleConnections } from './race/idle-connections';
import { askInFlight } from './race/in-flight';
import { askKeptConnections } from './race/kept-connections';
import { askNewConnections } from './race/new-connections';
import { askReplacement } from './race/replacement';
import { askStart } from './race/start';
import { askSwitchOver } from './race/switch-over';
import { askTargets } from './timed/targets';
import type { Timeline } from './timeline';
import type { Answer } from './verdict';
import type { WayIn, WorkloadModel } from './workload-model';

/** The answers about one way in, in one of the cases that were left open. */
export interface CaseAnswers {
  readonly answers: readonly Answer[];
  /** Why some question could not be answered. */
  readonly undecided?: string;
}

/**
 * Asks everything about one way in. Each pod's own start and end come first: where they are lossless, it is left to show that there
 * is always a pod to go to.
 */
export function answersFor(model: WorkloadModel, way: WayIn, capacity: RemediedCapacity): CaseAnswers {
  const own = [askNewConnections, askInFlight, askKeptConnections, askStart].map((ask): Answer => ask(model, way));
  const idle: Answer[] = way.idleTimeoutSeconds !== undefined && model.keepAliveSeconds !== undefined ? [askIdleConnections(model, way)] : [];
  const switched: Answer[] = model.strategy.kind === 'switchOver' ? [askSwitchOver(model, way)] : [];
  const targets = targetsAnswer(model, way);
  const enough = capacityAnswer(model, way, capacity);
  return {
    answers: [...own, ...idle, ...switched, ...enough.answers, ...targets.answers],
    undecided: enough.undecided ?? targets.undecided,
  };
}

/** Asked where old pods go one by one while a load balancer may not yet have taken in new ones. */
function targetsAnswer(model: WorkloadModel, way: WayIn): CaseAnswers {
  const limits = limitsOf(model);
  // Beyond, the capacity is undecided already.
  if (!limits || way.inOrder || model.replicas.max > MOST_REPLICAS) {
    return { answers: [] };
  }
  const { verdict, question, reason, margins, counterexample } = askTargets(model, way, limits);
  return verdict === 'undecided'
    ? { answers: [], undecided: `${question}: ${reason}` }
    : { answers: [{ holds: verdict === 'holds', question, inequality: reason, margins, counterexample }] };
}

function limitsOf({ strategy, replicas }: WorkloadModel): ReturnType<typeof rollingLimits> | undefined {
  switch (strategy.kind) {
    case 'rollingUpdate': return rollingLimits(replicas.min, strategy);
    case 'oneByOne': return rollingLimits(replicas.min, { maxSurge: 0, maxUnavailable: statefulSetMaxUnavailable(strategy.maxUnavailable, replicas.min) });
    default: return undefined;
  }
}

function capacityAnswer(model: WorkloadModel, way: WayIn, capacity: RemediedCapacity): CaseAnswers {
  const { requiredReady } = model;
  const question = requiredReady === 1 ? 'some pod is always there to be sent requests' : `${requiredReady} pods are always there to carry the load`;
  const margins = [{ bound: 'pods that must be ready', assumed: requiredReady, holdsUntil: capacity.fewest }];
  if (capacity.fewest >= requiredReady) {
    return { answers: [{ holds: true, question, inequality: `fewest ready pods ${capacity.fewest} ≥ required ${requiredReady}`, margins }] };
  }
  if (!capacity.counterexample) {
    return { answers: [], undecided: capacity.reason ?? 'too many states' };
  }
  const { remedy } = capacity;
  // Where requests may go to pods that are ending, no ready pod is not yet no pod.
  const bridged = way.fallsBackToTerminating && requiredReady === 1 ? askReplacement(model, way) : undefined;
  if (bridged) {
    return { answers: [withRemedy(bridged, remedy)] };
  }
  const inequality = `fewest ready pods ${capacity.fewest} ≥ required ${requiredReady}`;
  const counterexample = withLoss(capacity.counterexample, way, capacity.fewest, requiredReady);
  return { answers: [withRemedy({ holds: false, question, inequality, margins, counterexample }, remedy)] };
}

/** Marks the request that finds too few pods, in a lane of the way in. */
function withLoss(timeline: Timeline, { path }: WayIn, ready: number, required: number): Timeline {
  const at = Math.max(0, ...timeline.events.map((event) => event.at));
  const why = ready === 0 ? `no pod is ready, and ${path} sends to no other` : `${ready} pods are ready, and ${required} must be to carry the load`;
  return {
    ...timeline,
    lanes: [...timeline.lanes, { label: path, spans: at === 0 ? [] : [{ state: 'routed', from: 0, to: at }] }],
    lost: { at, lane: path, why },
  };
}

/** To keep a pod ready comes before bridging the time in which there is none. */
function withRemedy(answer: Answer, remedy: string | undefined): Answer {
  const { counterexample } = answer;
  if (!counterexample || remedy === undefined || counterexample.remedy === remedy) {
    return answer;
  }
  const bridge = counterexample.remedy?.startsWith('set the preStop') ? `; or ${counterexample.remedy}` : '';
  return { ...answer, counterexample: { ...counterexample, remedy: `${remedy}${bridge}` } };
}
