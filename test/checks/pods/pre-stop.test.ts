import * as fc from 'fast-check';
import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { MISSING_PRE_STOP } from '../../../src/checks/pods/missing-pre-stop';
import { PRE_STOP_ON_WRONG_CONTAINER } from '../../../src/checks/pods/pre-stop-on-wrong-container';
import { PRE_STOP_TOO_SHORT } from '../../../src/checks/pods/pre-stop-too-short';
import { PRE_STOP_UNREADABLE } from '../../../src/checks/pods/pre-stop-unreadable';

const UNHOOKED = { lifecycle: undefined };
const sleep = (seconds: number) => ({ lifecycle: `{ preStop: { sleep: { seconds: ${seconds} } } }` });
const ingress = (metadata: string, className: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: payments${metadata} }
spec: { ingressClassName: ${className}, defaultBackend: { service: { name: payments, port: { number: 80 } } } }
`;
const IP = ', annotations: { alb.ingress.kubernetes.io/target-type: ip }';

describe('missing-pre-stop', () => {
  test('tells of a container that gets SIGTERM while requests still come', () => {
    expect(found(MISSING_PRE_STOP, exampleOf({ container: UNHOOKED }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop',
      message: 'container payments has no preStop hook, so it gets SIGTERM while requests still come by way of Service payments',
      fix: 'add lifecycle: { preStop: { sleep: { seconds: 10 } } } to container payments',
    }]);
  });

  test('proposes what the slowest way in needs, and the grace period for it', () => {
    expect(found(MISSING_PRE_STOP, exampleOf({ container: UNHOOKED, objects: [ingress(IP, 'alb')] })).map(({ message, fix }) => [message, fix])).toEqual([[
      'container payments has no preStop hook, so it gets SIGTERM while requests still come by way of Ingress payments',
      'add lifecycle: { preStop: { sleep: { seconds: 60 } } } to container payments, and set terminationGracePeriodSeconds to at least 70',
    ]]);
  });

  test('proposes a command where Kubernetes does not know the sleep action', () => {
    expect(found(MISSING_PRE_STOP, exampleOf({ container: UNHOOKED }), { kubernetes: 29 }).map(({ fix }) => fix))
      .toEqual(['add lifecycle: { preStop: { exec: { command: [sleep, "10"] } } } to container payments']);
  });

  test.each([
    ['has a hook', exampleOf()],
    ['has a hook whose length nobody can read', exampleOf({ container: { lifecycle: '{ preStop: { exec: { command: [/stop.sh] } } }' } })],
    ['is selected by no Service', exampleOf({ service: { selector: '{ app: orders }' }, container: UNHOOKED })],
    ['is selected by a Service of another namespace', exampleOf({ metadata: { namespace: 'shop' }, container: UNHOOKED })],
    ['only shows metrics', exampleOf({ service: { ports: '[{ name: metrics, port: 9090, targetPort: 3000 }]' }, container: UNHOOKED })],
    ['is the only pod of a StatefulSet', exampleOf({ kind: 'StatefulSet', spec: { replicas: '1' }, container: UNHOOKED })],
    ['is the only pod of a Deployment that is recreated', exampleOf({
      spec: { replicas: '1', strategy: '{ type: Recreate }' }, container: UNHOOKED,
    })],
    ['is a native sidecar, which gets SIGTERM after a program that has one', exampleOf({
      container: { ports: undefined }, before: [{ name: 'proxy', restartPolicy: 'Always', ports: '[{ containerPort: 3000 }]' }],
    })],
    ['is known under no port, and another has a hook', exampleOf({ container: { ports: undefined, ...UNHOOKED }, beside: [{ name: 'web', ...sleep(10) }] })],
  ])('is silent where the container %s', (_, yaml) => {
    expect(found(MISSING_PRE_STOP, yaml)).toEqual([]);
  });

  test.each([
    ['a StatefulSet of several pods', 'StatefulSet', { replicas: '2' }],
    ['a DaemonSet', 'DaemonSet', { replicas: undefined }],
    ['a Rollout', 'Rollout', {}],
    ['the only pod of a rolling Deployment', 'Deployment', { replicas: '1' }],
  ])('holds for %s', (_, kind, spec) => {
    expect(count(MISSING_PRE_STOP, exampleOf({ kind, spec, container: UNHOOKED }))).toBe(1);
  });
});

describe('pre-stop-on-wrong-container', () => {
  const beside = [{ name: 'nginx', ...sleep(10) }];

  test('tells of a hook that stands with another container, in the place of missing-pre-stop', () => {
    const yaml = exampleOf({ container: UNHOOKED, beside });
    expect(found(PRE_STOP_ON_WRONG_CONTAINER, yaml)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop',
      message: 'container nginx has a preStop hook, but container payments, which Service payments sends requests to, has none and gets SIGTERM at once',
      fix: 'give container payments a preStop hook too',
    }]);
    expect(count(MISSING_PRE_STOP, yaml)).toBe(0);
  });

  test.each([
    ['both have one', exampleOf({ beside })],
    ['none has one', exampleOf({ container: UNHOOKED, beside: [{ name: 'nginx' }] })],
    ['nobody declares the port', exampleOf({ container: { ports: undefined, ...UNHOOKED }, beside })],
  ])('is silent where %s', (_, yaml) => {
    expect(count(PRE_STOP_ON_WRONG_CONTAINER, yaml)).toBe(0);
  });
});

describe('pre-stop-too-short', () => {
  test('tells of a hook that ends before requests do', () => {
    expect(found(PRE_STOP_TOO_SHORT, exampleOf({ container: sleep(9) }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds',
      message: 'the preStop hook of container payments takes 9 s, but requests may come by way of Service payments for 10 s after the deletion '
        + '(propagation-seconds.clusterInternal)',
      actual: '9 s',
      required: '≥ 10 s',
      fix: 'let the preStop hook sleep for at least 10 s, and raise terminationGracePeriodSeconds with it',
    }]);
  });

  test('reads the length of a command', () => {
    const yaml = exampleOf({ container: { lifecycle: '{ preStop: { exec: { command: [sh, -c, "sleep 5"] } } }' } });
    expect(found(PRE_STOP_TOO_SHORT, yaml).map(({ path, actual }) => [path, actual])).toEqual([
      ['spec.template.spec.containers[0].lifecycle.preStop.exec.command', '5 s'],
    ]);
  });

  test('adds the longest request where the program exits at once', () => {
    const options = { assume: { 'shutdown': 'exits-at-once', 'longest-request-seconds': 7 } };
    expect(count(PRE_STOP_TOO_SHORT, exampleOf({ container: sleep(17) }), options)).toBe(0);
    expect(found(PRE_STOP_TOO_SHORT, exampleOf({ container: sleep(16) }), options).map(({ message, required }) => [message, required])).toEqual([[
      'the preStop hook of container payments takes 16 s, but requests may come by way of Service payments for 10 s after the deletion '
        + '(propagation-seconds.clusterInternal), and the program, which exits at once, may need 7 s for the last of them',
      '≥ 17 s',
    ]]);
  });

  test.each([
    ['a load balancer that sends to pods', ingress(IP, 'alb'), '≥ 60 s'],
    ['a load balancer that sends to nodes, by way of kube-proxy', ingress('', 'alb'), '≥ 10 s'],
    ['ingress-nginx', ingress('', 'nginx'), '≥ 10 s'],
    ['a controller that nobody knows', ingress('', 'other'), '≥ 30 s'],
  ])('knows %s', (_, object, required) => {
    expect(found(PRE_STOP_TOO_SHORT, exampleOf({ container: sleep(1), objects: [object] })).map((finding) => finding.required)).toEqual([required]);
  });

  test('takes the headless Service of a StatefulSet for its pods\' names alone where another Service is there', () => {
    const headless = `
apiVersion: v1
kind: Service
metadata: { name: payments-pods }
spec: { clusterIP: None, selector: { app: payments }, ports: [{ port: 3000 }] }
`;
    const yaml = (serviceName: string) => exampleOf({ kind: 'StatefulSet', spec: { serviceName }, objects: [headless] });
    expect(count(PRE_STOP_TOO_SHORT, yaml('payments-pods'))).toBe(0);
    expect(found(PRE_STOP_TOO_SHORT, yaml('other')).map(({ required }) => required)).toEqual(['≥ 35 s']);
  });

  test('is silent of a length that cannot be read', () => {
    expect(count(PRE_STOP_TOO_SHORT, exampleOf({ container: { lifecycle: '{ preStop: { httpGet: { port: 3000 } } }' } }))).toBe(0);
  });

  test('finds exactly the hooks that are shorter than the way in', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (seconds, propagation) => {
      expect(count(PRE_STOP_TOO_SHORT, exampleOf({ container: sleep(seconds) }), { assume: { 'propagation-seconds.clusterInternal': propagation } }))
        .toBe(seconds < propagation ? 1 : 0);
    }), { numRuns: 40 });
  });
});

describe('pre-stop-unreadable', () => {
  test.each([
    ['a script', '{ exec: { command: [/stop.sh] } }', 'exec.command', 'by the command that it runs'],
    ['an HTTP handler', '{ httpGet: { path: /drain, port: 3000 } }', '', 'by the program that it asks'],
  ])('tells of %s', (_, preStop, at, by) => {
    expect(found(PRE_STOP_UNREADABLE, exampleOf({ container: { lifecycle: `{ preStop: ${preStop} }` } }))).toEqual([{
      object: 'Deployment default/payments',
      path: ['spec.template.spec.containers[0].lifecycle.preStop', at].filter(Boolean).join('.'),
      message: `how long the preStop hook of container payments holds SIGTERM back is decided ${by}, so its timing cannot be checked`,
      fix: 'use preStop: { sleep: { seconds: … } } for the waiting, and let the program do the rest on SIGTERM',
    }]);
  });

  test.each(['{ sleep: { seconds: 10 } }', '{ exec: { command: [sleep, "10"] } }'])('is silent of %s', (preStop) => {
    expect(count(PRE_STOP_UNREADABLE, exampleOf({ container: { lifecycle: `{ preStop: ${preStop} }` } }))).toBe(0);
  });
});
