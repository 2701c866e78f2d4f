import { clusterIn, documents, problemsIn } from './read';
import { objectText } from '../../src/cluster/identity';

const named = (apiVersion: string, kind: string, rest = '') => `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a ${rest} } }`;

describe('a namespace', () => {
  test.each([
    ['is the one that is written', named('v1', 'Service', ', namespace: shop'), undefined, 'Service shop/a'],
    ['is default where none is written', named('v1', 'Service'), undefined, 'Service default/a'],
    ['is default where it is empty', named('v1', 'Service', ', namespace: ""'), undefined, 'Service default/a'],
    ['is default where it is null', named('v1', 'Service', ', namespace: null'), undefined, 'Service default/a'],
    ['is what was asked for where none is written', named('v1', 'Service'), 'pay', 'Service pay/a'],
    ['is the written one whatever was asked for', named('v1', 'Service', ', namespace: shop'), 'pay', 'Service shop/a'],
    ['is none for a Namespace', named('v1', 'Namespace'), 'pay', 'Namespace a'],
    ['is none for an IngressClass, even written', named('networking.k8s.io/v1', 'IngressClass', ', namespace: shop'), 'pay', 'IngressClass a'],
  ])('%s', (_, yaml, namespace, text) => {
    expect(clusterIn(yaml, namespace).objects.map(objectText)).toEqual([text]);
  });

  test('keeps two objects of one name apart', () => {
    const { find } = clusterIn(documents(named('v1', 'Service', ', namespace: one'), named('v1', 'Service', ', namespace: two')));
    expect([find('Service', 'one', 'a')?.namespace, find('Service', 'two', 'a')?.namespace, find('Service', 'three', 'a')])
      .toEqual(['one', 'two', undefined]);
  });
});

test('an object without a name is told by the name that it is generated from', () => {
  expect(clusterIn('{ apiVersion: v1, kind: Pod, metadata: { generateName: job- } }').objects.map(objectText)).toEqual(['Pod default/job-']);
});

describe('a kind', () => {
  test.each([
    ['apps/v1', 'Deployment', 'workloads'], ['apps/v1', 'StatefulSet', 'workloads'], ['apps/v1', 'DaemonSet', 'workloads'],
    ['argoproj.io/v1alpha1', 'Rollout', 'workloads'], ['v1', 'Service', 'services'], ['networking.k8s.io/v1', 'Ingress', 'ingresses'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'gatewayRoutes'], ['gateway.networking.k8s.io/v1', 'GRPCRoute', 'gatewayRoutes'],
    ['networking.istio.io/v1', 'VirtualService', 'virtualServices'], ['networking.istio.io/v1beta1', 'DestinationRule', 'destinationRules'],
    ['policy/v1', 'PodDisruptionBudget', 'budgets'], ['autoscaling/v2', 'HorizontalPodAutoscaler', 'autoscalers'],
    ['keda.sh/v1alpha1', 'ScaledObject', 'autoscalers'],
  ] as const)('%s %s is among the %s', (apiVersion, kind, list) => {
    const cluster = clusterIn(named(apiVersion, kind));
    expect(cluster[list]).toHaveLength(1);
    expect(cluster.unknown).toBe(0);
  });

  test.each([
    ['serving.knative.dev/v1', 'Service'], ['example.com/v1', 'Deployment'], ['apps/v1', 'Rollout'], ['example.com/v1', 'HTTPRoute'],
    ['networking.example.com/v1', 'VirtualService'], ['example.com/v1', 'HorizontalPodAutoscaler'], ['example.com/v1', 'PodDisruptionBudget'],
    ['extensions/v1beta1', 'Ingress'], ['apps/v1', 'ReplicaSet'],
  ])('%s %s is of a group that is not read, and counted so', (apiVersion, kind) => {
    const { unknown, workloads, services, ingresses, gatewayRoutes, virtualServices, budgets, autoscalers } = clusterIn(named(apiVersion, kind));
    expect(unknown).toBe(1);
    expect([...workloads, ...services, ...ingresses, ...gatewayRoutes, ...virtualServices, ...budgets, ...autoscalers]).toEqual([]);
  });

  test('without a type of its own is found by its kind', () => {
    const cluster = clusterIn(documents(named('v1', 'Secret'), named('v1', 'ConfigMap'), named('v1', 'Endpoints')));
    expect([cluster.ofKind('Secret').length, cluster.ofKind('Job').length, cluster.objects.length, cluster.unknown]).toEqual([1, 0, 3, 1]);
  });
});

test('an object that cannot be read keeps no other from being read, and each fault is told', () => {
  const bad = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: bad }\nspec:\n  replicas: "3"\n';
  expect(problemsIn(documents(bad, named('v1', 'Service'), 'apiVersion: v1\nkind: Service\nmetadata: { name: b }\nspec: { selector: [a] }'))).toEqual([
    '5:3 spec.replicas "3" must be a whole number, not a text; remove the quotes',
    '13:9 spec.selector must be a map, not a list',
  ]);
});
