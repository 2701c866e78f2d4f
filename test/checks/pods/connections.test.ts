import * as fc from 'fast-check';
import { count, found } from './found';
import { CONNECTION_BUDGET } from '../../../src/checks/pods/connection-budget';
import { exampleOf } from '../../../src/checks/pods/example';
import { KEEP_ALIVE_TOO_SHORT } from '../../../src/checks/pods/keep-alive-too-short';

const pool = (size: number, most: number, reserved = 0) =>
  ({ assume: { 'pool-size': size, 'max-connections': most, 'reserved-connections': reserved } });
const calm = (options: ReturnType<typeof pool>) => ({ assume: { ...options.assume, evictions: 0 } });

describe('connection-budget', () => {
  test('tells of pools that the database cannot fill', () => {
    expect(found(CONNECTION_BUDGET, exampleOf(), pool(20, 150, 11))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.replicas',
      message: '7 pods may be alive during a release, each with up to 20 connections, but the database has 139 for them',
      actual: '140 connections',
      required: '≤ 139 connections',
      fix: 'lower the pool of each pod to at most 19, allow the database 151 connections, or have fewer replicas',
    }]);
  });

  test('is silent of one connection more', () => {
    expect(count(CONNECTION_BUDGET, exampleOf(), pool(20, 150, 10))).toBe(0);
  });

  test('proposes no pool where none is small enough', () => {
    expect(found(CONNECTION_BUDGET, exampleOf(), pool(1, 5)).map(({ fix }) => fix)).toEqual(['allow the database 7 connections, or have fewer replicas']);
  });

  test.each([
    ['the pool', { 'max-connections': 1 }], ['the database', { 'pool-size': 1000 }],
  ])('is silent where nobody knows %s', (_, assume) => {
    expect(count(CONNECTION_BUDGET, exampleOf(), { assume })).toBe(0);
  });

  test('counts the most that an autoscaler may ask for, and points at it', () => {
    const autoscaler = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: payments }
spec: { minReplicas: 3, maxReplicas: 10, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: payments } }
`;
    const findings = found(CONNECTION_BUDGET, exampleOf({ objects: [autoscaler] }), pool(10, 200));
    expect(findings.map(({ object, path, actual }) => [object, path, actual])).toEqual([
      ['HorizontalPodAutoscaler default/payments', 'spec.maxReplicas', '210 connections'],
    ]);
  });

  test.each([
    ['a rolling Deployment: all old pods beside all new ones', {}, 8],
    ['one whose new pods prove themselves for longer than old ones take to end', { spec: { replicas: '4', minReadySeconds: '30' } }, 7],
    ['one that is recreated', { spec: { replicas: '4', strategy: '{ type: Recreate }' } }, 4],
    ['a StatefulSet', { kind: 'StatefulSet', spec: { replicas: '4' } }, 4],
    ['a blue-green Rollout', { kind: 'Rollout', spec: { replicas: '4', minReadySeconds: '30', strategy: '{ blueGreen: { activeService: payments } }' } }, 8],
    ['a DaemonSet on three nodes', { kind: 'DaemonSet', spec: { replicas: undefined } }, 3],
    ['a DaemonSet on three nodes with a surge', {
      kind: 'DaemonSet',
      spec: {
        replicas: undefined, updateStrategy: '{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }',
      },
    }, 4],
  ])('counts the pods of %s', (_, parts, pods) => {
    const yaml = exampleOf({ spec: { replicas: '4' }, ...parts });
    expect(count(CONNECTION_BUDGET, yaml, calm(pool(1, pods)))).toBe(0);
    expect(count(CONNECTION_BUDGET, yaml, calm(pool(1, pods - 1)))).toBe(1);
  });

  test('finds exactly the pools that exceed the database', () => {
    const number = fc.integer({ min: 0, max: 200 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), number, number, (replicas, size, most, reserved) => {
      const yaml = exampleOf({ spec: { replicas: String(replicas) } });
      expect(count(CONNECTION_BUDGET, yaml, calm(pool(size, most, reserved)))).toBe(size * 2 * replicas > most - reserved ? 1 : 0);
    }), { numRuns: 40 });
  });
});

describe('keep-alive-too-short', () => {
  const ingress = (className: string, annotations = '', name = 'payments') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec: { ingressClassName: ${className}, defaultBackend: { service: { name: payments, port: { number: 80 } } } }
`;
  const ATTRIBUTES = 'alb.ingress.kubernetes.io/load-balancer-attributes';
  const behind = (...objects: readonly string[]) => exampleOf({ objects });
  const kept = (seconds: number) => ({ assume: { 'keep-alive-seconds': seconds } });

  test('tells of a program that closes connections before the load balancer does', () => {
    expect(found(KEEP_ALIVE_TOO_SHORT, behind(ingress('alb')), kept(60))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec',
      message: 'the program closes idle connections after 60 s, but Ingress payments keeps them for 60 s and sends requests on them: sporadic 502',
      actual: '60 s',
      required: '> 60 s',
      fix: 'let the program keep idle connections for more than 60 s, and the time in which it reads headers too',
    }]);
  });

  test.each([
    ['it keeps them for longer', behind(ingress('alb')), kept(61)],
    ['nobody says for how long it keeps them', behind(ingress('alb')), {}],
    ['no load balancer is before it', behind(), kept(5)],
    ['nobody knows the controller', behind(ingress('other')), kept(5)],
    ['parameters of the class may say otherwise', behind(
      ingress('alb'), 'apiVersion: elbv2.k8s.aws/v1beta1\nkind: IngressClassParams\nmetadata: { name: alb }'), kept(5)],
  ])('is silent where %s', (_, yaml, options) => {
    expect(count(KEEP_ALIVE_TOO_SHORT, yaml, options)).toBe(0);
  });

  test('reads the idle timeout of the load balancer, from any Ingress of its group', () => {
    const group = 'alb.ingress.kubernetes.io/group.name: shop';
    const other = ingress('alb', `${group}, ${ATTRIBUTES}: "routing.http2.enabled=true,idle_timeout.timeout_seconds=30"`, 'orders')
      .replace('service: { name: payments', 'service: { name: orders');
    expect(found(KEEP_ALIVE_TOO_SHORT, behind(ingress('alb', group), other), kept(30)).map(({ required }) => required)).toEqual(['> 30 s']);
    expect(count(KEEP_ALIVE_TOO_SHORT, behind(ingress('alb', group), other), kept(31))).toBe(0);
  });

  test('reads upstream-keepalive-timeout of ingress-nginx', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: nginx, namespace: ingress }\ndata: { upstream-keepalive-timeout: "20" }';
    expect(found(KEEP_ALIVE_TOO_SHORT, behind(ingress('nginx')), kept(20)).map(({ required }) => required)).toEqual(['> 60 s']);
    expect(found(KEEP_ALIVE_TOO_SHORT, behind(ingress('nginx'), config), kept(20)).map(({ required }) => required)).toEqual(['> 20 s']);
  });

  test('finds exactly the programs that do not outlast the load balancer', () => {
    const seconds = fc.integer({ min: 1, max: 120 });
    fc.assert(fc.property(seconds, seconds, (keeps, idle) => {
      const yaml = behind(ingress('alb', `${ATTRIBUTES}: idle_timeout.timeout_seconds=${idle}`));
      expect(count(KEEP_ALIVE_TOO_SHORT, yaml, kept(keeps))).toBe(keeps <= idle ? 1 : 0);
    }), { numRuns: 40 });
  });
});
