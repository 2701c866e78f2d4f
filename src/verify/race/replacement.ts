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
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const SUCCESSOR = 'new pod';

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

function demandsOf(asked: Asked): Demand[] {
  const { model, way } = asked;
  const system = systemOf(asked);
  // A way without a fallback drops pods that are ending when it learns of it.
  const ends = [...stopsOf(asked), ...way.fallsBackToTerminating ? [] : ['detached']];
  // Who is ready without a probe may be sent requests that it does not accept.
  const serves = model.start.gated ? ['attached'] : ['attached', 'accepts'];
  return ends.flatMap((end) => serves.map((event) => ({ system, event, notAfter: end, isStrict: waitsForEnd(model) })));
}

function violationOf(asked: Asked, { event, notAfter }: Demand, times: Times): Timeline {
  const { way } = asked;
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
    lanes: [
      {
        label: SUCCESSOR,
        spans: spans([
          { state: 'starting', from: times.created, to: Math.max(times.accepts, times.counted) },
          { state: 'ready', from: Math.max(times.accepts, times.counted), to: end },
        ]),
      },
      { label: wayLane(asked, SUCCESSOR), spans: spans([{ state: 'routed', from: times.attached, to: end }]) },
    ],
    events: [
      { at: times.created, what: `${SUCCESSOR} is created` },
      { at: times.counted, what: `${SUCCESSOR} is ready` },
      { at: times.attached, what: `${way.path} sends to ${SUCCESSOR}` },
    ],
    lost: { at, lane, why: `no pod serves: the old one does until ${ended}s after its deletion, the new one from ${served}s on` },
  });
}

function remedyOf({ model, way }: Asked): string {
  if (model.strategy.kind === 'recreate') {
    return 'replace the strategy Recreate with RollingUpdate (maxSurge at least 1, maxUnavailable 0)';
  }
  if (model.strategy.kind === 'oneByOne' || !way.fallsBackToTerminating) {
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
 * leave no pod ready; each pod's successor is created at its deletion.
 */
export function askReplacement(model: WorkloadModel, way: WayIn): RaceAnswer {
  const bounds = [...REPLACEMENT.bounds, ...way.readinessGate ? [] : gateBounds(model, model.waysIn.indexOf(way))];
  return answer({ ...REPLACEMENT, bounds }, { model, way });
}
