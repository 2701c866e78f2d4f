import { deployment, service } from './manifests';
import { clusterIn, documents, workloadIn } from './read';
import { Relations } from '../../src/cluster/relations';
import { isRouted, servingContainersOf } from '../../src/cluster/serving';

const budget = (selector: string, namespace = 'shop') =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: b, namespace: ${namespace} }\nspec: { minAvailable: 1 ${selector} }`;
const autoscaler = (spec: string, namespace = 'shop') =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h, namespace: ${namespace} }\nspec: { scaleTargetRef: ${spec}`;
const keda = (spec: string) => `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: k, namespace: shop }\nspec: ${spec}`;

describe('a disruption budget', () => {
  test.each([
    [', selector: { matchLabels: { app: payments } }', 'shop', 1], [', selector: { matchLabels: { app: carts } }', 'shop', 0],
    [', selector: {}', 'shop', 1], ['', 'shop', 0], [', selector: null', 'shop', 0], [', selector: { matchLabels: { app: payments } }', 'other', 0],
  ])('%s of namespace %s covers %i of the workloads', (selector, namespace, covered) => {
    const { workload, relations } = workloadIn(documents(deployment(), budget(selector, namespace)));
    expect(relations.budgetsOf(workload)).toHaveLength(covered);
  });

  test('has the defaults of its kind', () => {
    const [{ minAvailable, maxUnavailable, unhealthyPodEvictionPolicy }] = clusterIn(budget('')).budgets;
    expect([minAvailable, maxUnavailable, unhealthyPodEvictionPolicy]).toEqual([1, undefined, 'IfHealthyBudget']);
  });
});

describe('the number of replicas', () => {
  test.each([
    ['of nothing is one', [deployment()], 1, 1], ['is what is written', [deployment({ spec: 'replicas: 4' })], 4, 4],
    ['is an autoscaler\'s range', [deployment({ spec: 'replicas: 4' }), autoscaler('{ kind: Deployment, name: payments }, minReplicas: 2, maxReplicas: 9 }')], 2, 9],
    ['begins with one where the autoscaler says no least', [deployment(), autoscaler('{ kind: Deployment, name: payments }, maxReplicas: 9 }')], 1, 9],
    ['is never less at most than at least', [deployment(), autoscaler('{ kind: Deployment, name: payments }, minReplicas: 9, maxReplicas: 2 }')], 9, 9],
    ['heeds no autoscaler of another kind', [deployment({ spec: 'replicas: 4' }), autoscaler('{ kind: StatefulSet, name: payments }, maxReplicas: 9 }')], 4, 4],
    ['heeds no autoscaler of another name', [deployment({ spec: 'replicas: 4' }), autoscaler('{ kind: Deployment, name: carts }, maxReplicas: 9 }')], 4, 4],
    ['heeds no autoscaler of another namespace',
      [deployment({ spec: 'replicas: 4' }), autoscaler('{ kind: Deployment, name: payments }, maxReplicas: 9 }', 'other')], 4, 4],
    ['is KEDA\'s range', [deployment(), keda('{ scaleTargetRef: { name: payments }, minReplicaCount: 3, maxReplicaCount: 5 }')], 3, 5],
    ['goes from 0 to 100 where KEDA is told nothing', [deployment(), keda('{ scaleTargetRef: { name: payments } }')], 0, 100],
  ])('%s', (_, manifests, min, max) => {
    const { workload, relations } = workloadIn(documents(...manifests));
    expect(relations.replicasOf(workload)).toEqual({ min, max });
  });
});

test.each([
  ['autoscaling/v2', 'scaleTargetRef: {}', true], ['autoscaling/v2', 'metrics: []', false], ['autoscaling/v2', 'metrics: [{ type: Resource }]', true],
  ['autoscaling/v1', 'targetCPUUtilizationPercentage: 80', true], ['keda.sh/v1alpha1', 'triggers: []', false], ['keda.sh/v1alpha1', 'triggers: [{ type: cron }]', true],
])('an autoscaler of %s with %s has something to decide by: %p', (apiVersion, spec, expected) => {
  const kind = apiVersion.startsWith('keda') ? 'ScaledObject' : 'HorizontalPodAutoscaler';
  expect(clusterIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: h }\nspec: { ${spec} }`).autoscalers.map(({ hasMetrics }) => hasMetrics)).toEqual([expected]);
});

test('a Service and its workloads know each other, and Services are found by namespace and name', () => {
  const cluster = clusterIn(documents(deployment(), deployment({ name: 'canary' }), deployment({ namespace: 'other' }), service()));
  const relations = new Relations(cluster);
  const [one] = cluster.services;
  expect(relations.workloadsOf(one).map(({ name }) => name)).toEqual(['payments', 'canary']);
  expect(cluster.workloads.map((workload) => relations.servicesOf(workload).length)).toEqual([1, 1, 0]);
  expect(cluster.workloads.map((workload) => isRouted(relations, workload))).toEqual([true, true, false]);
  expect([relations.serviceNamed('shop', 'payments'), relations.serviceNamed('other', 'payments')]).toEqual([one, undefined]);
});

describe('the containers that serve', () => {
  const serving = (containers: string, ports: string, pod = '') => {
    const manifest = service().replace('[{ port: 80, targetPort: 8080 }]', ports);
    const { workload, relations } = workloadIn(documents(deployment({ containers, pod }), manifest));
    return servingContainersOf(relations, workload).map(({ name }) => name);
  };
  const port = (number: number, name = 'p') => `ports: [{ containerPort: ${number}, name: ${name} }]`;

  test.each([
    ['by number', `[{ name: log }, { name: app, ${port(8080)} }]`, '[{ port: 80, targetPort: 8080 }]', ['app']],
    ['by name', `[{ name: log, ${port(1)} }, { name: app, ${port(8080, 'http')} }]`, '[{ port: 80, targetPort: http }]', ['app']],
    ['by the Service\'s own number', `[{ name: log }, { name: app, ${port(80)} }]`, '[{ port: 80 }]', ['app']],
    ['are several where several ports are served', `[{ name: app, ${port(1)} }, { name: admin, ${port(2)} }]`,
      '[{ port: 80, name: a, targetPort: 1 }, { port: 81, name: b, targetPort: 2 }]', ['app', 'admin']],
    ['are the first but known proxies where none declares the port', '[{ name: istio-proxy }, { name: app }, { name: other }]', '[{ port: 80 }]', ['app']],
    ['are the first where all are proxies', '[{ name: envoy }, { name: metrics-exporter }]', '[{ port: 80 }]', ['envoy']],
    ['are none where there is none', '[]', '[{ port: 80 }]', []],
  ] as const)('%s', (_, containers, ports, expected) => {
    expect(serving(containers, ports)).toEqual(expected);
  });

  test('may be a native sidecar, but no init container', () => {
    expect(serving('[{ name: app }]', '[{ port: 80, targetPort: 9 }]', `, initContainers: [{ name: nginx, restartPolicy: Always, ${port(9)} }]`)).toEqual(['nginx']);
    expect(serving('[{ name: app }]', '[{ port: 80, targetPort: 9 }]', `, initContainers: [{ name: setup, ${port(9)} }]`)).toEqual(['app']);
  });
});

