import { Asked, IDLE_TIMEOUT, KEEP_ALIVE } from './model-bound';
import { exactly } from './pod-end';
import { answer, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { wayLane } from './termination-timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

const QUESTION = 'no request is sent on an idle connection that the program is closing';

const IDLE_CONNECTIONS: Question = {
  question: QUESTION,
  demandsOf: ({ model, way }) => [{
    system: {
      origin: 'idle',
      differences: [
        exactly('idle', 'closed', model.keepAliveSeconds ?? Infinity, 'keep-alive'),
        exactly('idle', 'givenUp', way.idleTimeoutSeconds ?? 0, `idle timeout of ${way.path}`),
      ],
    },
    event: 'givenUp',
    notAfter: 'closed',
    isStrict: true,
  }],
  bounds: [IDLE_TIMEOUT, KEEP_ALIVE],
  violationOf: (asked, _, { closed, givenUp }) => ({
    title: `${asked.way.path} sends a request on a connection that the program closes as idle`,
    unit: 'seconds',
    lanes: [
      { label: 'pod', spans: [{ state: 'ready', from: 0, to: givenUp + 1 }] },
      { label: wayLane(asked, 'pod'), spans: [{ state: 'routed', from: 0, to: givenUp + 1 }] },
    ],
    events: [{ at: 0, what: 'the last request on a kept connection is answered' }, { at: closed, what: 'the program closes the idle connection' }],
    lost: { at: closed, lane: wayLane(asked, 'pod'), why: 'a request is sent on the connection at the moment at which the program closes it: sporadic 502' },
  }),
  remedyOf,
};

function remedyOf({ way }: Asked): string {
  return `let the program keep idle connections open for at least ${(way.idleTimeoutSeconds ?? 0) + 1} s`;
}

/**
 * Whether who keeps an idle connection gives it up before the program does. An announcement does not help: there is no answer left
 * in which an idle connection's end could be announced.
 */
export function askIdleConnections(model: WorkloadModel, way: WayIn): RaceAnswer {
  if (model.keepAliveSeconds === undefined || way.idleTimeoutSeconds === undefined) {
    const unknown = model.keepAliveSeconds === undefined ? 'keep-alive' : `idle timeout of ${way.path}`;
    return { holds: true, question: QUESTION, inequality: `not asked: ${unknown} is not known`, margins: [] };
  }
  return answer(IDLE_CONNECTIONS, { model, way });
}
