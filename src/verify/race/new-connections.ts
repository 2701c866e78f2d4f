import {
  Asked, DETACH_AT_MOST, GRACE_PERIOD, PRE_STOP_AT_LEAST, PROXY_ACCEPTS, PROXY_ENDS, SCALE_DOWN_DELAY,
} from './model-bound';
import { originOf, podEnd, stopsOf } from './pod-end';
import { answer, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { allOf, holdBackFor } from './remedy';
import { terminationTimeline, wayLane } from './termination-timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const NEW_CONNECTIONS: Question = {
  question: 'no connection is opened to a pod that has stopped accepting',
  demandsOf: (asked) => stopsOf(asked).map((stop) =>
    ({ system: { origin: originOf(asked), differences: podEnd(asked) }, event: 'detached', notAfter: stop })),
  bounds: [DETACH_AT_MOST, PRE_STOP_AT_LEAST, GRACE_PERIOD, PROXY_ACCEPTS, PROXY_ENDS, SCALE_DOWN_DELAY],
  violationOf: (asked, { notAfter }, times) => terminationTimeline(asked, times, {
    title: `${asked.way.path} opens a connection to a pod that has stopped accepting`,
    routedUntil: times.detached,
    lost: {
      at: times[notAfter] + 1,
      lane: wayLane(asked),
      why: `a connection is refused: ${notAfter === 'SIGTERM' ? 'the program' : 'the pod\'s proxy'} has stopped accepting, and `
        + `${asked.way.path} sends to the pod for ${times.detached - times.deleted}s after its deletion`,
    },
  }),
  remedyOf,
};

function remedyOf({ model, way }: Asked): string {
  const { preStop, gracePeriodSeconds, proxy } = model.termination;
  const { atMost } = way.detach;
  return allOf([
    Math.min(preStop.atLeast, gracePeriodSeconds) < atMost && holdBackFor(model, atMost),
    proxy !== undefined && proxy.acceptsSeconds < atMost && `set the proxy's drainDuration to at least ${atMost} s`,
    proxy !== undefined && proxy.endsSeconds < atMost && `set the proxy's terminationDrainDuration to at least ${atMost} s`,
  ]);
}

/** Whether everybody on a way has dropped a pod before it stops accepting. */
export function askNewConnections(model: WorkloadModel, way: WayIn): RaceAnswer {
  return answer(NEW_CONNECTIONS, { model, way });
}
