import { decided, originOf, planned, problemsOf, required, seconds, valueOf } from './declare';
import { Traffic } from '../../src/spec/traffic/traffic';

const GATEWAYS = [{ name: 'public' }];

describe('keepAliveTimeout', () => {
  test('is not decided where nothing that keeps connections stands before the pods', () => {
    expect(planned().plan.tryFind('keepAliveTimeout')).toBeUndefined();
    expect(required('program').join()).not.toContain('idle connections');
  });

  test('exceeds the idle timeout of a path by the margin', () => {
    expect(decided('keepAliveTimeout', { traffic: [Traffic.awsLoadBalancer()] })).toEqual({
      value: 65, unit: 's', origin: 'derived', inequalities: ['≥ awsLoadBalancer.idleTimeout 60s + margin 5s'],
    });
  });

  test('exceeds the longest idle timeout of several paths', () => {
    const traffic = [Traffic.istio({ idleTimeout: seconds(20) }), Traffic.httpRoute({ gateways: GATEWAYS, upstreamIdleTimeout: seconds(90) })];
    expect(decided('keepAliveTimeout', { traffic })).toEqual({
      value: 95,
      unit: 's',
      origin: 'derived',
      inequalities: ['≥ istio.idleTimeout 20s + margin 5s', '≥ httpRoute.upstreamIdleTimeout 90s + margin 5s'],
    });
  });

  test('ignores a network load balancer, which keeps no connections of its own', () => {
    expect(planned({ traffic: [Traffic.networkLoadBalancer()] }).plan.tryFind('keepAliveTimeout')).toBeUndefined();
  });

  test('may be declared one second above the idle timeout', () => {
    const props = { keepAliveTimeout: seconds(36), traffic: [Traffic.awsLoadBalancer({ idleTimeout: seconds(35) })] };
    expect(decided('keepAliveTimeout', props)).toEqual({
      value: 36, unit: 's', origin: 'declared', inequalities: ['> awsLoadBalancer.idleTimeout 35s'],
    });
  });

  test('is refused at the idle timeout itself', () => {
    const props = { keepAliveTimeout: seconds(35), traffic: [Traffic.awsLoadBalancer({ idleTimeout: seconds(35) })] };
    expect(problemsOf(props)).toEqual([
      'keepAliveTimeout 35s must be more than awsLoadBalancer.idleTimeout 35s; give it 36s or more, or leave it out',
    ]);
  });

  test('shortens the customary idle timeout of a path so that the declared value works', () => {
    const props = { keepAliveTimeout: seconds(50), traffic: [Traffic.awsLoadBalancer(), Traffic.istio()] };
    expect(valueOf('awsLoadBalancer.idleTimeout', props)).toBe(45);
    expect(valueOf('istio.idleTimeout', props)).toBe(45);
    expect(originOf('awsLoadBalancer.idleTimeout', props)).toBe('preferred');
  });

  test('is told to the program', () => {
    expect(required('program', { traffic: [Traffic.istio()] }))
      .toContain('it keeps idle connections open for 65s, and longer than that where it has a separate limit for reading headers');
  });

  test('is told to the program where it is declared, whatever the paths are', () => {
    expect(planned({ keepAliveTimeout: seconds(70) }).planned.runtimeFacts).toHaveProperty('ZERO_DOWNTIME_KEEP_ALIVE_SECONDS', '70');
    expect(planned().planned.runtimeFacts).not.toHaveProperty('ZERO_DOWNTIME_KEEP_ALIVE_SECONDS');
  });

  test.each([[[]], [[Traffic.networkLoadBalancer()]]])('is kept as it is declared where nothing asks for it', (traffic) => {
    const props = { keepAliveTimeout: seconds(70), traffic };
    expect(decided('keepAliveTimeout', props)).toEqual({ value: 70, unit: 's', origin: 'declared', inequalities: [] });
    expect(required('program', props))
      .toContain('it keeps idle connections open for 70s, and longer than that where it has a separate limit for reading headers');
  });

  test.each([
    [0, 'keepAliveTimeout 0s must be from 1s to 86400s'],
    [86_401, 'keepAliveTimeout 86401s must be from 1s to 86400s'],
  ])('is refused at %d seconds', (amount, problem) => {
    expect(problemsOf({ keepAliveTimeout: seconds(amount) })).toEqual([problem]);
  });
});

describe('connectionAge', () => {
  test('is not decided where requests are short', () => {
    expect(planned().plan.tryFind('connectionAge')).toBeUndefined();
  });

  test('leaves room for the longest request and for the spread by ten percent', () => {
    expect(decided('connectionAge', { maxConnectionAge: seconds(300) })).toEqual({
      value: 245, unit: 's', origin: 'derived', inequalities: ['= ⌊(maxConnectionAge 300s − longestRequest 30s) ÷ 1.1⌋'],
    });
  });

  test('with its spread and the last request never exceeds the declared age', () => {
    for (let age = 32; age <= 600; age += 1) {
      const opened = valueOf('connectionAge', { maxConnectionAge: seconds(age), nodeDrainTimeout: seconds(3600) });
      expect(opened * 11).toBeLessThanOrEqual((age - 30) * 10);
    }
  });

  test('is one second at the shortest age that works', () => {
    expect(valueOf('connectionAge', { maxConnectionAge: seconds(32) })).toBe(1);
  });

  test('refuses an age that leaves no time between requests', () => {
    expect(problemsOf({ maxConnectionAge: seconds(31) })).toEqual([
      'maxConnectionAge 31s must be at least 32s, because a connection is closed between requests, and one may last longestRequest 30s',
    ]);
  });

  test('is told to the program', () => {
    expect(required('program', { maxConnectionAge: seconds(300) }))
      .toContain('it closes a connection 245s after it was opened, spread by at most 10 %, as soon as the request on it is over');
  });

  test.each([
    [0, ['maxConnectionAge 0s must be from 1s to 3600s']],
    [3601, ['maxConnectionAge 3601s must be from 1s to 3600s']],
  ])('names the range at %d seconds', (amount, problems) => {
    expect(problemsOf({ maxConnectionAge: seconds(amount), nodeDrainTimeout: seconds(7200) })).toEqual(expect.arrayContaining(problems));
  });
});
