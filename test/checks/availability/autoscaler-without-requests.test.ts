import { changed, found, messages } from './found';
import { AUTOSCALER_WITHOUT_REQUESTS } from '../../../src/checks/availability/autoscaler-without-requests';

const { passing, failing } = AUTOSCALER_WITHOUT_REQUESTS;
const METRICS = 'metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]';
const scaledBy = (metrics: string) => changed(failing, [METRICS, metrics]);

test('names the container and what it lacks', () => {
  expect(found(AUTOSCALER_WITHOUT_REQUESTS, failing)).toEqual([{
    object: 'Deployment default/payments',
    path: 'spec.template.spec.containers[0].resources.requests.cpu',
    message: 'HorizontalPodAutoscaler payments scales Deployment payments by its use of requested cpu, but container payments requests none, '
      + 'so it cannot scale by it',
    actual: 'no cpu request',
    required: undefined,
    fix: 'set resources.requests.cpu of container payments',
  }]);
});

test('minds every container of the pod', () => {
  const second = changed(passing, ['      containers:\n', '      containers:\n        - { name: log, image: "registry.example.com/log:1.0.0" }\n']);
  expect(found(AUTOSCALER_WITHOUT_REQUESTS, second).map(({ fix }) => fix)).toEqual(['set resources.requests.cpu of container log']);
});

test('takes a limit for the request', () => {
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, changed(failing, ['requests: { memory', 'limits: { cpu: 1, memory']))).toEqual([]);
});

test('takes the resources of the pod for all its containers', () => {
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, changed(failing, ['      containers:', '      resources: { requests: { cpu: 1 } }\n      containers:']))).toEqual([]);
});

test('takes a LimitRange for a request', () => {
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, `${failing}---\n{ apiVersion: v1, kind: LimitRange, metadata: { name: defaults } }\n`)).toEqual([]);
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, `${failing}---\n{ apiVersion: v1, kind: LimitRange, metadata: { name: defaults, namespace: shop } }\n`)).toHaveLength(1);
});

test('is content with an average in absolute numbers, and with metrics that are no resources', () => {
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS,
    scaledBy('metrics: [{ type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 500m } } }]'))).toEqual([]);
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS,
    scaledBy('metrics: [{ type: Pods, pods: { metric: { name: rps }, target: { type: AverageValue, averageValue: 100 } } }]'))).toEqual([]);
});

test('knows that Kubernetes watches the CPU where no metric is written', () => {
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, scaledBy('behavior: {}'))).toHaveLength(1);
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, changed(scaledBy('targetCPUUtilizationPercentage: 70'), ['autoscaling/v2', 'autoscaling/v1']))).toHaveLength(1);
});

test('knows the one container that a metric watches', () => {
  const of = (container: string) =>
    `metrics: [{ type: ContainerResource, containerResource: { name: cpu, container: ${container}, target: { type: Utilization, averageUtilization: 70 } } }]`;
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, scaledBy(of('payments')))).toHaveLength(1);
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, scaledBy(of('log')))).toEqual([]);
});

test('reads autoscaling/v2beta1', () => {
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS,
    scaledBy('metrics: [{ type: Resource, resource: { name: cpu, targetAverageUtilization: 70 } }]'))).toHaveLength(1);
});

test.each([
  ['type: cpu, metricType: Utilization, metadata: { value: "70" }', 1],
  ['type: cpu, metadata: { type: Utilization, value: "70" }', 1],
  ['type: cpu, metricType: AverageValue, metadata: { value: 500m }', 0],
  ['type: memory, metricType: Utilization, metadata: { value: "70" }', 0],
  ['type: cron, metadata: { desiredReplicas: "9" }', 0],
])('reads KEDA\'s trigger %s', (trigger, findings) => {
  const deployment = failing.slice(0, failing.indexOf('---\napiVersion: autoscaling'));
  const scaled = `${deployment}---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: payments }
spec: { scaleTargetRef: { name: payments }, triggers: [{ ${trigger} }] }
`;
  expect(messages(AUTOSCALER_WITHOUT_REQUESTS, scaled)).toHaveLength(findings);
});
