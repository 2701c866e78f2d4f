import { count, found } from './found';
import { CONNECT_ONLY_READINESS } from '../../../src/checks/pods/connect-only-readiness';
import { exampleOf } from '../../../src/checks/pods/example';
import { MISSING_READINESS_PROBE } from '../../../src/checks/pods/missing-readiness-probe';
import { READINESS_ON_WRONG_CONTAINER } from '../../../src/checks/pods/readiness-on-wrong-container';

const UNPROBED = { readinessProbe: undefined };
const HTTP = '{ httpGet: { path: /ready, port: 2020 } }';

describe('missing-readiness-probe', () => {
  test('tells of a container that a Service sends requests to and nothing asks', () => {
    expect(found(MISSING_READINESS_PROBE, exampleOf({ container: UNPROBED }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].readinessProbe',
      message: 'container payments has no readiness probe, so Service payments sends it requests as soon as it runs, before it has started to listen',
      fix: 'add a readinessProbe that asks the program whether it can answer requests',
    }]);
  });

  test.each([
    ['has a readiness probe', exampleOf()],
    ['has a startup probe, which keeps it unready until it listens', exampleOf({ container: { ...UNPROBED, startupProbe: HTTP } })],
    ['is selected by no Service', exampleOf({ service: { selector: '{ app: orders }' }, container: UNPROBED })],
    ['is selected by a Service that wants unready pods too', exampleOf({ service: { publishNotReadyAddresses: 'true' }, container: UNPROBED })],
    ['is behind a Service that only shows metrics', exampleOf({ service: { ports: '[{ name: http-metrics, port: 9090 }]' }, container: UNPROBED })],
    ['is in a pod that a readiness gate holds back', exampleOf({
      pod: { readinessGates: '[{ conditionType: target-health.elbv2.k8s.aws/payments }]' }, container: UNPROBED,
    })],
    ['is the only pod of a StatefulSet, which nobody stands in for', exampleOf({ kind: 'StatefulSet', spec: { replicas: '1' }, container: UNPROBED })],
    ['is the only pod of a Deployment that is recreated', exampleOf({
      spec: { replicas: '1', strategy: '{ type: Recreate }' }, container: UNPROBED,
    })],
  ])('is silent where the container %s', (_, yaml) => {
    expect(found(MISSING_READINESS_PROBE, yaml)).toEqual([]);
  });

  test('leaves a Service of another namespace aside', () => {
    expect(count(MISSING_READINESS_PROBE, exampleOf({ metadata: { namespace: 'shop' }, container: UNPROBED }))).toBe(0);
  });

  test('is told of every container that answers, and of none beside', () => {
    const yaml = exampleOf({
      service: { ports: '[{ port: 80, targetPort: 3000 }, { port: 81, targetPort: admin }]' },
      container: UNPROBED,
      beside: [{ name: 'admin', ports: '[{ name: admin, containerPort: 3001 }]' }, { name: 'log-shipper' }],
    });
    expect(found(MISSING_READINESS_PROBE, yaml).map(({ path }) => path)).toEqual([
      'spec.template.spec.containers[0].readinessProbe', 'spec.template.spec.containers[1].readinessProbe',
    ]);
  });

  test('takes the first container for the one that answers where none declares the port', () => {
    const yaml = exampleOf({ container: { ...UNPROBED, ports: undefined }, beside: [{ name: 'log-shipper' }] });
    expect(found(MISSING_READINESS_PROBE, yaml).map(({ path }) => path)).toEqual(['spec.template.spec.containers[0].readinessProbe']);
  });

  test('asks a native sidecar that requests reach first', () => {
    const yaml = exampleOf({
      container: { ports: undefined, ...UNPROBED },
      before: [{ name: 'proxy', restartPolicy: 'Always', ports: '[{ containerPort: 3000 }]' }],
    });
    expect(found(MISSING_READINESS_PROBE, yaml).map(({ path }) => path)).toEqual(['spec.template.spec.initContainers[0].readinessProbe']);
  });

  test.each(['StatefulSet', 'DaemonSet', 'Rollout'])('holds for a %s', (kind) => {
    expect(count(MISSING_READINESS_PROBE, exampleOf({ kind, container: UNPROBED }))).toBe(1);
  });

  test('judges the template that a Rollout borrows once, where it stands', () => {
    const rollout = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: payments }
spec: { replicas: 3, workloadRef: { kind: Deployment, name: payments }, selector: { matchLabels: { app: payments } } }
`;
    expect(found(MISSING_READINESS_PROBE, exampleOf({ container: UNPROBED, objects: [rollout] })).map(({ object }) => object))
      .toEqual(['Deployment default/payments']);
  });
});

describe('readiness-on-wrong-container', () => {
  const beside = [{ name: 'log-shipper', readinessProbe: HTTP }];

  test('tells of a probe that stands with another container, in the place of missing-readiness-probe', () => {
    const yaml = exampleOf({ container: UNPROBED, beside });
    expect(found(READINESS_ON_WRONG_CONTAINER, yaml)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].readinessProbe',
      message: 'only container log-shipper has a readiness probe, but Service payments sends requests to container payments, '
        + 'before it has started to listen',
      fix: 'add a readinessProbe to container payments',
    }]);
    expect(count(MISSING_READINESS_PROBE, yaml)).toBe(0);
  });

  test.each([
    ['both have one', exampleOf({ beside })],
    ['the container that answers has a startup probe', exampleOf({ container: { ...UNPROBED, startupProbe: HTTP }, beside })],
    ['the other one\'s probe asks the port that answers', exampleOf({
      container: UNPROBED, beside: [{ name: 'agent', readinessProbe: '{ httpGet: { path: /ready, port: 3000 } }' }],
    })],
    ['nobody declares the port, so that either may answer', exampleOf({ container: { ...UNPROBED, ports: undefined }, beside })],
    ['no container has one', exampleOf({ container: UNPROBED, beside: [{ name: 'log-shipper' }] })],
  ])('is silent where %s', (_, yaml) => {
    expect(found(READINESS_ON_WRONG_CONTAINER, yaml)).toEqual([]);
  });
});

describe('connect-only-readiness', () => {
  test('tells of a probe that only connects', () => {
    expect(found(CONNECT_ONLY_READINESS, exampleOf({ container: { readinessProbe: '{ tcpSocket: { port: 3000 } }' } }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].readinessProbe.tcpSocket',
      message: 'the readiness probe of container payments asks only whether port 3000 accepts connections, '
        + 'which a program that cannot answer may still do',
      fix: 'use httpGet, grpc or exec to ask the program whether it can answer requests',
    }]);
  });

  test.each(['{ httpGet: { port: 3000 } }', '{ grpc: { port: 3000 } }', '{ exec: { command: [/ready] } }'])('is silent of %s', (readinessProbe) => {
    expect(count(CONNECT_ONLY_READINESS, exampleOf({ container: { readinessProbe } }))).toBe(0);
  });

  test('is silent of a container that nobody sends requests to', () => {
    expect(count(CONNECT_ONLY_READINESS, exampleOf({ beside: [{ name: 'agent', readinessProbe: '{ tcpSocket: { port: 2020 } }' }] }))).toBe(0);
  });
});
