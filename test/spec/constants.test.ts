import { Size } from 'cdk8s';
import { Health } from '../../src/spec/health';
import { Metric } from '../../src/spec/metric';
import { NetworkPeer } from '../../src/spec/network-peer';
import { portNameOf, Protocol } from '../../src/spec/protocol';
import { Replicas } from '../../src/spec/replicas';
import { Risk } from '../../src/spec/risk';
import { ServiceAccount } from '../../src/spec/service-account';
import { Shutdown } from '../../src/spec/shutdown';
import { Spread } from '../../src/spec/spread';
import { IstioRetries } from '../../src/spec/traffic/istio';
import { Volume } from '../../src/spec/volume';

test.each([[Protocol.HTTP, 'http'], [Protocol.HTTP2, 'http2'], [Protocol.GRPC, 'grpc']])('the port of a program that speaks %s is named %s', (protocol, name) => {
  expect(portNameOf(protocol)).toBe(name);
});

test.each([
  [Risk.singleReplica('why'), 'single-replica'],
  [Risk.movingImageTag('why'), 'moving-image-tag'],
  [Risk.sameProbe('why'), 'same-probe'],
  [Risk.connectOnlyReadiness('why'), 'connect-only-readiness'],
  [Risk.literalSecret('why'), 'literal-secret'],
  [Risk.sessionAffinity('why'), 'session-affinity'],
])('a risk keeps its reason under its permanent name', (risk, id) => {
  expect([risk.id, risk.reason]).toEqual([id, 'why']);
});

test('a spread asks the scheduler for what its name says', () => {
  expect([Spread.preferred(), Spread.required({ zones: 3 }), Spread.none()].map(({ whenUnsatisfiable, zones }) => [whenUnsatisfiable, zones]))
    .toEqual([['ScheduleAnyway', undefined], ['DoNotSchedule', 3], [undefined, undefined]]);
});

test('a shutdown knows whether requests in flight are finished', () => {
  expect([Shutdown.drains().isDraining, Shutdown.exitsAtOnce().isDraining]).toEqual([true, false]);
});

test('replicas know their bounds and whether an autoscaler decides', () => {
  const bounds = [Replicas.fixed(4), Replicas.autoscaled({ min: 2, max: 8 })].map(({ min, max, isAutoscaled }) => [min, max, isAutoscaled]);
  expect(bounds).toEqual([[4, 4, false], [2, 8, true]]);
});

test('the metrics of an autoscaler are CPU, memory and the further ones, in that order', () => {
  const replicas = Replicas.autoscaled({ min: 2, max: 8, cpuPercent: 50, memoryPercent: 60, metrics: [Metric.external('queue', '30', { a: 'b' })] });
  const { _scaler: scaler } = replicas;
  expect(scaler?.kind === 'horizontalPodAutoscaler' && scaler.metrics.map(({ _source }) => _source)).toEqual([
    { kind: 'resource', resource: 'cpu', percent: 50 },
    { kind: 'resource', resource: 'memory', percent: 60 },
    { kind: 'external', name: 'queue', averageValue: '30', matchLabels: { a: 'b' } },
  ]);
});

test('a metric of another object names it', () => {
  expect(Metric.object('rps', '10k', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' })._source).toEqual({
    kind: 'object', name: 'rps', value: '10k', apiVersion: 'networking.k8s.io/v1', objectKind: 'Ingress', objectName: 'shop',
  });
});

test.each([
  [NetworkPeer.sameNamespace(), { podLabels: {} }],
  [NetworkPeer.pods({ app: 'web' }), { podLabels: { app: 'web' }, namespaceLabels: undefined }],
  [NetworkPeer.pods({ app: 'web' }, { team: 'shop' }), { podLabels: { app: 'web' }, namespaceLabels: { team: 'shop' } }],
  [NetworkPeer.namespace('edge'), { namespaceLabels: { 'kubernetes.io/metadata.name': 'edge' } }],
  [NetworkPeer.cidr('10.0.0.0/16'), { cidr: '10.0.0.0/16' }],
])('a peer is told as a NetworkPolicy tells it', (peer, spec) => {
  expect(peer._spec).toEqual(spec);
});

test('a service account is created or exists', () => {
  expect(ServiceAccount.create({ annotations: { role: 'a' }, automountToken: true }))
    .toMatchObject({ existingName: undefined, automountToken: true, annotations: { role: 'a' } });
  expect(ServiceAccount.existing('shared')).toMatchObject({ existingName: 'shared', automountToken: undefined, annotations: {} });
});

test('retries of nothing have no attempts and no conditions', () => {
  expect(IstioRetries.none()).toMatchObject({ attempts: 0, conditions: [] });
});

test('the port and TLS of HTTP health hold for every question', () => {
  const { readiness, liveness, startup } = Health.http({ readiness: '/r', liveness: '/l', startup: '/s', port: 9000, tls: true });
  expect([readiness, liveness, startup].map(({ _action }) => _action)).toEqual(
    ['/r', '/l', '/s'].map((path) => ({ kind: 'http', path, port: 9000, scheme: 'HTTPS' })));
});

test('a volume in memory or on disk carries its limit', () => {
  const volumes = [Volume.emptyDir(Size.mebibytes(5)), Volume.memory(Size.mebibytes(5)), Volume.emptyDir(), Volume.memory()];
  expect(volumes.map(({ _source }) => _source)).toEqual([
    { kind: 'empty-dir', sizeLimit: '5Mi' },
    { kind: 'empty-dir', medium: 'Memory', sizeLimit: '5Mi' },
    { kind: 'empty-dir', sizeLimit: undefined },
    { kind: 'empty-dir', medium: 'Memory', sizeLimit: undefined },
  ]);
});
