import { subjectIn } from './subject';
import { modelOf } from '../../../src/verify/model/model-of';
import type { WayIn, WorkloadModel } from '../../../src/verify/workload-model';
import { albIngress, GATED, inside, namespace, type Changes } from '../verdicts/manifests';
import type { Asked } from '../verdicts/verified';

/** The model where nothing, or what is said, is supposed. */
function model(changes: Changes = {}, asked: Asked = {}, supposed: Readonly<Record<string, string | number>> = {}): WorkloadModel {
  return modelOf(subjectIn(inside(changes), asked), new Map(Object.entries(supposed)));
}

const INSIDE: WayIn = {
  path: 'clusterInternal',
  through: 'Service shop/payments',
  detach: { atLeast: 0, atMost: 10 },
  attach: { atLeast: 0, atMost: 10 },
  inOrder: true,
  fallsBackToTerminating: true,
  routesUnready: false,
  readinessGate: false,
  keptBy: 'client',
  cutsAfterSeconds: undefined,
  idleTimeoutSeconds: undefined,
};

test('a Deployment behind a Service', () => {
  expect(model()).toEqual({
    workload: 'Deployment shop/payments',
    replicas: { min: 4, max: 4 },
    strategy: { kind: 'rollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
    minReadySeconds: 0,
    progressDeadlineSeconds: 600,
    start: { accepts: { atLeast: 0, atMost: 360 }, gated: true, noticedWithinSeconds: 10 },
    termination: {
      gracePeriodSeconds: 30, preStop: { atLeast: 10, atMost: 10 }, kubeletSeconds: 1, shutdown: 'drains', drainSeconds: 10, proxy: undefined,
    },
    longestRequestSeconds: 10,
    keptConnections: 'announced',
    keepAliveSeconds: undefined,
    budget: undefined,
    evictions: 1,
    requiredReady: 1,
    waysIn: [INSIDE],
  });
});

test('everything that can be assumed, assumed', () => {
  const assume = {
    'longest-request-seconds': 20,
    'shutdown': 'exits-at-once',
    'drain-seconds': 25,
    'starts-within-seconds': 40,
    'starts-after-seconds': 5,
    'schedule-seconds': 100,
    'kept-connections': 'closed',
    'keep-alive-seconds': 70,
    'evictions': 2,
    'required-ready': 3,
    'kubelet-seconds': 4,
    'propagation-seconds.clusterInternal': 7,
  };
  expect(model({}, { assume })).toMatchObject({
    start: { accepts: { atLeast: 5, atMost: 140 } },
    termination: { kubeletSeconds: 4, shutdown: 'exitsAtOnce', drainSeconds: 25 },
    longestRequestSeconds: 20,
    keptConnections: 'closed',
    keepAliveSeconds: 70,
    evictions: 2,
    requiredReady: 3,
    waysIn: [{ detach: { atLeast: 0, atMost: 7 }, attach: { atLeast: 0, atMost: 7 } }],
  });
});

describe('the strategy', () => {
  const rollout = (strategy: string): Changes => ({ kind: 'Rollout', spec: `replicas: 4\n  strategy: ${strategy}` });
  test.each([
    ['of a Deployment', { spec: 'strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }' }, { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 }],
    ['Recreate', { spec: 'strategy: { type: Recreate }' }, { kind: 'recreate' }],
    ['of a StatefulSet', { kind: 'StatefulSet' }, { kind: 'oneByOne', maxUnavailable: 1 }],
    ['of a StatefulSet with a maxUnavailable behind its feature gate', { kind: 'StatefulSet', spec: 'updateStrategy: { rollingUpdate: { maxUnavailable: 50% } }' },
      { kind: 'oneByOne', maxUnavailable: 1 }],
    ['of a DaemonSet with maxUnavailable', { kind: 'DaemonSet', spec: 'updateStrategy: { rollingUpdate: { maxUnavailable: 50% } }' }, { kind: 'oneByOne', maxUnavailable: '50%' }],
    ['of a StatefulSet on deletion', { kind: 'StatefulSet', spec: 'updateStrategy: { type: OnDelete }' }, { kind: 'oneByOne', maxUnavailable: 1 }],
    ['of a DaemonSet', { kind: 'DaemonSet', spec: 'minReadySeconds: 0' }, { kind: 'oneByOne', maxUnavailable: 1 }],
    ['of a DaemonSet with a surge', { kind: 'DaemonSet', spec: 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }' },
      { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 }],
    ['of a canary by pods', rollout('{ canary: { maxSurge: 1, maxUnavailable: 0 } }'), { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 }],
    ['of a canary by traffic', rollout('{ canary: { trafficRouting: { nginx: {} } } }'), { kind: 'switchOver', scaleDownDelaySeconds: 30 }],
    ['of a canary by traffic with a delay', rollout('{ canary: { scaleDownDelaySeconds: 45, trafficRouting: { nginx: {} } } }'), { kind: 'switchOver', scaleDownDelaySeconds: 45 }],
    ['of a blue-green Rollout', rollout('{ blueGreen: { activeService: payments } }'), { kind: 'switchOver', scaleDownDelaySeconds: 30 }],
    ['of a blue-green Rollout with a delay', rollout('{ blueGreen: { activeService: payments, scaleDownDelaySeconds: 5 } }'), { kind: 'switchOver', scaleDownDelaySeconds: 5 }],
  ] as const)('%s', (_, changes, strategy) => {
    expect(model(changes).strategy).toEqual(strategy);
  });
});

describe('the number of replicas', () => {
  test('of a DaemonSet is that of the nodes', () => {
    expect(model({ kind: 'DaemonSet', spec: 'minReadySeconds: 0' }).replicas).toEqual({ min: 3, max: 3 });
    expect(model({ kind: 'DaemonSet', spec: 'minReadySeconds: 0' }, { assume: { nodes: 7 } }).replicas).toEqual({ min: 7, max: 7 });
  });

  test('is an autoscaler\'s range', () => {
    const hpa = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h, namespace: shop }\n'
      + 'spec: { scaleTargetRef: { kind: Deployment, name: payments }, minReplicas: 3, maxReplicas: 9 }\n';
    expect(model({ others: [hpa] }).replicas).toEqual({ min: 3, max: 9 });
  });
});

describe('the deadline', () => {
  test.each([['Deployment', 600], ['Rollout', 600], ['StatefulSet', undefined], ['DaemonSet', undefined]])('of a %s is %p', (kind, deadline) => {
    expect(model({ kind, spec: 'minReadySeconds: 7' })).toMatchObject({ minReadySeconds: 7, progressDeadlineSeconds: deadline });
  });
});

describe('the start', () => {
  const containers = (probes: string) => `[{ name: app, ports: [{ containerPort: 8080 }] ${probes} }]`;
  test.each([
    ['without a probe', '', { accepts: { atLeast: 0, atMost: 60 }, gated: false, noticedWithinSeconds: 0 }],
    ['with a readiness probe', ', readinessProbe: { exec: {}, periodSeconds: 3, successThreshold: 2 }', { accepts: { atLeast: 0, atMost: 360 }, gated: true, noticedWithinSeconds: 6 }],
    ['with a startup probe', ', startupProbe: { exec: {}, periodSeconds: 5, failureThreshold: 12, initialDelaySeconds: 7 }',
      { accepts: { atLeast: 0, atMost: 367 }, gated: true, noticedWithinSeconds: 12 }],
    ['with both', ', startupProbe: { exec: {}, periodSeconds: 1, failureThreshold: 20 }, readinessProbe: { exec: {}, periodSeconds: 4 }',
      { accepts: { atLeast: 0, atMost: 320 }, gated: true, noticedWithinSeconds: 5 }],
    ['with a probe that begins late', ', readinessProbe: { exec: {}, initialDelaySeconds: 90, periodSeconds: 4 }',
      { accepts: { atLeast: 0, atMost: 360 }, gated: true, noticedWithinSeconds: 94 }],
    ['with a liveness probe alone', ', livenessProbe: { exec: {} }', { accepts: { atLeast: 0, atMost: 60 }, gated: false, noticedWithinSeconds: 0 }],
  ])('%s', (_, probes, start) => {
    expect(model({ containers: containers(probes) }).start).toEqual(start);
  });

  test('takes the longest start that is given before the startup probe\'s budget', () => {
    expect(model({ containers: containers(', startupProbe: { exec: {}, failureThreshold: 12 }') }, { assume: { 'starts-within-seconds': 20 } }).start.accepts.atMost).toBe(320);
  });

  test('is noticed the sooner after it the later it comes, where the probe begins late', () => {
    const late = containers(', readinessProbe: { exec: {}, initialDelaySeconds: 90, periodSeconds: 4 }');
    expect(model({ containers: late }, { assume: { 'starts-after-seconds': 50 } }).start.noticedWithinSeconds).toBe(44);
    expect(model({ containers: late }, { assume: { 'starts-after-seconds': 100 } }).start.noticedWithinSeconds).toBe(4);
  });

  test('waits for the readiness of containers that serve nothing', () => {
    const other = '{ name: log, readinessProbe: { exec: {}, periodSeconds: 30 } }';
    expect(model({ containers: `[{ name: app, ports: [{ containerPort: 8080 }], readinessProbe: { exec: {}, periodSeconds: 4 } }, ${other}]` }).start)
      .toMatchObject({ gated: true, noticedWithinSeconds: 30 });
  });

  test('is gated only where every container that serves has a probe', () => {
    const two = '[{ name: a, ports: [{ containerPort: 8080 }], readinessProbe: { exec: {} } }, { name: b, ports: [{ containerPort: 8080 }] }]';
    expect(model({ containers: two }).start.gated).toBe(false);
  });
});

describe('the hook', () => {
  test.each([
    ['none', '', 0], ['of 12 s', '{ sleep: { seconds: 12 } }', 12], ['a command', '{ exec: { command: [sh, -c, "sleep 15"] } }', 15],
  ])('%s', (_, preStop, seconds) => {
    expect(model({ preStop }).termination.preStop).toEqual({ atLeast: seconds, atMost: seconds });
  });

  test('is the shortest where several containers serve', () => {
    const container = (name: string, seconds: number) => `{ name: ${name}, ports: [{ containerPort: 8080 }], lifecycle: { preStop: { sleep: { seconds: ${seconds} } } } }`;
    expect(model({ containers: `[${container('a', 20)}, ${container('b', 5)}]` }).termination.preStop).toEqual({ atLeast: 5, atMost: 5 });
  });

  test('of a native sidecar that serves is that of the containers which end before it', () => {
    const pod = ', initContainers: [{ name: nginx, restartPolicy: Always, ports: [{ containerPort: 8080 }] }]';
    const containers = '[{ name: app, lifecycle: { preStop: { sleep: { seconds: 15 } } } }]';
    expect(model({ containers, pod }).termination.preStop).toEqual({ atLeast: 15, atMost: 15 });
  });

  test('that cannot be read is what is supposed, or assumed', () => {
    const preStop = '{ httpGet: { path: /stop, port: 1 } }';
    expect(model({ preStop }, {}, { 'pre-stop-seconds': 8 }).termination.preStop).toEqual({ atLeast: 8, atMost: 8 });
    expect(model({ preStop }, { assume: { 'pre-stop-seconds': 9 } }, { 'pre-stop-seconds': 8 }).termination.preStop).toEqual({ atLeast: 9, atMost: 9 });
  });
});

describe('a sidecar of Istio', () => {
  const proxy = (config: string, changes: Changes = {}) => model({
    grace: 60,
    podAnnotations: JSON.stringify({ 'proxy.istio.io/config': config, 'sidecar.istio.io/nativeSidecar': 'false' }),
    others: [namespace('{ istio-injection: enabled }')],
    ...changes,
  }).termination.proxy;

  test.each([
    ['{}', { acceptsSeconds: 5, endsSeconds: 5 }], ['terminationDrainDuration: 40s', { acceptsSeconds: 40, endsSeconds: 40 }],
    ['terminationDrainDuration: 50s', { acceptsSeconds: 45, endsSeconds: 50 }],
    ['terminationDrainDuration: 50s\ndrainDuration: 20s', { acceptsSeconds: 20, endsSeconds: 50 }],
    ['terminationDrainDuration: 5500ms', { acceptsSeconds: 5, endsSeconds: 5 }],
    ['proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true" }', { acceptsSeconds: 5, endsSeconds: 60 }],
    ['proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true", MINIMUM_DRAIN_DURATION: 20s }', { acceptsSeconds: 20, endsSeconds: 60 }],
  ])('with %j has a clock of its own: %j', (config, expected) => {
    expect(proxy(config)).toEqual(expected);
  });

  test('with a hook of its own is held back by it', () => {
    const containers = '[{ name: app, ports: [{ containerPort: 8080 }] }, { name: istio-proxy, lifecycle: { preStop: { exec: { command: [sleep, "20"] } } } }]';
    expect(proxy('terminationDrainDuration: 10s', { containers })).toEqual({ acceptsSeconds: 30, endsSeconds: 30 });
  });

  test('that is native, or absent, has none', () => {
    expect(proxy('{}', { podAnnotations: '{ sidecar.istio.io/nativeSidecar: "true" }' })).toBeUndefined();
    expect(proxy('{}', { others: [] })).toBeUndefined();
  });
});

describe('the disruption budget', () => {
  const budget = (name: string, spec: string) =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: ${name}, namespace: shop }\nspec: { selector: { matchLabels: { app: payments } } ${spec} }\n`;
  test.each([
    ['none', [], undefined], ['of minAvailable', [budget('a', ', minAvailable: 2')], { minAvailable: 2 }],
    ['of maxUnavailable', [budget('a', ', maxUnavailable: 25%')], { maxUnavailable: '25%' }], ['that says nothing', [budget('a', '')], undefined],
    ['several, under which nothing may be evicted', [budget('a', ', maxUnavailable: 1'), budget('b', ', maxUnavailable: 1')], { maxUnavailable: 0 }],
  ])('%s', (_, others, expected) => {
    expect(model({ others }).budget).toEqual(expected);
  });
});

describe('a way in', () => {
  const waysOf = (yaml: string, asked: Asked = {}) => modelOf(subjectIn(yaml, asked), new Map()).waysIn;

  test('by an Application Load Balancer to pods', () => {
    expect(waysOf(inside({ others: [albIngress(45, 'alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=90'), GATED] }))[1]).toEqual({
      ...INSIDE,
      path: 'awsLoadBalancer',
      through: 'Ingress shop/public',
      detach: { atLeast: 0, atMost: 60 },
      attach: { atLeast: 0, atMost: 60 },
      inOrder: false,
      fallsBackToTerminating: false,
      readinessGate: true,
      keptBy: 'none',
      cutsAfterSeconds: 45,
      idleTimeoutSeconds: 90,
    });
  });

  test('by an Application Load Balancer has AWS\' defaults where nothing is written', () => {
    const plain = albIngress(45).replace(/\n.*target-group-attributes.*\n/, '\n');
    expect(waysOf(inside({ others: [plain] }))[1]).toMatchObject({ cutsAfterSeconds: 300, idleTimeoutSeconds: 60 });
  });

  test.each([
    ['deregistration_delay.connection_termination.enabled=true,deregistration_delay.timeout_seconds=45', 45],
    ['deregistration_delay.connection_termination.enabled=true', 300],
    ['deregistration_delay.connection_termination.enabled=false,deregistration_delay.timeout_seconds=45', undefined],
    ['deregistration_delay.timeout_seconds=45', undefined],
  ])('by a Network Load Balancer with %s cuts connections after %p s', (attributes, seconds) => {
    const prefix = 'service.beta.kubernetes.io/aws-load-balancer';
    const balanced = (target: string) => inside().replace('kind: Service\nmetadata: {', `kind: Service\nmetadata: { annotations: { ${prefix}-type: external, `
      + `${prefix}-nlb-target-type: ${target}, ${prefix}-target-group-attributes: "${attributes}" },`).replace('spec: { selector:', 'spec: { type: LoadBalancer, selector:');
    expect(waysOf(balanced('ip'))[1]).toMatchObject({ path: 'networkLoadBalancer', cutsAfterSeconds: seconds, keptBy: 'client' });
    expect(waysOf(balanced('instance'))[1]).toMatchObject({ path: 'networkLoadBalancer', cutsAfterSeconds: undefined });
  });

  test('by an Application Load Balancer to nodes is kube-proxy\'s, as far as pods are concerned', () => {
    const nodes = albIngress(45).replace('target-type: ip', 'target-type: instance');
    expect(waysOf(inside({ others: [nodes] }))[1]).toEqual({ ...INSIDE, path: 'awsLoadBalancer', through: 'Ingress shop/public', idleTimeoutSeconds: 60 });
  });

  test('to nodes that take their own pods alone is the load balancer\'s', () => {
    const local = inside({ others: [albIngress(45).replace('target-type: ip', 'target-type: instance')] }).replace('ports: [{ port: 80,', 'externalTrafficPolicy: Local, ports: [{ port: 80,');
    expect(waysOf(local)[1].detach).toEqual({ atLeast: 0, atMost: 60 });
  });

  test('by a headless Service is of clients who look it up', () => {
    expect(waysOf(inside().replace('ports: [{ port: 80,', 'clusterIP: None, ports: [{ port: 80,'))).toEqual([{
      ...INSIDE, path: 'headless', detach: { atLeast: 0, atMost: 35 }, attach: { atLeast: 0, atMost: 35 }, fallsBackToTerminating: false,
    }]);
  });

  test.each([[25, false], [26, true]])('on Kubernetes 1.%i falls back to pods that are ending: %p', (kubernetes, falls) => {
    expect(waysOf(inside(), { kubernetes })[0].fallsBackToTerminating).toBe(falls);
  });

  test('tells of pods before they are ready where its Service does', () => {
    expect(waysOf(inside().replace('ports: [{ port: 80,', 'publishNotReadyAddresses: true, ports: [{ port: 80,'))[0].routesUnready).toBe(true);
  });
});
