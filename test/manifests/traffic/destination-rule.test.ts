import { Duration } from 'cdk8s';
import { IstioOptions, Replicas, Risk, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from '../synthesized';

const policyOf = (options: IstioOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  synthesize({ traffic: [Traffic.istio(options)], replicas: Replicas.fixed(10), ...props }).find('DestinationRule').spec.trafficPolicy;

test('it is for the service\'s own host', () => {
  const { apiVersion, metadata, spec } = synthesize({ traffic: [Traffic.istio()] }).find('DestinationRule');
  expect(apiVersion).toBe('networking.istio.io/v1');
  expect(metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
  expect(spec.host).toBe('payments');
});

describe('idle connections', () => {
  test('are closed after a minute, where Istio would keep them for an hour', () => {
    expect(policyOf().connectionPool).toEqual({ http: { idleTimeout: '60s' } });
  });

  test('are closed before the program closes them', () => {
    expect(policyOf({}, { keepAliveTimeout: Duration.seconds(30) }).connectionPool.http.idleTimeout).toBe('25s');
  });

  test('are closed when that is declared', () => {
    expect(policyOf({ idleTimeout: Duration.seconds(20) }).connectionPool.http.idleTimeout).toBe('20s');
  });
});

describe('outlier detection', () => {
  test('ejects a failing pod, and at most half of them', () => {
    expect(policyOf().outlierDetection).toEqual({ consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 50 });
  });

  test('is written as declared', () => {
    const outlierEjection = {
      consecutiveErrors: 9, interval: Duration.seconds(5), baseEjectionTime: Duration.minutes(1), maxEjectionPercent: 20,
    };
    expect(policyOf({ outlierEjection }).outlierDetection)
      .toEqual({ consecutive5xxErrors: 9, interval: '5s', baseEjectionTime: '60s', maxEjectionPercent: 20 });
  });

  test('never ejects so many that with an eviction none would be left', () => {
    for (const replicas of [3, 4, 5, 7, 9]) {
      const { outlierDetection } = policyOf({}, { replicas: Replicas.fixed(replicas) });
      const ejected = Math.floor(replicas * (outlierDetection?.maxEjectionPercent ?? 0) / 100);
      expect(replicas - ejected - 1).toBeGreaterThanOrEqual(1);
    }
  });

  test('is left out where no pod can be spared', () => {
    expect(policyOf({}, { replicas: Replicas.fixed(2) })).not.toHaveProperty('outlierDetection');
    const accept = [Risk.singleReplica('nobody waits for it')];
    expect(policyOf({}, { replicas: Replicas.fixed(1), accept })).not.toHaveProperty('outlierDetection');
  });

  test('is left out where it is declared to eject nobody', () => {
    expect(policyOf({ outlierEjection: { maxEjectionPercent: 0 } })).not.toHaveProperty('outlierDetection');
  });
});
