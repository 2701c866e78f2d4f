import { EXACT, exactly, SOUND } from './models';
import { simulate } from '../../../src/verify/simulation/simulate';

const SINGLE = {
  ...EXACT,
  replicas: { min: 1, max: 1 },
  termination: { ...EXACT.termination, preStop: exactly(3), drainSeconds: 4, shutdown: 'exitsAtOnce' as const },
};
const { trace } = simulate(SINGLE, { seed: 3, scenario: 'release', requestSeconds: 0 });

test('names the workload, the scenario and the seed, by which it can be repeated', () => {
  expect(trace.title).toBe('Deployment shop/payments: release, seed 3');
  expect(trace.unit).toBe('seconds');
});

test('tells what happened in order', () => {
  expect(trace.events).toEqual([
    { at: 0, what: 'a release begins' },
    { at: 0, what: 'new pod 1 is created' },
    { at: 5, what: 'new pod 1 is ready' },
    { at: 5, what: 'old pod 1 is deleted' },
    { at: 8, what: 'old pod 1 is gone' },
  ]);
});

test('shows what every pod and the way went through', () => {
  expect(trace.lanes).toEqual([
    {
      label: 'old pod 1',
      spans: [{ state: 'ready', from: 0, to: 5 }, { state: 'terminating', from: 5, to: 8 }, { state: 'stopped', from: 8, to: 14 }],
    },
    { label: 'new pod 1', spans: [{ state: 'starting', from: 0, to: 5 }, { state: 'ready', from: 5, to: 14 }] },
    { label: 'clusterInternal', spans: [{ state: 'routed', from: 0, to: 14 }] },
    { label: 'clusterInternal → old pod 1', spans: [{ state: 'routed', from: 0, to: 10 }] },
    { label: 'clusterInternal → new pod 1', spans: [{ state: 'routed', from: 5, to: 14 }] },
  ]);
});

test('marks the first request that is lost, in a lane that is shown', () => {
  expect(trace.lost).toMatchObject({ at: expect.closeTo(8, 0), lane: 'clusterInternal → old pod 1' });
  expect(trace.lanes.map(({ label }) => label)).toContain(trace.lost!.lane);
});

test('marks none where none is lost', () => {
  expect(simulate(SOUND, { seed: 3 }).trace).not.toHaveProperty('lost');
});

test('tells two ways with the same path apart', () => {
  const [way] = EXACT.waysIn;
  const both = simulate({ ...SINGLE, waysIn: [way, { ...way, through: 'Service shop/admin' }] }, { seed: 3, scenario: 'release' });
  expect(both.trace.lanes.map(({ label }) => label)).toEqual(expect.arrayContaining([
    'clusterInternal by Service shop/payments', 'clusterInternal by Service shop/admin → old pod 1',
  ]));
});

test('every time of a busy run lies within it, and spans of a lane follow one another', () => {
  const busy = simulate({ ...SOUND, replicas: { min: 2, max: 6 } }, { seed: 8, scenario: 'secondChange' }).trace;
  const end = Math.max(...busy.lanes.flatMap(({ spans }) => spans.map(({ to }) => to)));
  expect(busy.events.every(({ at }) => at >= 0 && at <= end)).toBe(true);
  for (const { spans } of busy.lanes) {
    spans.forEach(({ from, to }, index) => {
      expect(from).toBeLessThan(to);
      expect(from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? 0);
    });
  }
});
