import { decided, originOf, planned, problemsOf, required, seconds, valueOf } from './declare';
import { Sidecar } from '../../src/spec/companion';
import { Shutdown } from '../../src/spec/shutdown';
import { Traffic } from '../../src/spec/traffic/traffic';

const LOGS: Sidecar = { name: 'logs', image: 'logs:1', stopsWithin: seconds(20) };

describe('preStop', () => {
  test('is the propagation bound of the only path', () => {
    expect(decided('preStop')).toEqual({
      value: 10, unit: 's', origin: 'derived', inequalities: ['≥ clusterInternal.propagation 10s', '≥ 1s'],
    });
  });

  test('is the propagation bound of the slowest path, and carries the others', () => {
    expect(decided('preStop', { traffic: [Traffic.awsLoadBalancer(), Traffic.istio()] })).toEqual({
      value: 60,
      unit: 's',
      origin: 'derived',
      inequalities: [
        '≥ clusterInternal.propagation 10s', '≥ awsLoadBalancer.propagation 60s', '≥ istio.propagation 15s', '≥ 1s',
      ],
    });
  });

  test('is one second where no path needs any', () => {
    expect(valueOf('preStop', { traffic: [Traffic.clusterInternal({ propagation: seconds(0) })] })).toBe(1);
  });

  test('outlasts the longest request besides where the program exits at once', () => {
    expect(decided('preStop', { shutdown: Shutdown.exitsAtOnce() })).toEqual({
      value: 40,
      unit: 's',
      origin: 'derived',
      inequalities: ['≥ clusterInternal.propagation 10s + longestRequest 30s', '≥ 1s'],
    });
  });

  test('outlasts the longest connection where that lives longer than a request', () => {
    expect(decided('preStop', { shutdown: Shutdown.exitsAtOnce(), maxConnectionAge: seconds(100) }).inequalities[0])
      .toBe('≥ clusterInternal.propagation 10s + maxConnectionAge 100s');
  });

  test('may be overridden down to the bound', () => {
    const overrides = { preStop: seconds(10) };
    expect(valueOf('preStop', { overrides })).toBe(10);
    expect(originOf('preStop', { overrides })).toBe('overridden');
  });

  test('is refused one second below the bound', () => {
    expect(problemsOf({ overrides: { preStop: seconds(9) } })).toEqual([
      'preStop 9s must be at least clusterInternal.propagation 10s; give it 10s or more, or leave it out',
    ]);
  });

  test('is refused against the slowest path only: who satisfies that one satisfies the others', () => {
    const traffic = [Traffic.awsLoadBalancer(), Traffic.istio()];
    expect(problemsOf({ traffic, overrides: { preStop: seconds(5) } })).toEqual([
      'preStop 5s must be at least awsLoadBalancer.propagation 60s; give it 60s or more, or leave it out',
    ]);
  });

  test('is refused below propagation and longest request with the sum, where the program exits at once', () => {
    expect(problemsOf({ shutdown: Shutdown.exitsAtOnce(), overrides: { preStop: seconds(39) } })).toEqual([
      'preStop 39s must be at least clusterInternal.propagation 10s + longestRequest 30s = 40s; give it 40s or more, or leave it out',
    ]);
  });

  test('is refused at zero seconds', () => {
    const traffic = [Traffic.clusterInternal({ propagation: seconds(0) })];
    expect(problemsOf({ traffic, overrides: { preStop: seconds(0) } }))
      .toEqual(['preStop 0s must be at least 1s; give it 1s or more, or leave it out']);
  });
});

describe('drain', () => {
  test('is as long as the longest request', () => {
    expect(decided('drain')).toEqual({ value: 30, unit: 's', origin: 'derived', inequalities: ['≥ longestRequest 30s'] });
  });

  test('follows the longest connection', () => {
    expect(decided('drain', { maxConnectionAge: seconds(100) }).inequalities).toEqual(['≥ maxConnectionAge 100s']);
  });

  test('may be declared as short as the longest request', () => {
    const shutdown = Shutdown.drains({ within: seconds(30) });
    expect(valueOf('drain', { shutdown })).toBe(30);
    expect(originOf('drain', { shutdown })).toBe('declared');
  });

  test('is refused where it is shorter than the longest request', () => {
    expect(problemsOf({ shutdown: Shutdown.drains({ within: seconds(29) }) }))
      .toEqual(['Shutdown.drains within 29s must be at least longestRequest 30s; give it 30s or more, or leave it out']);
  });

  test('is nothing where the program exits at once', () => {
    expect(decided('drain', { shutdown: Shutdown.exitsAtOnce() }))
      .toEqual({ value: 0, unit: 's', origin: 'derived', inequalities: ['= none: the program exits at once'] });
  });

  test('asks the program to drain only where it is declared to', () => {
    const text = 'on SIGTERM it stops accepting, finishes what is in flight and exits; until then it serves and stays ready';
    expect(required('program')).toContain(text);
    expect(required('program', { shutdown: Shutdown.exitsAtOnce() })).not.toContain(text);
  });
});

describe('terminationGracePeriod', () => {
  test('covers preStop, drain and margin', () => {
    expect(decided('terminationGracePeriod')).toEqual({
      value: 45,
      unit: 's',
      origin: 'derived',
      inequalities: ['≥ preStop 10s + drain 30s + margin 5s', '≤ nodeDrainTimeout 600s'],
    });
  });

  test.each([
    ['the longest request', { longestRequest: seconds(31) }, 46],
    ['the declared drain', { shutdown: Shutdown.drains({ within: seconds(40) }) }, 55],
    ['an overridden preStop', { overrides: { preStop: seconds(20) } }, 55],
    ['the slowest path', { traffic: [Traffic.istio()] }, 50],
    ['the longest connection', { maxConnectionAge: seconds(300) }, 315],
  ])('follows %s', (_, props, value) => {
    expect(valueOf('terminationGracePeriod', props)).toBe(value);
  });

  test('leaves the drain out where the program exits at once', () => {
    expect(decided('terminationGracePeriod', { shutdown: Shutdown.exitsAtOnce() })).toEqual({
      value: 45, unit: 's', origin: 'derived', inequalities: ['≥ preStop 40s + margin 5s', '≤ nodeDrainTimeout 600s'],
    });
  });

  test('covers a sidecar that stops after the service', () => {
    expect(decided('terminationGracePeriod', { sidecars: [LOGS] })).toEqual({
      value: 65,
      unit: 's',
      origin: 'derived',
      inequalities: [
        '≥ preStop 10s + drain 30s + margin 5s',
        '≥ preStop 10s + drain 30s + logs.stopsWithin 20s + margin 5s',
        '≤ nodeDrainTimeout 600s',
      ],
    });
  });

  test('does not mention a sidecar that stops at once', () => {
    expect(decided('terminationGracePeriod', { sidecars: [{ name: 'logs', image: 'logs:1' }] }).inequalities).toHaveLength(2);
  });

  test('may be overridden down to the sum', () => {
    const overrides = { terminationGracePeriod: seconds(45) };
    expect(valueOf('terminationGracePeriod', { overrides })).toBe(45);
    expect(originOf('terminationGracePeriod', { overrides })).toBe('overridden');
  });

  test('is refused one second below the sum, with both sides and what works', () => {
    expect(problemsOf({ overrides: { terminationGracePeriod: seconds(44) } })).toEqual([
      'terminationGracePeriod 44s must be at least preStop 10s + drain 30s + margin 5s = 45s; give it 45s or more, or leave it out',
    ]);
  });

  test('may be overridden up to the node drain timeout', () => {
    expect(problemsOf({ overrides: { terminationGracePeriod: seconds(600) } })).toEqual([]);
    expect(problemsOf({ overrides: { terminationGracePeriod: seconds(601) } })).toEqual([
      'terminationGracePeriod 601s must be at most nodeDrainTimeout 600s; give it 600s or less, or leave it out',
    ]);
  });

  test('may be derived up to the node drain timeout', () => {
    expect(problemsOf({ nodeDrainTimeout: seconds(45) })).toEqual([]);
  });

  test('is a contradiction beyond the node drain timeout, with what may be changed', () => {
    expect(problemsOf({ nodeDrainTimeout: seconds(44) })).toEqual([
      'terminationGracePeriod 45s (preStop 10s + drain 30s + margin 5s = 45s) must be at most nodeDrainTimeout 44s; '
      + 'shorten what it is made of, or raise nodeDrainTimeout where the cluster waits longer',
    ]);
  });

  test.each([10, 20, 30, 44, 45, 60])('at %d s is never told to be raised to what the node drain timeout forbids', (amount) => {
    // Both the advice to raise it and the advice to leave it out would lead to the next refusal.
    expect(problemsOf({ nodeDrainTimeout: seconds(20), overrides: { terminationGracePeriod: seconds(amount) } })).toEqual([
      'terminationGracePeriod 45s (preStop 10s + drain 30s + margin 5s = 45s) must be at most nodeDrainTimeout 20s; '
      + 'shorten what it is made of, or raise nodeDrainTimeout where the cluster waits longer',
    ]);
  });

  test('is told to be raised where one value is left', () => {
    const overrides = (amount: number) => ({ nodeDrainTimeout: seconds(45), overrides: { terminationGracePeriod: seconds(amount) } });
    expect(problemsOf(overrides(45))).toEqual([]);
    expect(problemsOf(overrides(44))).toEqual([
      'terminationGracePeriod 44s must be at least preStop 10s + drain 30s + margin 5s = 45s; give it 45s or more, or leave it out',
    ]);
    expect(problemsOf(overrides(46)))
      .toEqual(['terminationGracePeriod 46s must be at most nodeDrainTimeout 45s; give it 45s or less, or leave it out']);
  });

  test('is what the container and the runtime facts are given', () => {
    const { termination } = planned().planned;
    expect([termination.preStop.value, termination.drain.value, termination.gracePeriod.value]).toEqual([10, 30, 45]);
  });
});
