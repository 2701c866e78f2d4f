import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import type { PlannedAnalysis } from '../../src/plan/analysis/planned-analysis';
import { Analysis } from '../../src/spec/analysis/analysis';
import type { PrometheusAnalysisOptions } from '../../src/spec/analysis/prometheus';
import { DeclarationError } from '../../src/spec/declaration-error';
import { Rollout } from '../../src/spec/rollout/rollout';
import { Traffic } from '../../src/spec/traffic/traffic';
import { ENGINES } from '../plan/analysis/declared';
import { planned } from '../plan/declare';

/** What a declaration may say of times, rates and ways in; absent where it says nothing. */
const declared = fc.record({
  engine: fc.constantFrom(...Object.values(ENGINES)),
  share: fc.integer({ min: 1, max: 99 }),
  scrape: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
  window: fc.option(fc.integer({ min: 10, max: 20_000 }), { nil: undefined }),
  interval: fc.option(fc.integer({ min: 10, max: 1000 }), { nil: undefined }),
  initialDelay: fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: undefined }),
  stepDuration: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  measurements: fc.integer({ min: 1, max: 20 }),
  minRequests: fc.integer({ min: 1, max: 500 }),
  requestsPerSecond: fc.option(fc.double({ min: 0.01, max: 10_000, noNaN: true }), { nil: undefined }),
  propagation: fc.integer({ min: 0, max: 300 }),
});

type Declared = typeof declared extends fc.Arbitrary<infer T> ? T : never;

const duration = (seconds: number | undefined) => seconds === undefined ? undefined : Duration.seconds(seconds);

/** The ways in, with the time that each takes to learn of a change: Flagger splits on one alone. */
function waysOf({ engine, propagation }: Declared): Array<[Traffic, number]> {
  const istio: [Traffic, number] = [Traffic.istio({ propagation: Duration.seconds(propagation) }), propagation];
  return engine === ENGINES.flagger ? [istio] : [istio, [Traffic.ingressNginx({ hosts: ['a.example'], propagation: Duration.seconds(20) }), 20]];
}

/** The plan's analysis and how long its share is held, or nothing where the declaration is refused. */
function plan(given: Declared): { readonly analysis: PlannedAnalysis; readonly held: number } | undefined {
  const options: PrometheusAnalysisOptions = {
    address: 'http://prometheus:9090',
    maxErrorRate: 0.01,
    scrapeInterval: duration(given.scrape),
    window: duration(given.window),
    interval: duration(given.interval),
    initialDelay: duration(given.initialDelay),
    measurements: given.measurements,
    minRequests: given.minRequests,
    requestsPerSecond: given.requestsPerSecond,
  };
  const analysis = Analysis.prometheus(options);
  const rollout = Rollout.canary({ steps: [given.share], stepDuration: duration(given.stepDuration), engine: given.engine, analysis });
  const traffic = waysOf(given).map(([make]) => make);
  try {
    const made = planned({ rollout, traffic }).planned.rollout;
    return made.kind === 'canary' && made.analysis ? { analysis: made.analysis, held: made.steps[0].seconds } : undefined;
  } catch (error) {
    if (error instanceof DeclarationError) {
      return undefined;
    }
    throw error;
  }
}

/** What a planned analysis violates, computed anew. */
function violations(given: Declared, { analysis, held }: NonNullable<ReturnType<typeof plan>>): string[] {
  const scrape = given.scrape ?? 30;
  const { window, interval, initialDelay, count } = analysis;
  const propagation = Math.max(...waysOf(given).map(([, seconds]) => seconds));
  const seen = given.requestsPerSecond === undefined ? Infinity : given.requestsPerSecond * given.share / 100 * window;
  const kept = [[given.window, window], [given.interval, interval], [given.initialDelay, initialDelay], [given.stepDuration, held]];
  const inequalities: Array<[string, boolean]> = [
    ['the window sees four scrapes', window >= 4 * scrape],
    ['the window sees enough requests', seen >= given.minRequests * (1 - 1e-9)],
    ['no measurement looks back to before the change', initialDelay - window - scrape >= propagation],
    ['measurements see new scrapes', interval >= scrape],
    ['the share is held until the last measurement is answered', held >= initialDelay + (count - 1) * interval + 30],
    ['overrides are kept', kept.every(([own, made]) => own === undefined || own === made)],
  ];
  return inequalities.filter(([, holds]) => !holds).map(([name]) => name);
}

test('whatever is planned satisfies every inequality, and overrides are refused rather than changed', () => {
  let legal = 0;
  fc.assert(fc.property(declared, (given) => {
    const made = plan(given);
    legal += made === undefined ? 0 : 1;
    expect(made === undefined ? [] : violations(given, made)).toEqual([]);
  }), { numRuns: 400 });
  expect(legal).toBeGreaterThan(40);
});

test('what leaves all times to the plan is never refused for them', () => {
  const left = { window: undefined, interval: undefined, initialDelay: undefined, stepDuration: undefined };
  fc.assert(fc.property(declared, (given) => {
    fc.pre(given.requestsPerSecond === undefined || given.minRequests / (given.requestsPerSecond * given.share / 100) <= 40_000);
    expect(plan({ ...given, ...left })).toBeDefined();
  }), { numRuns: 200 });
});
