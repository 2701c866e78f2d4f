import { asked, Changes, exactly, upTo } from './model';

const ALB: Changes['way'] = {
  path: 'awsLoadBalancer', detach: upTo(60), inOrder: false, fallsBackToTerminating: false, keptBy: 'none', cutsAfterSeconds: 30,
};

describe('new connections', () => {
  test('are safe where the hook outlasts the detach, with the margin of each bound', () => {
    expect(asked('newConnections')).toEqual({
      holds: true,
      question: 'no connection is opened to a pod that has stopped accepting',
      inequality: 'preStop 20s ≥ detach of clusterInternal 10s',
      margins: [
        { bound: 'detach of clusterInternal', assumed: 10, holdsUntil: 20 },
        { bound: 'preStop', assumed: 20, holdsUntil: 10 },
        { bound: 'terminationGracePeriodSeconds', assumed: 60, holdsUntil: 10 },
      ],
    });
  });

  test('are safe at equality, and lost one second below it', () => {
    expect(asked('newConnections', { termination: { preStop: exactly(10) } }).holds).toBe(true);
    expect(asked('newConnections', { termination: { preStop: exactly(9) } }).holds).toBe(false);
  });

  test('are lost without a hook, in the first second after SIGTERM', () => {
    const { inequality, counterexample } = asked('newConnections', { termination: { preStop: exactly(0), gracePeriodSeconds: 30 } });
    expect(inequality).toBe('preStop 0s ≥ detach of clusterInternal 10s');
    expect(counterexample).toEqual({
      title: 'clusterInternal opens a connection to a pod that has stopped accepting',
      unit: 'seconds',
      lanes: [
        {
          label: 'old pod',
          spans: [
            { state: 'ready', from: 0, to: 1 }, { state: 'draining', from: 1, to: 31 }, { state: 'stopped', from: 31, to: 32 },
          ],
        },
        { label: 'clusterInternal → old pod', spans: [{ state: 'routed', from: 0, to: 11 }] },
      ],
      events: [{ at: 1, what: 'old pod is deleted' }, { at: 1, what: 'the program is sent SIGTERM and stops accepting' }],
      lost: {
        at: 2,
        lane: 'clusterInternal → old pod',
        why: 'a connection is refused: the program has stopped accepting, and clusterInternal sends to the pod for 10s after its deletion',
      },
      remedy: 'set the preStop sleep to at least 10 s (and terminationGracePeriodSeconds to at least 42)',
    });
  });

  test('are lost where the grace period cuts the hook off', () => {
    const { inequality, counterexample } = asked('newConnections', { termination: { preStop: exactly(10), gracePeriodSeconds: 5 } });
    expect(inequality).toBe('terminationGracePeriodSeconds 5s ≥ detach of clusterInternal 10s');
    expect(counterexample?.events.map(({ what }) => what)).toContain('the grace period ends while the preStop hook runs');
    expect(counterexample?.remedy).toBe('set terminationGracePeriodSeconds to at least 42');
  });

  test('count the hook at its shortest', () => {
    expect(asked('newConnections', { termination: { preStop: { atLeast: 9, atMost: 20 } } }).holds).toBe(false);
  });

  test.each([
    ['takes no more connections', { acceptsSeconds: 9, endsSeconds: 60 }, 'drainDuration 9s ≥ detach of clusterInternal 10s',
      'set the proxy\'s drainDuration to at least 10 s'],
    ['ends', { acceptsSeconds: 45, endsSeconds: 5 }, 'terminationDrainDuration 5s ≥ detach of clusterInternal 10s',
      'set the proxy\'s terminationDrainDuration to at least 10 s'],
  ])('are lost where the pod\'s own proxy %s by a clock of its own', (_, proxy, inequality, remedy) => {
    const answer = asked('newConnections', { termination: { proxy } });
    expect(answer.inequality).toBe(inequality);
    expect(answer.counterexample?.remedy).toBe(remedy);
    expect(answer.counterexample?.lost?.why).toContain('the pod\'s proxy has stopped accepting');
    expect(answer.counterexample?.lanes[1].label).toBe('proxy of old pod');
  });
});

describe('requests in flight', () => {
  test('are finished where the grace period covers hook, kubelet and request', () => {
    expect(asked('inFlight', { termination: { gracePeriodSeconds: 52 } })).toEqual({
      holds: true,
      question: 'no request that was accepted is cut',
      inequality: 'terminationGracePeriodSeconds 52s ≥ preStop 20s + kubelet 2s + request 30s',
      margins: [
        { bound: 'request', assumed: 30, holdsUntil: 30 },
        { bound: 'preStop', assumed: 20, holdsUntil: 20 },
        { bound: 'kubelet', assumed: 2, holdsUntil: 2 },
        { bound: 'terminationGracePeriodSeconds', assumed: 52, holdsUntil: 52 },
        { bound: 'drain', assumed: 35, holdsUntil: 30 },
      ],
    });
  });

  test('are cut one second below it, by the kill', () => {
    const { holds, counterexample } = asked('inFlight', { termination: { gracePeriodSeconds: 51 } });
    expect(holds).toBe(false);
    expect(counterexample?.lost).toEqual({
      at: 52, lane: 'request of 30s', why: 'the grace period is over and the program is killed 1s before the request is answered',
    });
    expect(counterexample?.lanes.find(({ label }) => label === 'request of 30s')?.spans).toEqual([{ state: 'routed', from: 23, to: 53 }]);
    expect(counterexample?.remedy).toBe('set terminationGracePeriodSeconds to at least 52');
  });

  test('are cut where the program gives its drain up', () => {
    const { inequality, counterexample } = asked('inFlight', { termination: { drainSeconds: 29 } });
    expect(inequality).toBe('drain 29s ≥ request 30s');
    expect(counterexample?.lost?.why).toBe('the program exits 1s before the request is answered');
    expect(counterexample?.remedy).toBe('let the program drain for at least 30 s');
  });

  test('have two seconds left where the hook has used the grace period up', () => {
    const ended = { gracePeriodSeconds: 20, preStop: exactly(20), kubeletSeconds: 0 };
    expect(asked('inFlight', { termination: ended, longestRequestSeconds: 2 }).holds).toBe(true);
    expect(asked('inFlight', { termination: ended, longestRequestSeconds: 3 }).holds).toBe(false);
    expect(asked('inFlight', { termination: { ...ended, preStop: exactly(90) }, longestRequestSeconds: 2 }).holds).toBe(true);
    expect(asked('inFlight', { termination: { ...ended, preStop: exactly(90) }, longestRequestSeconds: 3 }).holds).toBe(false);
  });

  test('are counted from the detach where nobody keeps connections', () => {
    expect(asked('inFlight', { termination: { gracePeriodSeconds: 42 }, way: { keptBy: 'none', detach: upTo(12) } }).inequality)
      .toBe('terminationGracePeriodSeconds 42s ≥ detach of clusterInternal 12s + request 30s');
  });

  test('are cut by a load balancer whose delay is shorter than they are', () => {
    const termination = { preStop: exactly(60), gracePeriodSeconds: 120 };
    const { inequality, counterexample } = asked('inFlight', { termination, way: { ...ALB, cutsAfterSeconds: 29 } });
    expect(inequality).toBe('deregistration delay of awsLoadBalancer 29s ≥ request 30s');
    expect(counterexample?.remedy).toBe('set the target group\'s deregistration_delay.timeout_seconds to at least 30');
    expect(asked('inFlight', { termination, way: ALB }).holds).toBe(true);
  });

  test('are cut by a proxy that does not wait for the program', () => {
    const { inequality, counterexample } = asked('inFlight', { termination: { proxy: { acceptsSeconds: 45, endsSeconds: 51 } } });
    expect(inequality).toBe('terminationDrainDuration 51s ≥ preStop 20s + kubelet 2s + request 30s');
    expect(counterexample?.remedy).toBe('set the proxy\'s terminationDrainDuration to at least 52 s');
  });

  test('must be over by SIGTERM where the program exits at once', () => {
    const exits = (seconds: number) => asked('inFlight', { termination: { shutdown: 'exitsAtOnce', preStop: exactly(seconds) } });
    expect(exits(40).holds).toBe(true);
    expect(exits(40).inequality).toBe('preStop 40s ≥ detach of clusterInternal 10s + request 30s');
    expect(exits(39).holds).toBe(false);
    expect(exits(39).counterexample?.remedy).toBe('set the preStop sleep to at least 40 s');
    expect(exits(0).inequality).toBe('drain 0s ≥ request 30s');
  });
});

describe('kept connections', () => {
  test('are safe where the program announces their end, or nobody keeps any', () => {
    expect(asked('keptConnections').holds).toBe(true);
    expect(asked('keptConnections', { keptConnections: 'closed', way: { keptBy: 'none' } }).holds).toBe(true);
  });

  test('are lost where the program closes them without a word, however long the hook', () => {
    const { holds, counterexample, margins } = asked('keptConnections', { keptConnections: 'closed' });
    expect(holds).toBe(false);
    expect(margins).toEqual([]);
    expect(counterexample?.lost).toEqual({
      at: 21, lane: 'clusterInternal → old pod', why: 'a client writes on its kept connection while the program closes it without a word',
    });
    expect(counterexample?.remedy)
      .toBe('let the program announce that it closes a connection (Connection: close, GOAWAY) while it is drained, before it stops');
  });

  test('are lost where the program exits at once, whatever it announces', () => {
    const { holds, inequality, counterexample } = asked('keptConnections', { termination: { shutdown: 'exitsAtOnce' } });
    expect(holds).toBe(false);
    expect(inequality).toBe('connections kept on clusterInternal by client, closed by the exit');
    expect(counterexample?.remedy).toMatch(/^let the program drain on SIGTERM; let the program announce/);
  });
});

describe('idle connections', () => {
  const idle = (keepAliveSeconds?: number, idleTimeoutSeconds?: number) =>
    asked('idleConnections', { keepAliveSeconds, way: { ...ALB, idleTimeoutSeconds } });

  test('are safe where the client side gives up strictly first', () => {
    expect(idle(61, 60)).toEqual({
      holds: true,
      question: 'no request is sent on an idle connection that the program is closing',
      inequality: 'keep-alive 61s > idle timeout of awsLoadBalancer 60s',
      margins: [
        { bound: 'idle timeout of awsLoadBalancer', assumed: 60, holdsUntil: 60 }, { bound: 'keep-alive', assumed: 61, holdsUntil: 61 },
      ],
    });
  });

  test('are lost where both give up together, although the program announces what it closes', () => {
    const { holds, counterexample } = idle(60, 60);
    expect(holds).toBe(false);
    expect(counterexample?.lost).toMatchObject({ at: 60, lane: 'awsLoadBalancer → pod' });
    expect(counterexample?.remedy).toBe('let the program keep idle connections open for at least 61 s');
  });

  test.each([[undefined, 60, 'keep-alive'], [60, undefined, 'idle timeout of awsLoadBalancer']])('are not judged where a time is unknown (%p, %p)', (keepAlive, timeout, what) => {
    expect(idle(keepAlive, timeout)).toMatchObject({ holds: true, inequality: `not asked: ${what} is not known`, margins: [] });
  });
});
