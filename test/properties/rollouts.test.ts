import * as fc from 'fast-check';
import { rolloutDeclarations } from './rollout-arbitraries';
import type { PlannedAnalysis } from '../../src/plan/analysis/planned-analysis';
import type { Planned } from '../../src/plan/planned-service';
import type { PlannedRollout } from '../../src/plan/rollout/planned-rollout';
import { planned, problemsOf } from '../plan/declare';

type Released = Exclude<PlannedRollout, { kind: 'rolling' }>;

/** Judges declarations that are legal, of which there must be enough. */
function forLegal(judge: (rollout: Released, service: Planned) => Array<[what: string, holds: boolean]>): void {
  let legal = 0;
  fc.assert(fc.property(rolloutDeclarations, (props) => {
    if (problemsOf(props).length > 0) {
      return;
    }
    legal += 1;
    const service = planned(props).planned;
    expect(judge(service.rollout as Released, service).filter(([, holds]) => !holds).map(([what]) => what)).toEqual([]);
  }), { numRuns: 1500 });
  expect(legal).toBeGreaterThan(150);
}

/** From the change of a share to the last of its measurements. */
const lasting = ({ initialDelay, interval, count }: PlannedAnalysis) => initialDelay + interval * (count - 1);

const slowest = ({ paths }: Planned) => Math.max(...paths.map(({ propagation }) => propagation.value));
const timesOf = (rollout: Released) => rollout.kind === 'canary' ? rollout.steps.map(({ seconds }) => seconds)
  : [rollout.kind === 'abTest' ? rollout.seconds : rollout.scaleDownDelay];

test('a version is tried for as long as its analysis takes, and as every way in needs to learn of it', () => {
  forLegal((rollout, service) => timesOf(rollout).filter(() => rollout.kind !== 'blueGreen' || rollout.engine.kind !== 'flagger').flatMap((seconds) => [
    ['the analysis', rollout.analysis === undefined || seconds >= lasting(rollout.analysis)],
    ['the way in', seconds >= slowest(service)],
  ]));
});

test('pods stay until the last request to them has ended', () => {
  forLegal((rollout, service) => [rollout.scaleDownDelay, rollout.abortScaleDownDelay].filter((delay) => delay > 0).flatMap((delay) => [
    ['thirty seconds', delay >= 30],
    ['the way in', delay >= slowest(service)],
    ['the last request', delay + service.termination.gracePeriod.value >= slowest(service) + service.spec.longestRequest.seconds],
  ]));
});

test('Argo Rollouts gets no delay that it refuses', () => {
  forLegal(({ kind, engine, routers, scaleDownDelay }) => engine.kind !== 'argoRollouts' ? [] : [
    ['a delay', (scaleDownDelay > 0) === (kind === 'blueGreen' || (routers.length > 0 && engine.stableScale === 'FULL'))],
  ]);
});

test('a share is borne by as many pods as it is worth, and by more than evictions may take', () => {
  forLegal((rollout, { capacity }) => rollout.kind !== 'canary' || rollout.routers.length === 0 ? [] : rollout.steps.flatMap(({ weight, pods }) => [
    [`${weight}%`, pods * 100 >= weight * capacity.most.value],
    // Without a controller the new version has a budget of its own, which lets one pod go.
    [`${weight}% and evictions`, pods > (rollout.engine.kind === 'native' && capacity.disrupted ? 1 : capacity.disrupted?.value ?? 0)],
    [`${weight}% is no more than all`, pods <= capacity.most.value],
  ]));
});

test('shares that are counted in pods all differ, and are near to what was asked for', () => {
  forLegal((rollout, { capacity: { fewest, most, disrupted } }) => rollout.kind !== 'canary' || rollout.routers.length > 0 ? [] : [
    ['different', fewest.value < most.value || new Set(rollout.steps.map(({ pods }) => pods)).size === rollout.steps.length],
    ...rollout.steps.map(({ weight, pods }): [string, boolean] => {
      const [replicas, all] = rollout.engine.kind === 'native' ? [fewest.value, fewest.value + pods] : [most.value, most.value];
      // Without a controller there are two pods at least, of which an eviction leaves one.
      const isFewest = rollout.engine.kind === 'native' && disrupted !== undefined && pods === 2;
      return [`${weight}%`, isFewest ? weight / 100 <= 3 / (replicas + 3) : Math.abs(pods / all - weight / 100) <= 1 / replicas];
    }),
  ]);
});

test('every pod that a release can have is planned for', () => {
  forLegal((rollout, { peakPods, capacity: { most, disrupted } }) => {
    const beside = rollout.kind === 'canary' ? Math.max(...rollout.steps.map(({ pods }) => pods)) : most.value;
    // The new version is promoted with all of its pods, beside all old ones, unless these are replaced by it.
    const promoted = rollout.routers.length === 0 && rollout.kind === 'canary' ? 0 : most.value;
    return [['both versions', peakPods.value >= most.value + Math.max(beside, rollout.engine.kind === 'native' ? 0 : promoted) + (disrupted?.value ?? 1)]];
  });
});

test('Flagger acts less often than its load tests take, and tries a version for its whole time', () => {
  forLegal((rollout) => {
    const { engine, loop } = rollout;
    if (engine.kind !== 'flagger') {
      return [['no loop', loop === undefined]];
    }
    const tests = engine.webhooks.filter(({ type }) => type === 'rollout').reduce((total, { timeoutSeconds }) => total + timeoutSeconds, 0);
    return [
      ['load tests', loop!.interval > tests],
      ['the time', rollout.kind !== 'abTest' || loop!.interval * loop!.iterations! >= rollout.seconds],
      ['the share', rollout.kind !== 'canary' || rollout.steps.every(({ seconds }) => seconds === loop!.interval)],
      ['the window', rollout.analysis === undefined || loop!.interval >= rollout.analysis.window],
    ];
  });
});

test('what is refused is told in one sentence each, and the same again', () => {
  let refused = 0;
  fc.assert(fc.property(rolloutDeclarations, (props) => {
    const problems = problemsOf(props);
    refused += problems.length > 0 ? 1 : 0;
    expect(problems.filter((text) => !/^\S[^\n]*; [^\n]*[^.\n]$/.test(text))).toEqual([]);
    expect(new Set(problems).size).toBe(problems.length);
    expect(problemsOf(props)).toEqual(problems);
  }), { numRuns: 500 });
  expect(refused).toBeGreaterThan(100);
});
