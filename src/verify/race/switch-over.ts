import type { Difference } from './difference-constraints';
import { Asked, DETACH_AT_MOST, GRACE_PERIOD, PRE_STOP_AT_LEAST, PROXY_ACCEPTS, PROXY_ENDS, SCALE_DOWN_DELAY } from './model-bound';
import { exactly, podEnd, stopsOf } from './pod-end';
import { answer, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { terminationTimeline, wayLane } from './termination-timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const SWITCH_OVER: Question = {
  question: 'no connection is opened to an old pod that has stopped accepting after the traffic has moved',
  demandsOf: (asked) => stopsOf(asked).map((stop) =>
    ({ system: { origin: 'switched', differences: afterSwitch(asked) }, event: 'detached', notAfter: stop })),
  bounds: [DETACH_AT_MOST, SCALE_DOWN_DELAY, PRE_STOP_AT_LEAST, GRACE_PERIOD, PROXY_ACCEPTS, PROXY_ENDS],
  violationOf: (asked, { notAfter }, times) => terminationTimeline(asked, times, {
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
    return `set scaleDownDelaySeconds to at least ${way.detach.atMost - serves}`;
  },
};

/** The consumers learn of the switch, which comes before the deletion and takes as long to reach them. */
function afterSwitch(asked: Asked): Difference[] {
  return [
    exactly('switched', 'deleted', SCALE_DOWN_DELAY.valueOf(asked) ?? 0, 'scaleDownDelaySeconds'),
    ...podEnd(asked).map((difference) => difference.to === 'detached' ? { ...difference, from: 'switched' } : difference),
  ];
}

/** Whether old pods stay until everybody on a way has learnt that the traffic has moved. Only a switch over asks this. */
export function askSwitchOver(model: WorkloadModel, way: WayIn): RaceAnswer {
  return model.strategy.kind === 'switchOver'
    ? answer(SWITCH_OVER, { model, way })
    : { holds: true, question: SWITCH_OVER.question, inequality: `not asked: the strategy is ${model.strategy.kind}`, margins: [] };
}
