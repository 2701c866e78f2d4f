import type { Times } from './difference-constraints';
import { ACCEPTS_AT_MOST, MIN_READY, NOTICED_WITHIN, PROGRESS_DEADLINE } from './model-bound';
import { exactly } from './pod-end';
import { gateBounds, readyPod, readyWithin } from './pod-start';
import { answer, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { spans } from './termination-timeline';
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const NEW_POD = 'new pod';

/** The question is about the workload as a whole: no way in has a part in it but by its readiness gate. */
const NO_WAY: WayIn = {
  path: 'none',
  through: 'none',
  detach: { atLeast: 0, atMost: 0 },
  attach: { atLeast: 0, atMost: 0 },
  inOrder: true,
  fallsBackToTerminating: false,
  routesUnready: false,
  readinessGate: false,
  keptBy: 'none',
};

const PROGRESS: Question = {
  question: 'no release that is on its way counts as failed',
  demandsOf: (asked) => [{
    system: {
      origin: 'created',
      differences: [
        ...readyPod(asked.model),
        exactly('counted', 'available', asked.model.minReadySeconds, 'minReadySeconds'),
        exactly('created', 'failed', PROGRESS_DEADLINE.valueOf(asked) ?? Infinity, 'progressDeadlineSeconds'),
      ],
    },
    event: 'available',
    notAfter: 'failed',
    isStrict: true,
  }],
  bounds: [ACCEPTS_AT_MOST, NOTICED_WITHIN, MIN_READY, PROGRESS_DEADLINE],
  violationOf: (_, __, times) => timelineOf(times),
  remedyOf: ({ model }) => `set progressDeadlineSeconds to at least ${readyWithin(model) + model.minReadySeconds + 1}`,
};

/** No request is lost by a release that is given up; it is only left half done. */
function timelineOf({ counted, available, failed }: Times): Timeline {
  return {
    title: 'a release that is on its way counts as failed',
    unit: 'seconds',
    lanes: [{
      label: NEW_POD,
      spans: spans([{ state: 'starting', from: 0, to: counted }, { state: 'ready', from: counted, to: available + 1 }]),
    }],
    events: [
      { at: 0, what: `${NEW_POD} is created` },
      { at: counted, what: `${NEW_POD} is ready` },
      { at: failed, what: 'the release counts as failed (ProgressDeadlineExceeded)' },
      { at: available, what: `${NEW_POD} is available` },
    ].sort((one, other) => one.at - other.at),
  };
}

/**
 * Whether a new pod is available before the release counts as failed. Strictly: as if nothing but a pod that becomes available
 * were progress.
 */
export function askProgressDeadline(model: WorkloadModel): RaceAnswer {
  if (model.progressDeadlineSeconds === undefined) {
    return { holds: true, question: PROGRESS.question, inequality: 'not asked: there is no progressDeadlineSeconds', margins: [] };
  }
  return answer({ ...PROGRESS, bounds: [...PROGRESS.bounds, ...gateBounds(model, -1)] }, { model, way: NO_WAY });
}
