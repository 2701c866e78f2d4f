import type { Difference, System, Times } from './difference-constraints';
import {
  ACCEPTS_AT_MOST, Asked, ATTACH_AT_MOST, DETACH_AT_LEAST, GRACE_PERIOD, NOTICED_WITHIN, PRE_STOP_AT_LEAST, PROXY_ACCEPTS, PROXY_ENDS,
} from './model-bound';
import { before, exactly, podEnd, stopsOf } from './pod-end';
import { gateBounds, podStart, readyWithin } from './pod-start';
import { answer, Demand, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { allOf, holdBackFor } from './remedy';
import { spans, terminationTimeline, wayLane } from './termination-timeline';
import { rollingLimits } from '../controller/rolling-limits';
import type { Lane, Timeline, TimelineEvent } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const SUCCESSOR = 'new pod';
const EARLIER = 'earlier pod';

/** Successors of pods that end are created at once, or only when the last of their predecessors has gone. */
function waitsForEnd({ strategy }: WorkloadModel): boolean {
  return strategy.kind === 'recreate' || strategy.kind === 'oneByOne';
}

function systemOf(asked: Asked): System {
  const creation: Difference[] = waitsForEnd(asked.model)
    ? [before('SIGTERM', 'created'), before('created', 'exits'), before('created', 'killed')]
    : [exactly('deleted', 'created', 0, 'creation')];
  return { origin: 'deleted', differences: [...podEnd(asked), ...creation, ...podStart(asked)] };
}

/**
 * Whether another pod may be ending at the time, deleted so much earlier that it has stopped accepting: kube-proxy sends to every pod
 * that is ending while none is ready. A release deletes pods before an eviction takes the last one; it takes the last ones itself only
 * where all may be missing, and a change amid it then takes their successors. A switch over leaves pods that end without traffic.
 */
function mayFollowAnother({ strategy, replicas, evictions }: WorkloadModel): boolean {
  switch (strategy.kind) {
    case 'rollingUpdate': return evictions > 0 || rollingLimits(replicas.min, strategy).minAvailable === 0;
    case 'switchOver': return evictions > 1 || (evictions === 1 && replicas.min < replicas.max);
    default: return false;
  }
}

function demandsOf(asked: Asked): Demand[] {
  const { model, way } = asked;
  const system = systemOf(asked);
  return [...whileOneEnds(asked, system), ...way.fallsBackToTerminating && mayFollowAnother(model) ? [afterAnother(system)] : []];
}

/** An earlier pod may have stopped at the moment of the deletion, so that a successor would have to serve by then. */
function afterAnother(system: System): Demand {
  return { system, event: 'attached', notAfter: 'deleted' };
}

function whileOneEnds({ model, way }: Asked, system: System): Demand[] {
  // A way without a fallback drops pods that are ending when it learns of it.
  const ends = [...stopsOf({ model, way }), ...way.fallsBackToTerminating ? [] : ['detached']];
  // Who is ready without a probe may be sent requests that it does not accept.
  const serves = model.start.gated ? ['attached'] : ['attached', 'accepts'];
  return ends.flatMap((end) => serves.map((event) => ({ system, event, notAfter: end, isStrict: waitsForEnd(model) })));
}

function violationOf(asked: Asked, { event, notAfter }: Demand, times: Times): Timeline {
  const { way } = asked;
  if (notAfter === 'deleted') {
    return behindAnother(asked, times);
  }
  const served = times[event];
  const ended = times[notAfter];
  const at = Math.max(ended, Math.min(ended + 1, served));
  // Without any other pod, a way with a fallback goes on sending to the one that is ending.
  const routedUntil = way.fallsBackToTerminating ? Math.max(times.attached, at) : times.detached;
  const lane = way.fallsBackToTerminating ? wayLane(asked) : wayLane(asked, SUCCESSOR);
  const end = Math.max(served, times.attached, at) + 1;
  return terminationTimeline(asked, times, {
    title: `no pod serves ${way.path} while the only ones are replaced`,
    routedUntil,
    lanes: successorLanes(asked, times, end),
    events: successorEvents(asked, times),
    lost: { at, lane, why: `no pod serves: the old one does until ${ended}s after its deletion, the new one from ${served}s on` },
  });
}

/** Two pods end at once, and the way sends to both. */
function behindAnother(asked: Asked, times: Times): Timeline {
  const lane = wayLane(asked, EARLIER);
  const { attached } = times;
  const { preStop, gracePeriodSeconds } = asked.model.termination;
  const lead = Math.min(preStop.atLeast, gracePeriodSeconds);
  const moved = Object.fromEntries(Object.entries(times).map(([event, at]) => [event, at + lead]));
  return terminationTimeline(asked, moved, {
    title: `${asked.way.path} sends to a pod that has stopped accepting, for want of one that is ready`,
    routedUntil: moved.attached,
    lanes: [
      { label: EARLIER, spans: spans([{ state: 'terminating', from: 0, to: lead }, { state: 'draining', from: lead, to: lead + attached }]) },
      { label: lane, spans: spans([{ state: 'routed', from: lead, to: lead + attached }]) },
      ...successorLanes(asked, moved, moved.attached + 1),
    ],
    events: [
      { at: 0, what: `${EARLIER} is deleted while another is ready` },
      { at: lead, what: `${EARLIER} is sent SIGTERM and stops accepting` },
      ...successorEvents(asked, moved),
    ],
    lost: { at: lead, lane, why: `a connection is refused: no pod is ready for ${attached}s, and ${asked.way.path} sends to all that are ending` },
  });
}

function successorLanes(asked: Asked, { created, accepts, counted, attached }: Times, end: number): Lane[] {
  const serves = Math.max(accepts, counted);
  return [
    { label: SUCCESSOR, spans: spans([{ state: 'starting', from: created, to: serves }, { state: 'ready', from: serves, to: end }]) },
    { label: wayLane(asked, SUCCESSOR), spans: spans([{ state: 'routed', from: attached, to: end }]) },
  ];
}

function successorEvents({ way }: Asked, { created, counted, attached }: Times): TimelineEvent[] {
  return [
    { at: created, what: `${SUCCESSOR} is created` },
    { at: counted, what: `${SUCCESSOR} is ready` },
    { at: attached, what: `${way.path} sends to ${SUCCESSOR}` },
  ];
}

function remedyOf({ model, way }: Asked): string {
  if (model.strategy.kind === 'recreate') {
    return 'replace the strategy Recreate with RollingUpdate (maxSurge at least 1, maxUnavailable 0)';
  }
  if (model.strategy.kind === 'oneByOne' || !way.fallsBackToTerminating || mayFollowAnother(model)) {
    return 'keep another pod ready: set replicas to at least 2 and give the workload a PodDisruptionBudget with maxUnavailable 1';
  }
  const { start } = model;
  // A gate of this way's own opens when it attaches the pod, and is not waited for twice.
  const attached = (way.readinessGate ? readyWithin({ ...model, waysIn: [] }) : readyWithin(model)) + way.attach.atMost;
  const needed = Math.max(attached, start.accepts.atMost);
  const { preStop, gracePeriodSeconds, proxy } = model.termination;
  return allOf([
    Math.min(preStop.atLeast, gracePeriodSeconds) < needed && holdBackFor(model, needed),
    proxy !== undefined && proxy.acceptsSeconds < needed && `set the proxy's drainDuration to at least ${needed} s`,
    proxy !== undefined && proxy.endsSeconds < needed && `set the proxy's terminationDrainDuration to at least ${needed} s`,
  ]);
}

const REPLACEMENT: Question = {
  question: 'a successor serves before the pods that are all ending stop',
  demandsOf,
  bounds: [
    ACCEPTS_AT_MOST, NOTICED_WITHIN, ATTACH_AT_MOST, DETACH_AT_LEAST, PRE_STOP_AT_LEAST, GRACE_PERIOD, PROXY_ACCEPTS, PROXY_ENDS,
  ],
  violationOf,
  remedyOf,
};

/**
 * Whether a way has a pod to send to although every pod is ending at once. To be asked only where a release or an eviction may
 * leave no pod ready; each pod's successor is created at its deletion. It holds only where no other pod may be ending meanwhile.
 */
export function askReplacement(model: WorkloadModel, way: WayIn): RaceAnswer {
  const bounds = [...REPLACEMENT.bounds, ...way.readinessGate ? [] : gateBounds(model, model.waysIn.indexOf(way))];
  return answer({ ...REPLACEMENT, bounds }, { model, way });
}
