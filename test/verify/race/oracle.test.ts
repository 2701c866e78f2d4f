import * as fc from 'fast-check';
import { asked, Changes, modelOf } from './model';
import type { RaceAnswer } from '../../../src/verify/race/race-answer';
import type { Lane, Timeline } from '../../../src/verify/timeline';
import type { WorkloadModel } from '../../../src/verify/workload-model';

const small = (max: number) => fc.integer({ min: 0, max });
const interval = fc.record({ atLeast: small(5), length: small(2) }).map(({ atLeast, length }) => ({ atLeast, atMost: atLeast + length }));

const changes: fc.Arbitrary<Changes> = fc.record({
  longestRequestSeconds: fc.integer({ min: 1, max: 5 }),
  termination: fc.record({
    gracePeriodSeconds: fc.integer({ min: 1, max: 12 }),
    preStop: interval,
    kubeletSeconds: small(2),
    shutdown: fc.constantFrom('drains' as const, 'exitsAtOnce' as const),
    drainSeconds: small(6),
  }),
  way: fc.record({ detach: interval, keptBy: fc.constantFrom('client' as const, 'none' as const), cutsAfterSeconds: fc.option(small(6), { nil: undefined }) }),
});

const range = (from: number, to: number) => [...Array(to - from + 1).keys()].map((step) => from + step);

/** One pod's end, second by second, told anew: whether a connection is refused, or a request cut, in any course of events. */
function losses(model: WorkloadModel): { refused: boolean; cut: boolean } {
  const { gracePeriodSeconds: grace, preStop, kubeletSeconds, shutdown, drainSeconds } = model.termination;
  const [{ detach, keptBy, cutsAfterSeconds }] = model.waysIn;
  let refused = false;
  let cut = false;
  for (const hook of range(preStop.atLeast, preStop.atMost)) {
    const over = Math.min(hook, grace);
    for (const late of range(0, kubeletSeconds)) {
      const term = over + late;
      const kill = Math.max(grace, term + 2);
      const gone = shutdown === 'drains' ? Math.min(kill, term + drainSeconds) : term;
      for (const dropped of range(detach.atLeast, detach.atMost)) {
        refused ||= dropped > term;
        for (const accepted of range(0, term)) {
          const answered = accepted + model.longestRequestSeconds;
          const isOnNewConnection = accepted <= dropped;
          const isSent = isOnNewConnection || (keptBy === 'client' && shutdown === 'drains');
          cut ||= isSent && answered > gone;
          const balancerCuts = dropped + (cutsAfterSeconds ?? Infinity);
          cut ||= isSent && accepted <= balancerCuts && answered > balancerCuts;
        }
      }
    }
  }
  return { refused, cut };
}

test('the answers are those of all courses of events, one by one', () => {
  fc.assert(fc.property(changes, (drawn) => {
    const { refused, cut } = losses(modelOf(drawn));
    expect({ refused: !asked('newConnections', drawn).holds, cut: !asked('inFlight', drawn).holds }).toEqual({ refused, cut });
  }), { numRuns: 100 });
});

test('the inequality is true exactly where the answer is that nothing is lost', () => {
  const side = (text: string) => [...text.matchAll(/ (\d+)s/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
  fc.assert(fc.property(changes, (drawn) => {
    for (const { holds, inequality } of [asked('newConnections', drawn), asked('inFlight', drawn), asked('replacement', drawn)]) {
      const [left, right] = inequality.split(' ≥ ');
      expect({ inequality, holds: side(` ${left}`) >= side(` ${right}`) }).toEqual({ inequality, holds });
    }
  }), { numRuns: 100 });
});

const laneOf = ({ lanes }: Timeline, label: string): Lane => lanes.find((lane) => lane.label === label)!;
const covers = ({ spans }: Lane, state: string, at: number) => spans.some((span) => span.state === state && span.from <= at && at <= span.to);

/** What is wrong with a timeline, read as it stands. */
function flaws(timeline: Timeline): string[] {
  const { lanes, events, lost } = timeline;
  const times = events.map(({ at }) => at);
  return [
    ...lanes.flatMap(({ label, spans }) => spans.filter((span, index) => span.from >= span.to || (index > 0 && span.from !== spans[index - 1].to))
      .map(() => `${label} has a gap`)),
    ...times.some((at, index) => at < 0 || (index > 0 && at < times[index - 1])) ? ['events are not in order'] : [],
    ...lost !== undefined && times.some((at) => at > lost.at) ? ['something happens after the loss'] : [],
    ...lost !== undefined && !lanes.some(({ label }) => label === lost.lane) ? ['the request is lost nowhere'] : [],
  ];
}

test('a refused connection comes while the way still sends, and the pod no longer accepts', () => {
  fc.assert(fc.property(changes, (drawn) => {
    const { counterexample } = asked('newConnections', drawn);
    fc.pre(counterexample !== undefined);
    const at = counterexample!.lost!.at;
    expect(flaws(counterexample!)).toEqual([]);
    expect(covers(laneOf(counterexample!, 'clusterInternal → old pod'), 'routed', at)).toBe(true);
    const pod = laneOf(counterexample!, 'old pod');
    const accepts = pod.spans.filter(({ state }) => state === 'ready' || state === 'terminating').map(({ to }) => to);
    expect(at).toBeGreaterThan(Math.max(...accepts));
  }), { numRuns: 30 });
});

test('a cut request was accepted before, and would have been answered later', () => {
  fc.assert(fc.property(changes, (drawn) => {
    const { counterexample } = asked('inFlight', drawn);
    fc.pre(counterexample !== undefined);
    const { at, lane } = counterexample!.lost!;
    expect(flaws(counterexample!)).toEqual([]);
    const [span] = laneOf(counterexample!, lane).spans;
    expect(span.to - span.from).toBe(drawn.longestRequestSeconds);
    expect(span.from).toBeLessThanOrEqual(at);
    expect(span.to).toBeGreaterThan(at);
    expect(covers(laneOf(counterexample!, 'old pod'), 'stopped', span.from - 1)).toBe(false);
  }), { numRuns: 30 });
});

/** Does what a remedy says, and nothing else. */
function applied(drawn: Changes, remedy: string): Changes {
  const number = (pattern: RegExp) => pattern.test(remedy) ? Number(pattern.exec(remedy)![1]) : undefined;
  const sleep = number(/preStop sleep to at least (\d+) s/);
  const delay = number(/scaleDownDelaySeconds to at least (\d+)/);
  const model = modelOf(drawn);
  const { termination } = model;
  return {
    ...drawn,
    termination: {
      ...termination,
      preStop: sleep === undefined ? termination.preStop : { atLeast: sleep, atMost: sleep },
      gracePeriodSeconds: number(/terminationGracePeriodSeconds to at least (\d+)/) ?? termination.gracePeriodSeconds,
      drainSeconds: number(/drain for at least (\d+) s/) ?? termination.drainSeconds,
      ...termination.proxy === undefined ? {} : {
        proxy: {
          acceptsSeconds: number(/ drainDuration to at least (\d+) s/) ?? termination.proxy.acceptsSeconds,
          endsSeconds: number(/terminationDrainDuration to at least (\d+) s/) ?? termination.proxy.endsSeconds,
        },
      },
    },
    way: { ...drawn.way, cutsAfterSeconds: number(/deregistration_delay.timeout_seconds to at least (\d+)/) ?? drawn.way?.cutsAfterSeconds },
    strategy: delay === undefined ? model.strategy : { kind: 'switchOver', scaleDownDelaySeconds: delay },
  };
}

const proxies = fc.option(fc.record({ acceptsSeconds: small(9), endsSeconds: small(9) }), { nil: undefined });
const withProxy: fc.Arbitrary<Changes> = fc.record({ drawn: changes, proxy: proxies })
  .map(({ drawn, proxy }) => ({ ...drawn, termination: { ...drawn.termination, proxy } }));

test.each(['newConnections', 'inFlight', 'replacement', 'switchOver'] as const)('what a remedy of %s says makes it hold', (question) => {
  fc.assert(fc.property(withProxy, (drawn) => {
    const changed: Changes = question === 'switchOver' ? { ...drawn, strategy: { kind: 'switchOver', scaleDownDelaySeconds: 1 } } : drawn;
    const { counterexample } = asked(question, changed);
    fc.pre(counterexample !== undefined);
    const repaired: RaceAnswer = asked(question, applied(changed, counterexample!.remedy!));
    expect({ remedy: counterexample!.remedy, holds: repaired.holds }).toEqual({ remedy: counterexample!.remedy, holds: true });
  }), { numRuns: 30 });
});

test('a remedy that lengthens the hook cuts nothing instead', () => {
  fc.assert(fc.property(changes, (drawn) => {
    fc.pre(asked('inFlight', drawn).holds);
    const { counterexample } = asked('newConnections', drawn);
    // A load balancer that cuts too early cuts what a longer hook lets in.
    fc.pre(counterexample !== undefined && drawn.termination?.shutdown === 'drains' && drawn.way?.cutsAfterSeconds === undefined);
    expect(asked('inFlight', applied(drawn, counterexample!.remedy!)).holds).toBe(true);
  }), { numRuns: 30 });
});

test('a margin holds, and the value after it does not', () => {
  fc.assert(fc.property(changes, (drawn) => {
    const { margins } = asked('newConnections', drawn);
    const margin = margins.find(({ bound }) => bound.startsWith('detach'));
    const at = (atMost: number) => asked('newConnections', { ...drawn, way: { ...drawn.way, detach: { atLeast: 0, atMost } } }).holds;
    expect([at(margin!.holdsUntil), at(margin!.holdsUntil + 1)]).toEqual([true, false]);
  }), { numRuns: 30 });
});
