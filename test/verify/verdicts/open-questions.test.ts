import { albIngress, DRAINS, GATED, inside, IN_FLIGHT, KEPT, manifests, namespace, NEW_CONNECTIONS, SERVICE } from './manifests';
import { failing, verdictOn, verified, wayOn } from './verified';

const INJECTED = namespace('{ istio-injection: enabled }');
const UNREADABLE = '{ httpGet: { path: /stop, port: 8080 } }';

describe('what the program does on SIGTERM', () => {
  test('is missing where it decides', () => {
    const way = wayOn(inside(), 'clusterInternal');
    expect([way.verdict, way.missing, way.reason, way.counterexample]).toEqual(['UNKNOWN', ['shutdown'], 'it depends on shutdown', undefined]);
  });

  test('is told of the answers that fail with it', () => {
    const { answers } = wayOn(inside(), 'clusterInternal');
    expect(answers.filter(({ holds }) => !holds).map(({ question, supposing }) => [question, supposing])).toEqual(
      [[KEPT, 'shutdown exits-at-once'], [IN_FLIGHT, 'shutdown exits-at-once']].sort());
    expect(answers.filter(({ holds }) => holds).map(({ supposing }) => supposing)).not.toContain('shutdown exits-at-once');
  });

  test.each([['drains', 'PROVED'], ['exits-at-once', 'REFUTED']])('settles it: %s is %s', (shutdown, verdict) => {
    expect(wayOn(inside(), 'clusterInternal', { assume: { shutdown } })).toMatchObject({ verdict, missing: [] });
  });

  test('may be said by an annotation', () => {
    const { verdict, assumptions } = verdictOn(inside({ annotations: '{ zero-downtime/shutdown: drains }' }));
    expect([verdict, assumptions.find(({ key }) => key === 'shutdown')]).toEqual(['PROVED', expect.objectContaining({ origin: 'annotation', source: 'Deployment shop/payments' })]);
  });

  test('does not matter where a proxy lets go before the program ends', () => {
    const nginx = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: public, namespace: shop }\nspec:
  ingressClassName: nginx\n  rules: [{ http: { paths: [{ backend: { service: { name: payments, port: { number: 80 } } } }] } }]\n`;
    expect(wayOn(inside({ preStop: '{ sleep: { seconds: 20 } }', grace: 40, others: [nginx] }), 'ingressNginx')).toMatchObject({ verdict: 'PROVED', missing: [] });
    expect(wayOn(inside({ preStop: '{ sleep: { seconds: 19 } }', grace: 40, others: [nginx] }), 'ingressNginx')).toMatchObject({ verdict: 'UNKNOWN', missing: ['shutdown'] });
  });
});

describe('a hook whose length cannot be read', () => {
  test('is missing where it decides, beside what else does', () => {
    expect(wayOn(inside({ preStop: UNREADABLE }), 'clusterInternal', DRAINS)).toMatchObject({ verdict: 'UNKNOWN', missing: ['pre-stop-seconds'] });
    const both = wayOn(inside({ preStop: UNREADABLE }), 'clusterInternal');
    expect([both.verdict, [...both.missing].sort(), both.reason]).toEqual(['UNKNOWN', ['pre-stop-seconds', 'shutdown'], 'it depends on shutdown and pre-stop-seconds']);
  });

  test('is of no use where no length is long enough and short enough', () => {
    const way = wayOn(inside({ preStop: UNREADABLE, grace: 20 }), 'clusterInternal', DRAINS);
    expect([way.verdict, way.missing, failing(way)]).toEqual(['REFUTED', [], [NEW_CONNECTIONS]]);
  });

  test('tells of the case that fails what was supposed', () => {
    const { answers } = wayOn(inside({ preStop: UNREADABLE }), 'clusterInternal', DRAINS);
    expect(answers[0]).toMatchObject({ question: NEW_CONNECTIONS, holds: false, supposing: 'pre-stop-seconds 0' });
  });
});

describe('Istio\'s sidecar', () => {
  const istio = (podAnnotations = '{}', assume: Readonly<Record<string, string>> = {}) => wayOn(
    inside({ preStop: '{ sleep: { seconds: 15 } }', grace: 40, podAnnotations, others: [INJECTED] }), 'istio', { assume: { ...DRAINS.assume, ...assume } });

  test('is missing where nobody says of which kind it is', () => {
    expect(istio()).toMatchObject({ verdict: 'UNKNOWN', missing: ['istio-sidecar'] });
  });

  test.each([
    ['by what is given', '{}', { 'istio-sidecar': 'native' }, 'PROVED'], ['by what is given', '{}', { 'istio-sidecar': 'legacy' }, 'REFUTED'],
    ['by the pod\'s annotation', '{ sidecar.istio.io/nativeSidecar: "true" }', {}, 'PROVED'],
    ['by the pod\'s annotation', '{ sidecar.istio.io/nativeSidecar: "false" }', {}, 'REFUTED'],
    ['by the pod\'s annotation, whatever is given', '{ sidecar.istio.io/nativeSidecar: "true" }', { 'istio-sidecar': 'legacy' }, 'PROVED'],
  ] as const)('is settled %s %s %j: %s', (_, annotations, assume, verdict) => {
    expect(istio(annotations, assume)).toMatchObject({ verdict, missing: [] });
  });
});

describe('readiness gates', () => {
  const alb = (others: readonly string[], assume = {}, spec?: string) => wayOn(
    inside({ preStop: '{ sleep: { seconds: 5 } }', spec, others: [albIngress(30), ...others] }), 'awsLoadBalancer',
    { assume: { ...DRAINS.assume, 'propagation-seconds.awsLoadBalancer': 5, ...assume } });
  const late = { 'propagation-seconds.awsLoadBalancer': 60 };

  test('do not matter where minReadySeconds is as long as a target takes to be attached', () => {
    const spec = (seconds: number) => `replicas: 10\n  minReadySeconds: ${seconds}\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }`;
    expect(alb([], {}, spec(5))).toMatchObject({ verdict: 'PROVED', missing: [] });
    expect(alb([], {}, spec(0))).toMatchObject({ verdict: 'UNKNOWN', missing: ['readiness-gates'] });
  });

  test('are known from the Namespace, or from the template', () => {
    const questions = (others: readonly string[], pod = '') => wayOn(
      inside({ pod, others: [albIngress(30), ...others] }), 'awsLoadBalancer', { assume: { ...DRAINS.assume, ...late } })
      .answers.filter(({ holds }) => !holds).map(({ question, supposing }) => [question, supposing]);
    const TARGETS = 'the load balancer always has a target that serves';
    expect(questions([GATED])).toEqual([[NEW_CONNECTIONS, undefined]]);
    expect(questions([], ', readinessGates: [{ conditionType: target-health.elbv2.k8s.aws/k8s-shop }]')).toEqual([[NEW_CONNECTIONS, undefined]]);
    expect(questions([namespace('{}')]).map(([question]) => question)).toEqual([NEW_CONNECTIONS, TARGETS]);
    expect(questions([], ', readinessGates: [{ conditionType: example.com/other }]')).toEqual([[NEW_CONNECTIONS, undefined]]);
  });

  test('refute in the mildest case what fails with and without them', () => {
    expect(alb([], late)).toMatchObject({ verdict: 'REFUTED', missing: [] });
  });
});

test('a way that is refuted in every case is refuted, however much is missing, and tells what fails even in the mildest', () => {
  const way = wayOn(inside({ preStop: '', others: [INJECTED] }), 'clusterInternal');
  expect([way.verdict, way.missing, failing(way)]).toEqual(['REFUTED', [], [NEW_CONNECTIONS]]);
  expect(way.answers.map(({ supposing }) => supposing)).toEqual(way.answers.map(() => undefined));
});

test('the worst of the ways is the verdict', () => {
  const mixed = verdictOn(inside({ others: [albIngress(30), GATED] }), DRAINS);
  expect([mixed.verdict, mixed.ways.map(({ path, verdict }) => [path, verdict])]).toEqual(['REFUTED', [['clusterInternal', 'PROVED'], ['awsLoadBalancer', 'REFUTED']]]);
  const unknown = verdictOn(inside({ preStop: '{ sleep: { seconds: 15 } }', grace: 40, others: [INJECTED] }), { assume: { shutdown: 'drains' } });
  expect([unknown.verdict, unknown.ways.map(({ verdict }) => verdict)]).toEqual(['UNKNOWN', ['UNKNOWN', 'UNKNOWN']]);
});

test('every refuted way has a course of events, and one in seconds the request that is lost', () => {
  const refuted = [inside({ preStop: '' }), inside({ readiness: '' }), inside({ spec: 'strategy: { type: Recreate }' }), inside({ spec: 'replicas: 1' })]
    .flatMap((yaml) => [25, 34].flatMap((kubernetes) => verdictOn(yaml, { ...DRAINS, kubernetes }).ways));
  expect(refuted.map(({ verdict }) => verdict)).toEqual(refuted.map(() => 'REFUTED'));
  expect(refuted.map(({ counterexample }) => (counterexample?.events.length ?? 0) > 0)).toEqual(refuted.map(() => true));
  const timed = refuted.filter(({ counterexample }) => counterexample?.unit === 'seconds');
  expect(timed.map(({ counterexample }) => counterexample?.lost === undefined)).toEqual(timed.map(() => false));
  expect(timed.length).toBeGreaterThan(3);
});

describe('what is not judged', () => {
  test.each([
    ['behind no Service', manifests(), 'no Service among these objects sends requests to it'],
    ['scaled to zero', inside({ spec: 'replicas: 0' }), 'it is scaled to zero'],
    ['without a container', inside({ containers: '[]' }), 'it has no container'],
    ['behind a Service of another namespace', manifests({ others: [SERVICE.replace('namespace: shop', 'namespace: other')] }), 'no Service among these objects sends requests to it'],
  ])('is told with its reason: %s', (_, yaml, because) => {
    expect(verified(yaml, DRAINS)).toEqual({ workloads: [], problems: [], notJudged: [{ workload: 'Deployment shop/payments', source: 'test.yaml', because }] });
  });

  test('keeps nothing else from being judged, and a DaemonSet has no replicas', () => {
    const { workloads, notJudged } = verified(inside({ kind: 'DaemonSet', spec: 'minReadySeconds: 0', others: [manifests().replace('name: payments, namespace: shop', 'name: job, namespace: batch')] }), DRAINS);
    expect([workloads.map(({ workload, replicas }) => [workload, replicas]), notJudged.map(({ workload }) => workload)])
      .toEqual([[['DaemonSet shop/payments', 3]], ['Deployment batch/job']]);
  });
});

test('an annotation that cannot be taken is a problem of the input', () => {
  expect(verified(inside({ annotations: '{ zero-downtime/evictions: all }' })).problems.map(({ message }) => message))
    .toEqual(['Deployment shop/payments: annotation zero-downtime/evictions "all" must be a whole number from 0 to 1000000']);
});

test('a verdict tells the workload and its place', () => {
  const verdict = verdictOn(inside(), DRAINS);
  expect([verdict.source, verdict.position, verdict.kind, verdict.namespace, verdict.name]).toEqual(['test.yaml', { line: 3, column: 13 }, 'Deployment', 'shop', 'payments']);
});
