import { albIngress, DRAINS, GATED, inside, IN_FLIGHT, KEPT, namespace, NEW_CONNECTIONS, SOME_POD, START, type Changes } from './manifests';
import { failing, verdictOn, wayOn } from './verified';

type Assume = Readonly<Record<string, string | number>>;
const drains = (assume: Assume = {}) => ({ assume: { ...DRAINS.assume, ...assume } });
const sleep = (seconds: number) => `{ sleep: { seconds: ${seconds} } }`;
const rolling = (spec: string) => `replicas: 4\n  ${spec}`;

const IDLE = 'no request is sent on an idle connection that the program is closing';
const SWITCHED = 'traffic moves from pods that still accept to pods that are taken in';
const TARGETS = 'the load balancer always has a target that serves';

describe('inside the cluster, one second too few', () => {
  type Row = readonly [name: string, question: string, sound: [Changes, Assume], broken: [Changes, Assume]];
  const rows: readonly Row[] = [
    ['of the hook', NEW_CONNECTIONS, [{}, {}], [{ preStop: sleep(9) }, {}]],
    ['of the hook, written as a command', NEW_CONNECTIONS, [{ preStop: '{ exec: { command: [sleep, "10"] } }' }, {}], [{ preStop: '{ exec: { command: [sleep, "9"] } }' }, {}]],
    ['of what is assumed of a hook', NEW_CONNECTIONS, [{ preStop: '{ httpGet: { path: /stop, port: 1 } }' }, { 'pre-stop-seconds': 10 }],
      [{ preStop: '{ httpGet: { path: /stop, port: 1 } }' }, { 'pre-stop-seconds': 9 }]],
    ['of the time in which kube-proxies learn', NEW_CONNECTIONS, [{}, { 'propagation-seconds.clusterInternal': 10 }], [{}, { 'propagation-seconds.clusterInternal': 11 }]],
    ['of the grace period', IN_FLIGHT, [{ grace: 21 }, {}], [{ grace: 20 }, {}]],
    ['of the grace period, for longer requests', IN_FLIGHT, [{ grace: 31 }, { 'longest-request-seconds': 20 }], [{ grace: 31 }, { 'longest-request-seconds': 21 }]],
    ['of the grace period, for a kubelet that is late', IN_FLIGHT, [{ grace: 25 }, { 'kubelet-seconds': 5 }], [{ grace: 25 }, { 'kubelet-seconds': 6 }]],
    ['of the hook\'s room in the grace period', IN_FLIGHT, [{ preStop: sleep(19) }, {}], [{ preStop: sleep(20) }, {}]],
    ['of draining', IN_FLIGHT, [{}, { 'drain-seconds': 10 }], [{}, { 'drain-seconds': 9 }]],
    ['kept connections closed without a word', KEPT, [{}, { 'kept-connections': 'announced' }], [{}, { 'kept-connections': 'closed' }]],
    ['pod, of those that carry the load', '3 pods are always there to carry the load', [{ spec: rolling('strategy: { rollingUpdate: { maxUnavailable: 0 } }') }, { 'required-ready': 3 }],
      [{}, { 'required-ready': 3 }]],
    ['pod, for the evictions that may come', '3 pods are always there to carry the load', [{}, { 'required-ready': 3, 'evictions': 0 }], [{}, { 'required-ready': 3, 'evictions': 1 }]],
    ['readiness probe', START, [{}, {}], [{ readiness: '' }, {}]],
  ];

  test.each(rows)('%s: %s', (_, question, [soundly, assumed], [badly, wrongly]) => {
    const sound = verdictOn(inside(soundly), drains(assumed));
    const broken = verdictOn(inside(badly), drains(wrongly));
    expect([sound.verdict, sound.ways.flatMap(failing)]).toEqual(['PROVED', []]);
    expect([broken.verdict, broken.ways.flatMap(failing)]).toEqual(['REFUTED', [question]]);
    expect(broken.ways[0].counterexample?.events.length).toBeGreaterThan(0);
  });
});

test('a pod that is not ready yet and a pod that has lost its hook are two faults, and both are told', () => {
  expect(failing(wayOn(inside({ readiness: '', preStop: '' }), 'clusterInternal', DRAINS))).toEqual([NEW_CONNECTIONS, START]);
});

test('publishNotReadyAddresses alone refutes what a readiness probe would have saved', () => {
  const yaml = inside().replace('ports: [{ port: 80,', 'publishNotReadyAddresses: true, ports: [{ port: 80,');
  expect(failing(wayOn(yaml, 'clusterInternal', DRAINS))).toEqual([START]);
});

describe('behind an Application Load Balancer', () => {
  const alb = (deregistration: number, changes: Changes = {}, attributes = '', others = [GATED]) =>
    wayOn(inside({ preStop: sleep(60), grace: 71, ...changes, others: [albIngress(deregistration, attributes), ...others] }), 'awsLoadBalancer', drains());

  test('a deregistration delay as long as the longest request is enough, and one second less cuts a request', () => {
    expect([alb(10).verdict, failing(alb(10))]).toEqual(['PROVED', []]);
    const broken = alb(9);
    expect([broken.verdict, failing(broken)]).toEqual(['REFUTED', [IN_FLIGHT]]);
    expect([broken.counterexample?.lost?.why, broken.counterexample?.remedy]).toEqual([
      'the load balancer cuts what is in flight 1s before the request is answered',
      'set the target group\'s deregistration_delay.timeout_seconds to at least 10',
    ]);
  });

  test('the hook must outlast the deregistration', () => {
    expect(failing(alb(10, { preStop: sleep(59) }))).toEqual([NEW_CONNECTIONS]);
  });

  test('the program must keep idle connections longer than the load balancer', () => {
    const idle = 'alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=75';
    const asked = (seconds: number) => failing(wayOn(inside({ preStop: sleep(60), grace: 71, others: [albIngress(10, idle), GATED] }), 'awsLoadBalancer',
      drains({ 'keep-alive-seconds': seconds })));
    expect([asked(76), asked(75)]).toEqual([[], [IDLE]]);
  });

  test('without readiness gates minReadySeconds must be as long as a target takes to be attached', () => {
    const ungated = (seconds: number) => wayOn(inside({
      preStop: sleep(60),
      grace: 71,
      spec: `replicas: 10\n  minReadySeconds: ${seconds}\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }`,
      others: [albIngress(10), namespace('{}')],
    }), 'awsLoadBalancer', drains());
    expect([ungated(60).verdict, ungated(59).verdict]).toEqual(['PROVED', 'UNKNOWN']);
    expect([ungated(59).missing, ungated(59).reason]).toEqual([[], expect.stringContaining(TARGETS)]);
    expect([ungated(0).verdict, failing(ungated(0))]).toEqual(['REFUTED', [TARGETS]]);
    expect(failing(alb(10, { spec: rolling('minReadySeconds: 0') }))).toEqual([]);
  });
});

describe('of a blue-green Rollout', () => {
  const blueGreen = (delay: string) => wayOn(inside({
    kind: 'Rollout', preStop: sleep(10), spec: `replicas: 4\n  strategy: { blueGreen: { activeService: payments ${delay} } }`, others: [],
  }), 'clusterInternal', drains({ 'propagation-seconds.clusterInternal': 15 }));

  test('the delay of the scale-down and the hook must outlast the switch together', () => {
    expect(failing(blueGreen(', scaleDownDelaySeconds: 5'))).not.toContain(SWITCHED);
    expect(failing(blueGreen(', scaleDownDelaySeconds: 4'))).toContain(SWITCHED);
    expect(failing(blueGreen(''))).not.toContain(SWITCHED);
  });
});

describe('with a sidecar of Istio that gets SIGTERM at once', () => {
  const istio = (config: string) => wayOn(inside({
    podAnnotations: JSON.stringify({ 'proxy.istio.io/config': config }), others: [namespace('{ istio-injection: enabled }')], preStop: sleep(15), grace: 60,
  }), 'istio', drains({ 'istio-sidecar': 'legacy' }));

  test('it must drain until everybody has let go and the last request is answered', () => {
    expect([istio('terminationDrainDuration: 25s').verdict, failing(istio('terminationDrainDuration: 25s'))]).toEqual(['PROVED', []]);
    expect(failing(istio('terminationDrainDuration: 24s'))).toEqual([IN_FLIGHT]);
    expect(failing(istio('terminationDrainDuration: 14s'))).toEqual([NEW_CONNECTIONS, IN_FLIGHT]);
  });

  test('its listeners must stay open until everybody has let go', () => {
    expect(failing(istio('terminationDrainDuration: 40s\ndrainDuration: 15s'))).toEqual([]);
    expect(failing(istio('terminationDrainDuration: 40s\ndrainDuration: 14s'))).toEqual([NEW_CONNECTIONS]);
  });
});

test('one replica has no pod to spare for an eviction, and a second one has', () => {
  expect(failing(wayOn(inside({ spec: 'replicas: 1' }), 'clusterInternal', { assume: { 'shutdown': 'drains', 'starts-within-seconds': 5 }, kubernetes: 25 })))
    .toEqual([SOME_POD]);
  expect(failing(wayOn(inside({ spec: rolling('strategy: { rollingUpdate: { maxUnavailable: 0 } }').replace('4', '2') }), 'clusterInternal',
    { assume: { shutdown: 'drains' }, kubernetes: 25 }))).toEqual([]);
});
