import { workloadIn } from './read';
import type { Workload } from '../../src/cluster/workload';

const API = { Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', Rollout: 'argoproj.io/v1alpha1' } as const;

function workloadOf(kind: keyof typeof API, spec = '{}'): Workload {
  return workloadIn(`apiVersion: ${API[kind]}\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}`).workload;
}

const strategyOf = (kind: keyof typeof API, spec?: string) => {
  const { type, maxSurge, maxUnavailable } = workloadOf(kind, spec).strategy;
  return [type, maxSurge, maxUnavailable];
};

describe('defaults', () => {
  test.each([
    ['Deployment', ['RollingUpdate', '25%', '25%'], 600], ['StatefulSet', ['RollingUpdate', 0, 1], undefined],
    ['DaemonSet', ['RollingUpdate', 0, 1], undefined], ['Rollout', ['canary', '25%', '25%'], 600],
  ] as const)('of a %s are those that Kubernetes fills in', (kind, strategy, deadline) => {
    const workload = workloadOf(kind);
    expect(strategyOf(kind)).toEqual(strategy);
    expect([workload.replicas, workload.minReadySeconds, workload.progressDeadlineSeconds, workload.template.terminationGracePeriodSeconds])
      .toEqual([undefined, 0, deadline, 30]);
  });

  test.each([
    ['Deployment', '{ strategy: { type: Recreate } }', ['Recreate', '25%', '25%']],
    ['Deployment', '{ strategy: { rollingUpdate: { maxUnavailable: 0 } } }', ['RollingUpdate', '25%', 0]],
    ['Deployment', '{ strategy: { rollingUpdate: { maxSurge: 50% } } }', ['RollingUpdate', '50%', '25%']],
    ['StatefulSet', '{ updateStrategy: { type: OnDelete } }', ['OnDelete', 0, 1]],
    ['StatefulSet', '{ updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } }', ['RollingUpdate', 0, 2]],
    ['DaemonSet', '{ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }', ['RollingUpdate', 1, 0]],
    ['Rollout', '{ strategy: { canary: { maxSurge: 1, maxUnavailable: 0 } } }', ['canary', 1, 0]],
    ['Rollout', '{ strategy: { blueGreen: { activeService: a } } }', ['blueGreen', '100%', 0]],
  ] as const)('of a %s leave %s as it is written', (kind, spec, strategy) => {
    expect(strategyOf(kind, spec)).toEqual(strategy);
  });

  test('of a probe are those that the API server fills in, for absent fields and zeros', () => {
    const container = workloadOf('Deployment', '{ template: { spec: { containers: [{ name: a, readinessProbe: { httpGet: { port: 80 }, periodSeconds: 0 } }] } } }')
      .template.containers[0];
    const { field: _field, ...probe } = container.readiness!;
    expect(probe).toEqual({
      handler: 'httpGet',
      asks: '["httpGet",{"port":80}]',
      port: 80,
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
      terminationGracePeriodSeconds: undefined,
    });
    expect([container.liveness, container.startup, container.preStop, container.isSidecar]).toEqual([undefined, undefined, undefined, false]);
  });

  test('of a port are TCP and no name', () => {
    expect(workloadOf('Deployment', '{ template: { spec: { containers: [{ name: a, ports: [{ containerPort: 80 }] }] } } }').template.containers[0].ports)
      .toEqual([{ name: undefined, containerPort: 80, protocol: 'TCP' }]);
  });
});

test('init containers are those that end, and sidecars those that go on', () => {
  const { template } = workloadOf('Deployment', '{ template: { spec: { initContainers: [{ name: setup }, { name: proxy, restartPolicy: Always }],'
    + ' containers: [{ name: app, restartPolicy: Always }] } } }');
  expect([template.initContainers, template.sidecars, template.containers].map((list) => list.map(({ name, isSidecar }) => [name, isSidecar])))
    .toEqual([[['setup', false]], [['proxy', true]], [['app', false]]]);
});

describe('an Argo Rollout with a workloadRef', () => {
  const rollout = 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: r, namespace: shop }\nspec: { replicas: 4, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: d } }';
  const deployment = (namespace: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d, namespace: ${namespace} }\n`
    + 'spec: { replicas: 0, template: { metadata: { labels: { app: d } }, spec: { terminationGracePeriodSeconds: 45, containers: [{ name: app }] } } }';

  test('has the template of what it refers to, and its own number of pods', () => {
    const { workload } = workloadIn(`${rollout}\n---\n${deployment('shop')}`);
    expect([workload.kind, workload.replicas, workload.template.terminationGracePeriodSeconds, workload.template.labels.get('app')])
      .toEqual(['Rollout', 4, 45, 'd']);
  });

  test('has none where what it refers to is of another namespace, or absent', () => {
    expect(workloadIn(`${rollout}\n---\n${deployment('other')}`).workload.template.containers).toEqual([]);
    expect(workloadIn(rollout).workload.template.containers).toEqual([]);
  });

  test('has its own template where it writes one besides', () => {
    const both = rollout.replace('replicas: 4,', 'template: { spec: { containers: [{ name: own }] } },');
    expect(workloadIn(`${both}\n---\n${deployment('shop')}`).workload.template.containers.map(({ name }) => name)).toEqual(['own']);
  });
});
