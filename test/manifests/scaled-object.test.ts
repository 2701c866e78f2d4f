import { Duration, Yaml } from 'cdk8s';
import { type KedaOptions, KedaMetricType, KedaTrigger, Replicas, Risk } from 'zero-downtime';
import { synthesize } from './synthesized';
import { apiServerRules } from '../support/api-server-rules';
import { checked } from '../support/checked';
import { ClosedSchemas, describeWithSchemas } from '../support/closed-schemas';

const QUEUE = KedaTrigger.of('aws-sqs-queue', { queueURL: 'https://sqs.eu-central-1.amazonaws.com/1/orders', queueLength: '5' }, {
  name: 'orders', authenticationRef: { name: 'aws' },
});
const REQUESTS = KedaTrigger.prometheus({ serverAddress: 'http://prometheus:9090', query: 'sum(rate(requests_total[1m]))', threshold: 100 });
const synthesized = (options: Partial<KedaOptions> = {}) =>
  synthesize({ replicas: Replicas.keda({ min: 3, max: 12, triggers: [KedaTrigger.cpu(70), REQUESTS, QUEUE], ...options }) });
const specOf = (options: Partial<KedaOptions> = {}) => synthesized(options).find('ScaledObject').spec;

test('it takes the place of the other autoscaler', () => {
  const { kinds } = synthesized();
  expect(kinds.filter((kind) => kind === 'ScaledObject')).toHaveLength(1);
  expect(kinds).not.toContain('HorizontalPodAutoscaler');
});

test('it scales the Deployment within its bounds, and the Deployment says no number', () => {
  const { apiVersion, metadata, spec } = synthesized().find('ScaledObject');
  expect(apiVersion).toBe('keda.sh/v1alpha1');
  expect(metadata.name).toBe('payments');
  expect(spec).toMatchObject({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' }, minReplicaCount: 3, maxReplicaCount: 12 });
  expect(synthesized().deployment.spec).not.toHaveProperty('replicas');
});

test('it is never idle, and never below the fewest', () => {
  expect(specOf()).not.toHaveProperty('idleReplicaCount');
  expect(specOf().minReplicaCount).toBeGreaterThanOrEqual(2);
});

test('one replica has to be accepted as under every other autoscaler', () => {
  const replicas = Replicas.keda({ min: 1, max: 4, triggers: [KedaTrigger.cpu(70)] });
  expect(() => synthesize({ replicas })).toThrow('replicas.min 1 must be at least 2');
  expect(synthesize({ replicas, accept: [Risk.singleReplica('a test')] }).find('ScaledObject').spec.minReplicaCount).toBe(1);
});

test('the autoscaler that KEDA makes behaves as the library\'s own', () => {
  const own = synthesize({ replicas: Replicas.autoscaled({ min: 3, max: 12 }) }).find('HorizontalPodAutoscaler').spec;
  expect(specOf().advanced).toEqual({ horizontalPodAutoscalerConfig: { behavior: own.behavior } });
});

test('its stabilization is the planned one', () => {
  const { spec } = synthesize({
    replicas: Replicas.keda({ min: 3, max: 12, triggers: [REQUESTS] }), overrides: { scaleDownStabilization: Duration.seconds(1234) },
  }).find('ScaledObject');
  expect(spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds).toBe(1234);
});

test('the name of the autoscaler is left to KEDA, so that a copy under Flagger makes another', () => {
  expect(specOf().advanced.horizontalPodAutoscalerConfig).not.toHaveProperty('name');
});

describe('triggers', () => {
  test('are named, in order', () => {
    expect(specOf().triggers.map(({ type, name }: Record<string, string>) => [type, name]))
      .toEqual([['cpu', 'trigger-1'], ['prometheus', 'trigger-2'], ['aws-sqs-queue', 'orders']]);
  });

  test('of a resource are a share of the request', () => {
    expect(specOf().triggers[0]).toEqual({ type: 'cpu', name: 'trigger-1', metricType: 'Utilization', metadata: { value: '70' } });
  });

  test('refer to their credentials', () => {
    expect(specOf().triggers[2].authenticationRef).toEqual({ name: 'aws', kind: 'TriggerAuthentication' });
    expect(specOf().triggers[1]).not.toHaveProperty('authenticationRef');
  });

  test('hold texts only, as KEDA takes them', () => {
    expect(specOf().triggers[1].metadata).toEqual({ serverAddress: 'http://prometheus:9090', query: 'sum(rate(requests_total[1m]))', threshold: '100' });
  });
});

describe('while a source is away', () => {
  test('there are as many pods as may be', () => {
    expect(specOf().fallback).toEqual({ failureThreshold: 3, replicas: 12 });
  });

  test('there are as many as declared', () => {
    expect(specOf({ fallbackReplicas: 6 }).fallback.replicas).toBe(6);
  });

  test('KEDA takes no fallback of triggers that are not averages', () => {
    const value = KedaTrigger.of('redis', { listName: 'a', listLength: '5' }, { metricType: KedaMetricType.VALUE });
    expect(specOf({ triggers: [KedaTrigger.cpu(70), KedaTrigger.memory(80), value] })).not.toHaveProperty('fallback');
    expect(specOf({ triggers: [value, REQUESTS] })).toHaveProperty('fallback');
  });
});

test('our own checks find nothing that is worth a warning', () => {
  const findings = checked(Yaml.stringify(...synthesized().objects));
  expect(findings.filter(({ severity }) => severity !== 'info').map(({ message }) => message)).toEqual([]);
});

test('an API server takes everything around it', () => {
  expect(synthesized().objects.flatMap((object) => apiServerRules(object))).toEqual([]);
});

describeWithSchemas('the closed schema of KEDA', () => {
  test('takes it', () => {
    const schemas = ClosedSchemas.load('1.34');
    expect(synthesized().objects.flatMap((object) => schemas.validate(object))).toEqual([]);
  });
});
