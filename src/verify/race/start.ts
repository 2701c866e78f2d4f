import type { Times } from './difference-constraints';
import { ACCEPTS_AT_MOST, Asked, ATTACH_AT_LEAST } from './model-bound';
import { onlySwitches } from './pod-end';
import { podStart } from './pod-start';
import { answer, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { spans, wayLane } from './termination-timeline';
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const NEW_POD = 'new pod';

const START: Question = {
  question: 'no request is sent to a pod that does not accept yet',
  demandsOf: (asked) => [{
    system: { origin: 'created', differences: podStart(asked) },
    event: 'accepts',
    notAfter: 'sent',
    // Who is told of pods before they are ready is not told when they end either, however soon they accept.
    isStrict: asked.way.routesUnready && !onlySwitches(asked.model),
  }],
  bounds: [ACCEPTS_AT_MOST, ATTACH_AT_LEAST],
  violationOf: (asked, _, times) => timelineOf(asked, times),
  remedyOf: ({ model, way }) => [
    ...way.routesUnready ? ['set publishNotReadyAddresses to false'] : [],
    ...model.start.gated ? [] : ['give the container a readinessProbe'],
  ].join('; '),
};

function timelineOf(asked: Asked, { accepts, sent }: Times): Timeline {
  const lane = wayLane(asked, NEW_POD);
  return {
    title: `${asked.way.path} sends a request to a pod that does not accept yet`,
    unit: 'seconds',
    lanes: [
      { label: NEW_POD, spans: spans([{ state: 'starting', from: 0, to: accepts }, { state: 'ready', from: accepts, to: accepts + 1 }]) },
      { label: lane, spans: [{ state: 'routed', from: sent, to: accepts + 1 }] },
    ],
    events: [{ at: 0, what: `${NEW_POD} is created` }, { at: sent, what: `${asked.way.path} sends to ${NEW_POD}` }],
    lost: { at: sent, lane, why: `a connection is refused: the program accepts ${accepts - sent}s later` },
  };
}

/** Whether a new pod accepts connections before anybody on a way opens one. */
export function askStart(model: WorkloadModel, way: WayIn): RaceAnswer {
  const answered = answer(START, { model, way });
  // The bounds cancel out: it is the order that a probe makes.
  return answered.holds && model.start.gated ? { ...answered, inequality: 'ready only once a probe has found it accepting' } : answered;
}
