import type { Difference, Times } from './difference-constraints';
import {
  Asked, ATTACH_AT_MOST, DETACH_AT_LEAST, DETACH_AT_MOST, GRACE_PERIOD, MIN_READY_AT_LEAST, PRE_STOP_AT_LEAST, PROXY_ACCEPTS, PROXY_ENDS,
  SCALE_DOWN_DELAY,
} from './model-bound';
import { afterSwitch, exactly, stopsOf } from './pod-end';
import { answer, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { allOf } from './remedy';
import { OLD_POD, spans, terminationTimeline, wayLane } from './termination-timeline';
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const NEW_POD = 'new pod';

const SWITCH_OVER: Question = {
  question: 'traffic moves from pods that still accept to pods that are taken in',
  demandsOf: (asked) => [
    ...stopsOf(asked).map((stop) => ({ system: { origin: 'switched', differences: afterSwitch(asked) }, event: 'detached', notAfter: stop })),
    ...asked.way.inOrder ? [] : [{ system: { origin: 'switched', differences: droppedAfterSwitch(asked) }, event: 'learnt', notAfter: 'dropped' }],
    ...takenInBefore(asked) ? [] : [{ system: { origin: 'ready', differences: beforeSwitch(asked) }, event: 'attached', notAfter: 'learnt' }],
  ],
  bounds: [
    DETACH_AT_MOST, SCALE_DOWN_DELAY, PRE_STOP_AT_LEAST, GRACE_PERIOD, PROXY_ACCEPTS, PROXY_ENDS, ATTACH_AT_MOST, DETACH_AT_LEAST, MIN_READY_AT_LEAST,
  ],
  violationOf: (asked, { notAfter }, times) => notAfter === 'learnt' ? notTakenIn(asked, times) : notAfter === 'dropped' ? droppedTooSoon(asked, times) : terminationTimeline(asked, times, {
    title: `${asked.way.path} still sends to an old pod after the traffic has moved`,
    routedUntil: times.detached,
    events: [{ at: times.switched, what: 'the traffic moves to the new pods' }],
    lost: {
      at: times[notAfter] + 1,
      lane: wayLane(asked),
      why: `a connection is refused: ${asked.way.path} sends to old pods for ${times.detached}s after the switch`,
    },
  }),
  remedyOf: ({ model, way }) => {
    const { preStop, gracePeriodSeconds, proxy } = model.termination;
    const serves = Math.min(preStop.atLeast, gracePeriodSeconds, proxy?.acceptsSeconds ?? Infinity, proxy?.endsSeconds ?? Infinity);
    const apart = way.inOrder ? 0 : way.detach.atMost - way.detach.atLeast;
    const delay = Math.max(way.detach.atMost - serves, apart);
    const minReady = way.attach.atMost - way.detach.atLeast;
    return allOf([
      delay > (SCALE_DOWN_DELAY.valueOf({ model, way }) ?? 0) && `set scaleDownDelaySeconds to at least ${delay}`,
      !takenInBefore({ model, way }) && minReady > model.minReadySeconds
        && `set minReadySeconds to at least ${minReady}, or let pods wait for the load balancer with a readiness gate`,
    ]);
  },
};

/** Whoever learns of changes in order knows the new pods by the time that it learns of the switch. */
function takenInBefore({ way }: Asked): boolean {
  return way.inOrder || way.readinessGate || way.routesUnready;
}

/** The traffic moves when all new pods are available, whether or not this way has taken them in. */
function beforeSwitch({ model, way }: Asked): Difference[] {
  return [
    exactly('ready', 'switched', model.minReadySeconds, 'minReadySeconds'),
    { from: 'switched', to: 'learnt', ...way.detach, name: `detach of ${way.path}` },
    { from: 'ready', to: 'attached', ...way.attach, name: `attach of ${way.path}` },
  ];
}

/** Where changes are learnt apart, the end of an old pod may be learnt before the switch. */
function droppedAfterSwitch({ model, way }: Asked): Difference[] {
  const differences = (from: string, to: string): Difference => ({ from, to, ...way.detach, name: `detach of ${way.path}` });
  return [
    exactly('switched', 'deleted', SCALE_DOWN_DELAY.valueOf({ model, way }) ?? 0, 'scaleDownDelaySeconds'),
    differences('deleted', 'dropped'),
    differences('switched', 'learnt'),
  ];
}

function droppedTooSoon({ way: { path } }: Asked, { deleted, dropped, learnt }: Times): Timeline {
  return {
    title: `${path} drops the old pods before it has moved the traffic`,
    unit: 'seconds',
    lanes: [
      { label: OLD_POD, spans: spans([{ state: 'ready', from: 0, to: deleted }, { state: 'terminating', from: deleted, to: learnt + 1 }]) },
      { label: path, spans: spans([{ state: 'routed', from: 0, to: dropped }, { state: 'routed', from: learnt, to: learnt + 1 }]) },
    ],
    events: [
      { at: 0, what: 'the traffic moves to the new pods' },
      { at: deleted, what: 'the old pods are deleted' },
      { at: dropped, what: `${path} has dropped the old pods` },
    ],
    lost: { at: dropped, lane: path, why: `${path} has no target: it sends to the new pods only from ${learnt}s after the switch on` },
  };
}

function notTakenIn(asked: Asked, { switched, learnt, attached }: Times): Timeline {
  const { path } = asked.way;
  const end = attached + 1;
  return {
    title: `${path} has no target when the traffic has moved`,
    unit: 'seconds',
    lanes: [
      { label: NEW_POD, spans: [{ state: 'ready', from: 0, to: end }] },
      { label: wayLane(asked, NEW_POD), spans: [{ state: 'routed', from: attached, to: end }] },
      { label: path, spans: spans([{ state: 'routed', from: 0, to: learnt }, { state: 'routed', from: attached, to: end }]) },
    ],
    events: [
      { at: 0, what: `${NEW_POD} is ready` },
      { at: switched, what: 'the traffic moves to the new pods' },
      { at: learnt, what: `${path} no longer sends to old pods` },
    ],
    lost: { at: learnt, lane: path, why: `${path} has no target: the old pods have lost the traffic, and no new one is attached until ${attached}s` },
  };
}

/**
 * Whether old pods stay until everybody on a way has learnt that the traffic has moved, and new ones have been taken in by then. Only
 * a switch over asks this.
 */
export function askSwitchOver(model: WorkloadModel, way: WayIn): RaceAnswer {
  return model.strategy.kind === 'switchOver'
    ? answer(SWITCH_OVER, { model, way })
    : { holds: true, question: SWITCH_OVER.question, inequality: `not asked: the strategy is ${model.strategy.kind}`, margins: [] };
}
