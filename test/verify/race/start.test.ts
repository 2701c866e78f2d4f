import { asked, exactly, modelOf, upTo } from './model';
import { askReplacement } from '../../../src/verify/race/replacement';

describe('the start of a pod', () => {
  test('is safe behind a probe, whatever it takes', () => {
    expect(asked('start', { start: { accepts: upTo(3600) } })).toMatchObject({ holds: true, margins: [] });
  });

  test('is lost without a probe, as soon as the pod runs', () => {
    const { holds, inequality, counterexample } = asked('start', { start: { gated: false, accepts: exactly(5) } });
    expect(holds).toBe(false);
    expect(inequality).toBe('ready without a probe 0s ≥ start 5s');
    expect(counterexample).toEqual({
      title: 'clusterInternal sends a request to a pod that does not accept yet',
      unit: 'seconds',
      lanes: [
        { label: 'new pod', spans: [{ state: 'starting', from: 0, to: 5 }, { state: 'ready', from: 5, to: 6 }] },
        { label: 'clusterInternal → new pod', spans: [{ state: 'routed', from: 0, to: 6 }] },
      ],
      events: [{ at: 0, what: 'new pod is created' }, { at: 0, what: 'clusterInternal sends to new pod' }],
      lost: { at: 0, lane: 'clusterInternal → new pod', why: 'a connection is refused: the program accepts 5s later' },
      remedy: 'give the container a readinessProbe',
    });
  });

  test('needs no probe where the program accepts before anybody can know of the pod', () => {
    const at = (seconds: number) => asked('start', { start: { gated: false, accepts: exactly(seconds) }, way: { attach: { atLeast: 4, atMost: 9 } } });
    expect(at(4).holds).toBe(true);
    expect(at(4).margins).toEqual([
      { bound: 'start', assumed: 4, holdsUntil: 4 }, { bound: 'earliest attach of clusterInternal', assumed: 4, holdsUntil: 4 },
    ]);
    expect(at(5).holds).toBe(false);
  });

  test('is lost where unready pods are published, even by one that accepts at once', () => {
    const published = { way: { routesUnready: true } };
    expect(asked('start', published).counterexample?.remedy).toBe('set publishNotReadyAddresses to false');
    expect(asked('start', { ...published, start: { gated: false, accepts: exactly(0) } }).holds).toBe(false);
    expect(asked('start', { ...published, start: { gated: false } }).counterexample?.remedy)
      .toBe('set publishNotReadyAddresses to false; give the container a readinessProbe');
  });
});

describe('the replacement of the only pods', () => {
  test('is covered by a hook as long as start, probe and attach', () => {
    expect(asked('replacement')).toMatchObject({
      holds: true,
      inequality: 'preStop 20s ≥ start 5s + probe period 1s + attach of clusterInternal 10s',
      margins: [
        { bound: 'start', assumed: 5, holdsUntil: 9 },
        { bound: 'probe period', assumed: 1, holdsUntil: 5 },
        { bound: 'attach of clusterInternal', assumed: 10, holdsUntil: 14 },
        { bound: 'preStop', assumed: 20, holdsUntil: 16 },
        { bound: 'terminationGracePeriodSeconds', assumed: 60, holdsUntil: 16 },
      ],
    });
  });

  test('is lost one second below it', () => {
    const { holds, counterexample } = asked('replacement', { termination: { preStop: exactly(15) } });
    expect(holds).toBe(false);
    expect(counterexample?.lost).toEqual({
      at: 17, lane: 'clusterInternal → old pod', why: 'no pod serves: the old one does until 15s after its deletion, the new one from 16s on',
    });
    expect(counterexample?.remedy).toBe('set the preStop sleep to at least 16 s');
  });

  test('is lost on a way that drops pods when they end and attaches others later', () => {
    const { inequality, counterexample } = asked('replacement', { way: { fallsBackToTerminating: false } });
    expect(inequality).toBe('detach of clusterInternal 0s ≥ start 5s + probe period 1s + attach of clusterInternal 10s');
    expect(counterexample?.remedy)
      .toBe('keep another pod ready: set replicas to at least 2 and give the workload a PodDisruptionBudget with maxUnavailable 1');
  });

  test('is safe without a fallback where the detach is slow enough', () => {
    const way = { fallsBackToTerminating: false, detach: { atLeast: 16, atMost: 18 } };
    expect(asked('replacement', { way })).toMatchObject({ holds: true });
    expect(asked('replacement', { way: { ...way, detach: { atLeast: 15, atMost: 18 } } }).holds).toBe(false);
  });

  test.each([
    [{ kind: 'recreate' } as const, 'replace the strategy Recreate with RollingUpdate (maxSurge at least 1, maxUnavailable 0)'],
    [{ kind: 'oneByOne', maxUnavailable: 1 } as const,
      'keep another pod ready: set replicas to at least 2 and give the workload a PodDisruptionBudget with maxUnavailable 1'],
  ])('is always lost where successors wait for their predecessors: %p', (strategy, remedy) => {
    const slow = asked('replacement', { strategy, termination: { preStop: exactly(3000), gracePeriodSeconds: 3600 } });
    expect(slow.holds).toBe(false);
    expect(slow.counterexample?.remedy).toBe(remedy);
    const immediate = { start: { accepts: exactly(0), noticedWithinSeconds: 0 }, way: { attach: exactly(0) } };
    expect(asked('replacement', { ...immediate, strategy, termination: { shutdown: 'exitsAtOnce' } }).holds).toBe(false);
  });

  test('waits for the readiness gate of another way', () => {
    const model = modelOf();
    const [internal] = model.waysIn;
    const alb = { ...internal, path: 'awsLoadBalancer', readinessGate: true, attach: upTo(30) };
    const both = { ...model, waysIn: [internal, alb] };
    expect(askReplacement(both, internal).inequality)
      .toBe('preStop 20s ≥ start 5s + probe period 1s + attach of awsLoadBalancer 30s + attach of clusterInternal 10s');
    expect(askReplacement(both, internal).margins).toContainEqual({ bound: 'attach of awsLoadBalancer', assumed: 30, holdsUntil: 4 });
    expect(askReplacement(both, alb).inequality).toBe('preStop 20s ≥ start 5s + probe period 1s + attach of awsLoadBalancer 30s');
  });
});

describe('a switch over', () => {
  const switchOver = (scaleDownDelaySeconds: number, preStop = 4) =>
    asked('switchOver', { strategy: { kind: 'switchOver', scaleDownDelaySeconds }, termination: { preStop: exactly(preStop) } });

  test('keeps old pods until everybody has learnt of it', () => {
    expect(switchOver(6)).toMatchObject({
      holds: true,
      inequality: 'scaleDownDelaySeconds 6s + preStop 4s ≥ detach of clusterInternal 10s',
      margins: [
        { bound: 'detach of clusterInternal', assumed: 10, holdsUntil: 10 },
        { bound: 'scaleDownDelaySeconds', assumed: 6, holdsUntil: 6 },
        { bound: 'preStop', assumed: 4, holdsUntil: 4 },
        { bound: 'terminationGracePeriodSeconds', assumed: 60, holdsUntil: 4 },
      ],
    });
  });

  test('loses who has not, one second below it', () => {
    const { holds, counterexample } = switchOver(5);
    expect(holds).toBe(false);
    expect(counterexample?.remedy).toBe('set scaleDownDelaySeconds to at least 6');
    expect(counterexample?.lanes[0].spans.slice(0, 2)).toEqual([{ state: 'ready', from: 0, to: 6 }, { state: 'terminating', from: 6, to: 10 }]);
    expect(counterexample?.lost).toMatchObject({ at: 11, lane: 'clusterInternal → old pod' });
  });

  test('is not asked of another strategy', () => {
    expect(asked('switchOver')).toMatchObject({ holds: true, inequality: 'not asked: the strategy is rollingUpdate' });
  });
});

describe('the progress deadline', () => {
  test('must be later than the slowest pod becomes available', () => {
    expect(asked('progressDeadline', { progressDeadlineSeconds: 17 })).toEqual({
      holds: true,
      question: 'no release that is on its way counts as failed',
      inequality: 'progressDeadlineSeconds 17s > start 5s + probe period 1s + minReadySeconds 10s',
      margins: [
        { bound: 'start', assumed: 5, holdsUntil: 5 },
        { bound: 'probe period', assumed: 1, holdsUntil: 1 },
        { bound: 'minReadySeconds', assumed: 10, holdsUntil: 10 },
        { bound: 'progressDeadlineSeconds', assumed: 17, holdsUntil: 17 },
      ],
    });
  });

  test('gives a sound release up at equality, which loses no request', () => {
    const { holds, counterexample } = asked('progressDeadline', { progressDeadlineSeconds: 16 });
    expect(holds).toBe(false);
    expect(counterexample?.lost).toBeUndefined();
    expect(counterexample?.events).toEqual([
      { at: 0, what: 'new pod is created' },
      { at: 6, what: 'new pod is ready' },
      { at: 16, what: 'the release counts as failed (ProgressDeadlineExceeded)' },
      { at: 16, what: 'new pod is available' },
    ]);
    expect(counterexample?.remedy).toBe('set progressDeadlineSeconds to at least 17');
  });

  test('waits for readiness gates', () => {
    const way = { readinessGate: true, attach: upTo(40) };
    expect(asked('progressDeadline', { progressDeadlineSeconds: 57, way }).holds).toBe(true);
    expect(asked('progressDeadline', { progressDeadlineSeconds: 56, way }).holds).toBe(false);
  });

  test('never passes where there is none', () => {
    expect(asked('progressDeadline', { progressDeadlineSeconds: undefined })).toMatchObject({ holds: true, margins: [] });
  });
});
