import { assumed, decided, originOf, planned, problemsOf, seconds, valueOf } from './declare';
import { Replicas } from '../../src/spec/replicas';
import { Traffic } from '../../src/spec/traffic/traffic';

const AUTOSCALED = { replicas: Replicas.autoscaled({ min: 3, max: 6 }) };

describe('minReady', () => {
  const seen = '≥ readinessProbe.period 5s × readinessProbe.failureThreshold 3';

  test('lasts until a flapping pod would have been seen', () => {
    expect(decided('minReady')).toEqual({
      value: 15, unit: 's', origin: 'derived', inequalities: [seen, '≥ clusterInternal.propagation 10s'],
    });
  });

  test('lasts until a slower path sends to the new pod', () => {
    expect(decided('minReady', { traffic: [Traffic.istio({ propagation: seconds(40) })] })).toEqual({
      value: 40, unit: 's', origin: 'derived', inequalities: [seen, '≥ clusterInternal.propagation 10s', '≥ istio.propagation 40s'],
    });
  });

  test('does not wait for a path with a readiness gate: the pod is ready only when it is in service', () => {
    expect(decided('minReady', { traffic: [Traffic.awsLoadBalancer(), Traffic.networkLoadBalancer()] }).inequalities)
      .toEqual([seen, '≥ clusterInternal.propagation 10s']);
  });

  test('outlasts the slow start of a load balancer', () => {
    expect(decided('minReady', { traffic: [Traffic.awsLoadBalancer({ slowStart: seconds(90) })] })).toEqual({
      value: 90,
      unit: 's',
      origin: 'derived',
      inequalities: [seen, '≥ clusterInternal.propagation 10s', '≥ awsLoadBalancer.slowStart 90s'],
    });
  });

  test('follows the readiness probe', () => {
    expect(valueOf('minReady', { overrides: { readinessProbe: { period: seconds(10) } } })).toBe(30);
  });

  test('may be overridden down to the bound', () => {
    expect(originOf('minReady', { overrides: { minReady: seconds(15) } })).toBe('overridden');
  });

  test('is refused one second below', () => {
    expect(problemsOf({ overrides: { minReady: seconds(14) } })).toEqual([
      'minReady 14s must be at least readinessProbe.period 5s × readinessProbe.failureThreshold 3 = 15s; give it 15s or more, or leave it out',
    ]);
  });
});

describe('progressDeadline', () => {
  const startup = 'startupProbe.failureThreshold 31 × startupProbe.period 2s';
  const usual = `schedulingAndPull 300s + ${startup} + minReady 15s`;

  test('is ten minutes where a pod starts sooner', () => {
    expect(decided('progressDeadline')).toEqual({ value: 600, unit: 's', origin: 'preferred', inequalities: [`> ${usual}`] });
  });

  test('leaves time to start, to be found healthy and to become available', () => {
    const props = { startsWithin: seconds(300), traffic: [Traffic.awsLoadBalancer(), Traffic.networkLoadBalancer()] };
    expect(decided('progressDeadline', props)).toEqual({
      value: 646,
      unit: 's',
      origin: 'derived',
      inequalities: ['> schedulingAndPull 300s + startupProbe.failureThreshold 31 × startupProbe.period 10s '
        + '+ awsLoadBalancer.healthCheck.interval 10s + networkLoadBalancer.healthCheck.interval 10s + minReady 15s'],
    });
  });

  test('follows minReady', () => {
    expect(valueOf('progressDeadline', { overrides: { minReady: seconds(400) } })).toBe(763);
  });

  test('may be overridden to one second above the sum', () => {
    const overrides = { progressDeadline: seconds(378) };
    expect(valueOf('progressDeadline', { overrides })).toBe(378);
    expect(originOf('progressDeadline', { overrides })).toBe('overridden');
  });

  test('is refused at the sum itself', () => {
    expect(problemsOf({ overrides: { progressDeadline: seconds(377) } })).toEqual([
      `progressDeadline 377s must be more than ${usual} = 377s; give it 378s or more, or leave it out`,
    ]);
  });

  test('assumes five minutes for scheduling and pulling', () => {
    expect(assumed('schedulingAndPull')).toEqual({
      name: 'schedulingAndPull',
      value: 300,
      unit: 's',
      origin: 'default',
      source: 'until a new pod\'s container starts: a node may have to be added and the image pulled; engineering judgement',
    });
  });
});

describe('scaleDownStabilization', () => {
  const turn = 'startsWithin 60s + minReady 15s + terminationGracePeriod 45s';

  test('is not decided without an autoscaler', () => {
    expect(planned().plan.tryFind('scaleDownStabilization')).toBeUndefined();
    expect(planned().planned.availability.scaleDownStabilization).toBeUndefined();
  });

  test.each([0, 300])('is refused at %d s without an autoscaler, where it has no effect', (amount) => {
    const overrides = { scaleDownStabilization: seconds(amount) };
    expect(problemsOf({ overrides }))
      .toEqual(['overrides.scaleDownStabilization cannot be given with fixed replicas, which no autoscaler removes; leave it out']);
  });

  test('may be overridden with an autoscaler whose bounds are the same', () => {
    const props = { replicas: Replicas.autoscaled({ min: 3, max: 3 }), overrides: { scaleDownStabilization: seconds(300) } };
    expect(originOf('scaleDownStabilization', props)).toBe('overridden');
  });

  test('is five minutes where a turn is shorter', () => {
    expect(decided('scaleDownStabilization', AUTOSCALED)).toEqual({
      value: 300, unit: 's', origin: 'preferred', inequalities: [`≥ ${turn}`, '≤ API maximum 3600s'],
    });
  });

  test('lasts as long as a pod\'s turn in a release', () => {
    expect(decided('scaleDownStabilization', { ...AUTOSCALED, startsWithin: seconds(600) })).toEqual({
      value: 660,
      unit: 's',
      origin: 'derived',
      inequalities: ['≥ startsWithin 600s + minReady 15s + terminationGracePeriod 45s', '≤ API maximum 3600s'],
    });
  });

  test('may be overridden down to a turn', () => {
    const props = { ...AUTOSCALED, overrides: { scaleDownStabilization: seconds(120) } };
    expect(valueOf('scaleDownStabilization', props)).toBe(120);
    expect(originOf('scaleDownStabilization', props)).toBe('overridden');
  });

  test('is refused one second below a turn', () => {
    expect(problemsOf({ ...AUTOSCALED, overrides: { scaleDownStabilization: seconds(119) } })).toEqual([
      `scaleDownStabilization 119s must be at least ${turn} = 120s; give it 120s or more, or leave it out`,
    ]);
  });

  test('may be overridden up to one hour, and no longer', () => {
    expect(valueOf('scaleDownStabilization', { ...AUTOSCALED, overrides: { scaleDownStabilization: seconds(3600) } })).toBe(3600);
    expect(problemsOf({ ...AUTOSCALED, overrides: { scaleDownStabilization: seconds(3601) } })).toEqual([
      'scaleDownStabilization 3601s must be at most API maximum 3600s; give it 3600s or less, or leave it out',
    ]);
  });

  test('may be derived up to one hour', () => {
    expect(valueOf('scaleDownStabilization', { ...AUTOSCALED, startsWithin: seconds(3540) })).toBe(3600);
  });

  test('is a contradiction where a turn exceeds one hour, with what may be changed', () => {
    expect(problemsOf({ ...AUTOSCALED, startsWithin: seconds(3541) })).toEqual([
      'scaleDownStabilization 3601s (startsWithin 3541s + minReady 15s + terminationGracePeriod 45s = 3601s) '
      + 'must be at most API maximum 3600s; shorten startsWithin or longestRequest',
    ]);
  });
});
