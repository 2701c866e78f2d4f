import * as fc from 'fast-check';
import { Changes, exactly, failing, modelOf, QuestionName, QUESTIONS } from './model';
import type { WorkloadModel } from '../../../src/verify/workload-model';

/** Numbers from which a model is built in which everything holds. */
interface Numbers {
  readonly detach: number;
  readonly attach: number;
  readonly request: number;
  readonly kubelet: number;
  readonly start: number;
  readonly period: number;
  readonly minReady: number;
  /** By how much each bound is better than it must be. */
  readonly room: number;
}

const seconds = (min: number, max: number) => fc.integer({ min, max });
const numbers: fc.Arbitrary<Numbers> = fc.record({
  detach: seconds(1, 60),
  attach: seconds(0, 60),
  request: seconds(1, 300),
  kubelet: seconds(0, 3),
  start: seconds(1, 60),
  period: seconds(1, 10),
  minReady: seconds(0, 60),
  room: seconds(1, 20),
});

const servesFrom = ({ start, period, attach }: Numbers) => start + period + attach;
const preStopOf = (drawn: Numbers) => Math.max(drawn.detach, servesFrom(drawn)) + drawn.room;
const lastAnswer = (drawn: Numbers) => preStopOf(drawn) + drawn.kubelet + drawn.request;
const availableAfter = ({ start, period, minReady }: Numbers) => start + period + minReady;

/** What the inequalities ask for, and the room besides. */
function sound(drawn: Numbers): Required<Pick<Changes, 'termination' | 'way' | 'start'>> & Changes {
  const { detach, attach, request, kubelet, start, period, minReady, room } = drawn;
  return {
    termination: {
      preStop: exactly(preStopOf(drawn)),
      gracePeriodSeconds: lastAnswer(drawn) + room,
      kubeletSeconds: kubelet,
      drainSeconds: request + room,
      proxy: { acceptsSeconds: detach + room, endsSeconds: lastAnswer(drawn) + room },
    },
    start: { accepts: { atLeast: 0, atMost: start }, noticedWithinSeconds: period },
    way: {
      detach: { atLeast: 0, atMost: detach },
      attach: { atLeast: 0, atMost: attach },
      cutsAfterSeconds: lastAnswer(drawn) + room,
      idleTimeoutSeconds: 60,
    },
    keepAliveSeconds: 60 + room,
    longestRequestSeconds: request,
    minReadySeconds: minReady,
    progressDeadlineSeconds: availableAfter(drawn) + room,
  };
}

type Changed = (drawn: Numbers, model: Changes, by: 0 | 1) => Changes;
type Fits = (drawn: Numbers) => boolean;
type Break = readonly [what: string, concerned: QuestionName, changed: Changed, fits?: Fits];

const termination = (model: Changes, changed: Changes['termination']): Changes => ({ ...model, termination: { ...model.termination, ...changed } });

/** One bound each: exactly what its inequality asks for (by 0), or a second short of it (by 1). */
const BREAKS: readonly Break[] = [
  ['the hook against the detach', 'newConnections',
    (drawn, model, by) => termination(model, { preStop: exactly(drawn.detach - by) }), (drawn) => drawn.detach > servesFrom(drawn)],
  ['the detach against the hook', 'newConnections', (drawn, model, by) => ({
    ...termination(model, { proxy: undefined }), way: { ...model.way, detach: { atLeast: 0, atMost: preStopOf(drawn) + by } },
  })],
  ['the proxy\'s drainDuration', 'newConnections',
    (drawn, model, by) => termination(model, { proxy: { acceptsSeconds: drawn.detach - by, endsSeconds: 10_000 } }),
    (drawn) => drawn.detach > servesFrom(drawn)],
  ['the grace period against the last answer', 'inFlight',
    (drawn, model, by) => termination(model, { gracePeriodSeconds: lastAnswer(drawn) - by }), (drawn) => drawn.request > 2],
  ['the drain against the request', 'inFlight', (drawn, model, by) => termination(model, { drainSeconds: drawn.request - by })],
  ['the proxy\'s terminationDrainDuration', 'inFlight',
    (drawn, model, by) => termination(model, { proxy: { acceptsSeconds: 10_000, endsSeconds: lastAnswer(drawn) - by } })],
  ['the deregistration delay', 'inFlight',
    (drawn, model, by) => ({ ...model, way: { ...model.way, cutsAfterSeconds: lastAnswer(drawn) - by } })],
  ['the deregistration delay of a proxy that lets go of connections', 'inFlight',
    (drawn, model, by) => ({ ...model, way: { ...model.way, keptBy: 'none', cutsAfterSeconds: drawn.request - by } })],
  ['the announcement of kept connections', 'keptConnections', (_, model, by) => ({ ...model, keptConnections: by === 1 ? 'closed' : 'announced' })],
  ['the keep-alive against the idle timeout', 'idleConnections', (_, model, by) => ({ ...model, keepAliveSeconds: 61 - by })],
  ['the probe', 'start', (_, model, by) => ({ ...model, start: { ...model.start, gated: by === 0 } })],
  ['the start against the hook', 'replacement', (drawn, model, by) => ({
    ...model,
    progressDeadlineSeconds: undefined,
    start: { ...model.start, accepts: { atLeast: 0, atMost: preStopOf(drawn) - drawn.period - drawn.attach + by } },
    termination: { ...model.termination, proxy: undefined },
  })],
  ['the deadline against the slowest pod', 'progressDeadline',
    (drawn, model, by) => ({ ...model, progressDeadlineSeconds: availableAfter(drawn) + 1 - by })],
];

/** The proxy must also outlast a successor's start, where that is asked. */
const withRoomForSuccessor = (drawn: Numbers): Changes => {
  const model = sound(drawn);
  return termination(model, { proxy: { acceptsSeconds: preStopOf(drawn) + drawn.room, endsSeconds: lastAnswer(drawn) + drawn.room } });
};

test('what satisfies all inequalities loses nothing, and has no negative margin', () => {
  fc.assert(fc.property(numbers, (drawn) => {
    const model = modelOf(withRoomForSuccessor(drawn));
    expect(failing(model)).toEqual([]);
    for (const [name, ask] of Object.entries(QUESTIONS)) {
      for (const { bound, assumed, holdsUntil } of ask(model, model.waysIn[0]).margins) {
        expect(isUpper(name, bound) ? holdsUntil - assumed : assumed - holdsUntil).toBeGreaterThanOrEqual(0);
      }
    }
  }), { numRuns: 12 });
});

const UPPER = /^(detach|attach|kubelet|request|start|probe period|minReadySeconds|idle timeout)/;

/** A hook has a largest value where the grace period must cover it, and a smallest where it must cover something. */
function isUpper(question: string, bound: string): boolean {
  return UPPER.test(bound) || (question === 'inFlight' && bound === 'preStop');
}

describe.each(BREAKS.map(([what, concerned, changed, fits = () => true]) => ({ what, concerned, changed, fits })))('$what', ({ concerned, changed, fits }) => {
  const at = (drawn: Numbers, by: 0 | 1): WorkloadModel => modelOf(changed(drawn, withRoomForSuccessor(drawn), by));

  test('holds exactly at its bound', () => {
    fc.assert(fc.property(numbers.filter(fits), (drawn) => {
      expect(failing(at(drawn, 0))).toEqual([]);
    }), { numRuns: 12 });
  });

  test('is violated one second beyond it, and nothing else is', () => {
    fc.assert(fc.property(numbers.filter(fits), (drawn) => {
      expect(failing(at(drawn, 1))).toEqual([concerned]);
    }), { numRuns: 12 });
  });
});
