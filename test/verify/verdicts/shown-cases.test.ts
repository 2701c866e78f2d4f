import { DRAINS, inside, IN_FLIGHT, NEW_CONNECTIONS } from './manifests';
import { failing, verdictOn, wayOn } from './verified';

describe('four replicas with a readiness probe and no hook', () => {
  const way = wayOn(inside({ preStop: '' }), 'clusterInternal');

  test('are refuted, whatever the program does on SIGTERM', () => {
    expect([way.verdict, way.missing, way.reason]).toEqual(['REFUTED', [], undefined]);
    expect(failing(way)).toEqual([NEW_CONNECTIONS]);
  });

  test('lose a request in the first second after SIGTERM, while kube-proxy sends for ten more', () => {
    const { unit, events, lost, remedy, lanes } = way.counterexample!;
    expect([unit, remedy]).toEqual(['seconds', 'set the preStop sleep to at least 10 s']);
    expect(events).toEqual([{ at: 1, what: 'old pod is deleted' }, { at: 1, what: 'the program is sent SIGTERM and stops accepting' }]);
    expect(lost).toEqual({
      at: 2,
      lane: 'clusterInternal → old pod',
      why: 'a connection is refused: the program has stopped accepting, and clusterInternal sends to the pod for 10s after its deletion',
    });
    const lane = lanes.find(({ label }) => label === lost?.lane);
    expect(lane?.spans).toEqual([{ state: 'routed', from: 0, to: 11 }]);
  });

  test('are refuted alike where it is said that the program drains', () => {
    expect(verdictOn(inside({ preStop: '' }), DRAINS).verdict).toBe('REFUTED');
  });
});

describe('the same with a hook of 10 s, a grace period of 30 s and a program that drains', () => {
  const { verdict, ways, fewestReady, replicas } = verdictOn(inside(), DRAINS);

  test('are proved, with no answer that fails and nothing missing', () => {
    expect([verdict, ways.map((way) => [way.verdict, failing(way), way.missing, way.counterexample])]).toEqual(['PROVED', [['PROVED', [], [], undefined]]]);
  });

  test('have no room in the hook, and nine seconds in the grace period', () => {
    const margins = Object.fromEntries(ways[0].answers.flatMap((answer) => answer.margins.map(({ bound, holdsUntil }) => [`${answer.question}: ${bound}`, holdsUntil])));
    expect(margins).toMatchObject({
      [`${NEW_CONNECTIONS}: preStop`]: 10,
      [`${NEW_CONNECTIONS}: detach of clusterInternal`]: 10,
      [`${IN_FLIGHT}: terminationGracePeriodSeconds`]: 21,
      [`${IN_FLIGHT}: preStop`]: 19,
      [`${IN_FLIGHT}: request`]: 10,
    });
  });

  test('keep two pods ready at least: one is unavailable by the strategy, one evicted', () => {
    expect([fewestReady, replicas]).toEqual([2, 4]);
  });
});

describe('maxUnavailable 0 alone', () => {
  const yaml = inside({ preStop: '', spec: 'replicas: 4\n  strategy: { rollingUpdate: { maxUnavailable: 0 } }' });

  test('is refuted as well: a pod that is ready is not yet one that goes without a loss', () => {
    expect(verdictOn(yaml).verdict).toBe('REFUTED');
    expect(verdictOn(yaml, DRAINS).verdict).toBe('REFUTED');
    expect(failing(wayOn(yaml, 'clusterInternal', DRAINS))).toEqual([NEW_CONNECTIONS]);
  });

  test('keeps one pod more ready', () => {
    expect(verdictOn(yaml, DRAINS).fewestReady).toBe(3);
  });
});
