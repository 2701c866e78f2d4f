import { timesOfLargest } from './difference-constraints';
import type { Asked } from './model-bound';
import { originOf, podEnd } from './pod-end';
import type { RaceAnswer } from './race-answer';
import { terminationTimeline, wayLane } from './termination-timeline';
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const QUESTION = 'no request is sent on a kept connection that the program is closing';

/**
 * Whether who keeps a connection to a pod learns that it ends before the pod closes it. No number decides this: a client that is
 * told nothing may write at the very moment at which the program closes, however long the pod has waited.
 */
export function askKeptConnections(model: WorkloadModel, way: WayIn): RaceAnswer {
  const exitsAtOnce = model.termination.shutdown === 'exitsAtOnce';
  const holds = way.keptBy === 'none' || (model.keptConnections === 'announced' && !exitsAtOnce);
  const kept = way.keptBy === 'none' ? 'nobody' : 'client';
  const closed = exitsAtOnce ? 'closed by the exit' : model.keptConnections;
  return {
    holds,
    question: QUESTION,
    inequality: `connections kept on ${way.path} by ${kept}, ${closed}`,
    margins: [],
    ...(holds ? {} : { counterexample: violationOf({ model, way }) }),
  };
}

function violationOf(asked: Asked): Timeline {
  const times = timesOfLargest({ origin: originOf(asked), differences: podEnd(asked) }, 'SIGTERM', 'detached');
  return {
    ...terminationTimeline(asked, times, {
      title: `a client of ${asked.way.path} writes on a connection that the program closes`,
      // A kept connection outlives what the way knows of the pod.
      routedUntil: Math.max(times.detached, times.SIGTERM),
      lost: { at: times.SIGTERM, lane: wayLane(asked), why: 'a client writes on its kept connection while the program closes it without a word' },
    }),
    remedy: remedyOf(asked),
  };
}

function remedyOf({ model }: Asked): string {
  const announce = 'let the program announce that it closes a connection (Connection: close, GOAWAY) while it is drained, before it stops';
  return model.termination.shutdown === 'exitsAtOnce' ? `let the program drain on SIGTERM; ${announce}` : announce;
}
