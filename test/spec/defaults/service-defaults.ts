import { Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { containerOf, expectDefault, manifestsOf, objectOf, podOf, Proofs } from './proof';
import { ZeroDowntimeService } from '../../../src/cdk8s/zero-downtime-service';
import { Database } from '../../../src/spec/database';
import { KubernetesVersion } from '../../../src/spec/kubernetes-version';
import { Metric } from '../../../src/spec/metric';
import { Pods } from '../../../src/spec/pods';
import { Protocol } from '../../../src/spec/protocol';
import { Replicas } from '../../../src/spec/replicas';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { Shutdown } from '../../../src/spec/shutdown';
import { Spread } from '../../../src/spec/spread';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { MINIMAL, planned, problemsOf, Props, seconds, valueOf } from '../../plan/declare';

const BOUNDS = { min: 2, max: 4 };
const kindsOf = (props: Props = {}) => manifestsOf(props).map(({ kind }) => kind);
const metricsOf = ({ _scaler: scaler }: Replicas) =>
  scaler?.kind === 'horizontalPodAutoscaler' ? scaler.metrics.map(({ _source }) => _source) : [];
const namesIn = (text: string) => planned().plan.decisions.filter(({ name }) => name.startsWith(text)).map(({ value, origin }) => [value, origin]);

/** What a service is, and how it is released. */
export const SERVICE_PROOFS: Proofs = {
  'ZeroDowntimeServiceProps.name': () => {
    const team = new Construct(Testing.chart(), 'team');
    expect(new ZeroDowntimeService(team, 'payments', MINIMAL).name).toBe('team-payments');
  },
  'ZeroDowntimeServiceProps.protocol': () => expectDefault({}, { protocol: Protocol.HTTP }, { protocol: Protocol.HTTP2 }),
  'ZeroDowntimeServiceProps.servicePort': () => {
    expectDefault({}, { servicePort: 80 }, { servicePort: 8080 });
    expect(objectOf('Service').spec.ports[0].port).toBe(80);
  },
  'ZeroDowntimeServiceProps.startsWithin': () => expectDefault({}, { startsWithin: seconds(60) }, { startsWithin: seconds(61) }),
  'ZeroDowntimeServiceProps.longestRequest': () => expectDefault({}, { longestRequest: seconds(30) }, { longestRequest: seconds(31) }),
  'ZeroDowntimeServiceProps.shutdown': () => expectDefault({}, { shutdown: Shutdown.drains() }, { shutdown: Shutdown.exitsAtOnce() }),
  'ZeroDowntimeServiceProps.keepAliveTimeout': () => {
    const traffic = [Traffic.istio(), Traffic.awsLoadBalancer({ idleTimeout: seconds(90) })];
    expect(valueOf('keepAliveTimeout', { traffic })).toBeGreaterThan(90);
    expect(containerOf({ traffic }).env).toContainEqual({ name: 'ZERO_DOWNTIME_KEEP_ALIVE_SECONDS', value: '95' });
  },
  'ZeroDowntimeServiceProps.maxConnectionAge': () => {
    expect(planned().plan.tryFind('connectionAge')).toBeUndefined();
    expect(valueOf('drain', { longestRequest: seconds(12) })).toBe(12);
  },
  'ZeroDowntimeServiceProps.replicas': () => expectDefault({}, { replicas: Replicas.fixed(3) }, { replicas: Replicas.fixed(4) }),
  'ZeroDowntimeServiceProps.spread': () => expectDefault({}, { spread: Spread.preferred() }, { spread: Spread.required() }),
  'ZeroDowntimeServiceProps.rollout': () =>
    expectDefault({}, { rollout: Rollout.rolling() }, { rollout: Rollout.rolling({ maxSurge: Pods.count(2) }) }),
  'ZeroDowntimeServiceProps.traffic': () => expectDefault({}, { traffic: [Traffic.clusterInternal()] }, { traffic: [Traffic.istio()] }),
  'ZeroDowntimeServiceProps.database': () => {
    expect(planned().plan.tryFind('connections')).toBeUndefined();
    expect(planned().planned.runtimeFacts).not.toHaveProperty('ZERO_DOWNTIME_POOL_SIZE');
  },
  'ZeroDowntimeServiceProps.config': () => {
    expect(kindsOf()).not.toContain('ConfigMap');
    expect(containerOf()).not.toHaveProperty('envFrom');
  },
  'ZeroDowntimeServiceProps.configMaps': () => expect(kindsOf()).not.toContain('ConfigMap'),
  'ZeroDowntimeServiceProps.externals': () => expect(planned().planned.spec.externals).toEqual([]),
  'ZeroDowntimeServiceProps.initContainers': () => expect(podOf()).not.toHaveProperty('initContainers'),
  'ZeroDowntimeServiceProps.sidecars': () => {
    expect(podOf()).not.toHaveProperty('initContainers');
    expect(podOf().containers).toHaveLength(1);
  },
  'ZeroDowntimeServiceProps.allowFrom': () => {
    expect(kindsOf()).not.toContain('NetworkPolicy');
    expect(kindsOf({ allowFrom: [] })).toContain('NetworkPolicy');
  },
  'ZeroDowntimeServiceProps.hasShell': () => {
    const kubernetesVersion = KubernetesVersion.V1_29;
    expectDefault({ kubernetesVersion }, { kubernetesVersion, hasShell: true }, {});
    expect(problemsOf({ kubernetesVersion, hasShell: false })).toHaveLength(1);
  },
  'ZeroDowntimeServiceProps.kubernetesVersion': () =>
    expectDefault({}, { kubernetesVersion: KubernetesVersion.V1_30 }, { kubernetesVersion: KubernetesVersion.V1_29 }),
  'ZeroDowntimeServiceProps.nodeDrainTimeout': () => {
    expect(problemsOf({ overrides: { terminationGracePeriod: seconds(600) } })).toEqual([]);
    expect(problemsOf({ overrides: { terminationGracePeriod: seconds(601) } })).toHaveLength(1);
  },
  'ZeroDowntimeServiceProps.overrides': () =>
    expect(planned().plan.decisions.filter(({ origin }) => origin !== 'derived' && origin !== 'preferred')).toEqual([]),
  'ZeroDowntimeServiceProps.accept': () => expect(planned().planned.spec.risks).toEqual([]),
  'RollingOptions.maxSurge': () => expect(objectOf('Deployment').spec.strategy.rollingUpdate.maxSurge).toBe('25%'),
  'RollingOptions.maxUnavailable': () => expect(objectOf('Deployment').spec.strategy.rollingUpdate.maxUnavailable).toBe(0),
  'AutoscalingOptions.cpuPercent': () => {
    expect(metricsOf(Replicas.autoscaled(BOUNDS))).toEqual([{ kind: 'resource', resource: 'cpu', percent: 70 }]);
    expect(metricsOf(Replicas.autoscaled({ ...BOUNDS, memoryPercent: 80 }))).toEqual([{ kind: 'resource', resource: 'memory', percent: 80 }]);
    expect(metricsOf(Replicas.autoscaled({ ...BOUNDS, metrics: [Metric.pods('rps', '100')] }))).toHaveLength(1);
  },
  'AutoscalingOptions.memoryPercent': () => expect(metricsOf(Replicas.autoscaled({ ...BOUNDS, cpuPercent: 50 })))
    .toEqual([{ kind: 'resource', resource: 'cpu', percent: 50 }]),
  'AutoscalingOptions.metrics': () => expect(metricsOf(Replicas.autoscaled({ ...BOUNDS, cpuPercent: 50, memoryPercent: 60 }))).toHaveLength(2),
  'SpreadOptions.zones': () => expect([Spread.preferred().zones, Spread.required().zones]).toEqual([undefined, undefined]),
  'DatabaseOptions.reservedConnections': () => {
    const options = { poolSize: 1, maxConnections: 10 };
    expect([Database.postgres(options).reservedConnections, Database.mysql(options).reservedConnections]).toEqual([3, 0]);
  },
  'ProbeTiming.period': () => expect(valueOf('readinessProbe.period', { overrides: { readinessProbe: { failureThreshold: 2 } } })).toBe(5),
  'ProbeTiming.timeout': () => expect(valueOf('readinessProbe.timeout', { overrides: { readinessProbe: { period: seconds(2) } } })).toBe(2),
  'ProbeTiming.failureThreshold': () =>
    expect(valueOf('startupProbe.failureThreshold', { overrides: { startupProbe: { period: seconds(6) } } })).toBe(11),
  'Overrides.preStop': () => expect(valueOf('preStop', { traffic: [Traffic.istio(), Traffic.awsLoadBalancer()] })).toBe(60),
  'Overrides.terminationGracePeriod': () => expect(valueOf('terminationGracePeriod')).toBe(10 + 30 + 5),
  'Overrides.minReady': () => {
    expect(valueOf('minReady')).toBe(15);
    expect(valueOf('minReady', { traffic: [Traffic.istio({ propagation: seconds(20) }), Traffic.awsLoadBalancer()] })).toBe(20);
  },
  'Overrides.progressDeadline': () => {
    expect(valueOf('progressDeadline')).toBe(600);
    expect(valueOf('progressDeadline', { startsWithin: seconds(600) })).toBe(926);
  },
  'Overrides.startupProbe': () => expect([1, 60, 3600].map((starts) => {
    const { period, failureThreshold } = planned({ startsWithin: seconds(starts) }).planned.probes.startup;
    return [period, failureThreshold];
  })).toEqual([[1, 2], [2, 31], [10, 361]]),
  'Overrides.readinessProbe': () => expect(namesIn('readinessProbe.')).toEqual([[5, 'preferred'], [3, 'preferred'], [3, 'preferred']]),
  'Overrides.livenessProbe': () => expect(namesIn('livenessProbe.')).toEqual([[10, 'preferred'], [5, 'preferred'], [3, 'derived']]),
  'Overrides.maxDisrupted': () => expect([2, 9, 20, 35].map((count) => valueOf('maxDisrupted', { replicas: Replicas.fixed(count) })))
    .toEqual([1, 1, 2, 3]),
  'Overrides.scaleDownStabilization': () => {
    const replicas = Replicas.autoscaled(BOUNDS);
    expect(valueOf('scaleDownStabilization', { replicas })).toBe(300);
    expect(valueOf('scaleDownStabilization', { replicas, startsWithin: seconds(300) })).toBe(360);
  },
};
