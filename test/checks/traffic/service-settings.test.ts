import * as fc from 'fast-check';
import { destinationRule, gatewayRoute, ingress, service, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { EXTERNAL_TRAFFIC_LOCAL } from '../../../src/checks/traffic/external-traffic-local';
import { INTERNAL_TRAFFIC_LOCAL } from '../../../src/checks/traffic/internal-traffic-local';
import { PUBLISHES_NOT_READY } from '../../../src/checks/traffic/publishes-not-ready';
import { SESSION_AFFINITY } from '../../../src/checks/traffic/session-affinity';

describe('publishes-not-ready', () => {
  const published = (spec: string, kind = 'Deployment') => documents(workload('cart', { kind }), service('cart', { spec: `${spec}publishNotReadyAddresses: true` }));
  const HEADLESS = 'clusterIP: None\n  ';

  test('tells of a Service for the pods of a Deployment', () => {
    expect(told(PUBLISHES_NOT_READY, published(''))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.publishNotReadyAddresses',
      message: 'publishNotReadyAddresses sends requests to pods that are not ready yet, or no longer: readiness probes decide nothing',
      actual: 'true',
      required: 'false',
      fix: 'remove publishNotReadyAddresses, and give peers that must find each other early a headless Service of their own',
    }]);
  });

  test.each([
    ['a headless Service', published(HEADLESS)],
    ['a Service of a StatefulSet that only its members know', published('', 'StatefulSet')],
    ['a Service that publishes ready pods', published('').replace('publishNotReadyAddresses: true', 'publishNotReadyAddresses: false')],
    ['a Service whose pods are not read', service('cart', { spec: 'publishNotReadyAddresses: true' })],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(PUBLISHES_NOT_READY, yaml)).toEqual([]);
  });

  test.each([
    ['an Ingress', ingress('cart')],
    ['an HTTPRoute', gatewayRoute(['{ backendRefs: [{ name: cart, port: 80 }] }'])],
  ])('what is for members is not for them alone where %s names it', (_case, route) => {
    expect(pathsOf(PUBLISHES_NOT_READY, documents(published(HEADLESS, 'StatefulSet'), route))).toEqual(['Service shop/cart spec.publishNotReadyAddresses']);
  });

  test('nor where it is a load balancer', () => {
    expect(pathsOf(PUBLISHES_NOT_READY, published('type: LoadBalancer\n  ', 'StatefulSet'))).toEqual(['Service shop/cart spec.publishNotReadyAddresses']);
  });
});

describe('session-affinity', () => {
  const FIX = 'keep what belongs to a client in a store that all pods share, and remove the affinity';
  const ATTRIBUTES = 'alb.ingress.kubernetes.io/target-group-attributes';

  test('tells of sessionAffinity ClientIP', () => {
    expect(told(SESSION_AFFINITY, service('cart', { spec: 'sessionAffinity: ClientIP' }))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.sessionAffinity',
      message: 'sessionAffinity ClientIP ties each client to one pod, so what that pod keeps of it is lost with every release and eviction',
      actual: undefined,
      required: undefined,
      fix: FIX,
    }]);
  });

  test.each([
    ['a sticky target group', ingress('cart', { className: 'alb', annotations: `${ATTRIBUTES}: "stickiness.type=lb_cookie, stickiness.enabled=true"` }),
      `Ingress shop/cart metadata.annotations["${ATTRIBUTES}"]`],
    ['a sticky target group of a Service', service('cart', { annotations: `${ATTRIBUTES}: stickiness.enabled=true` }),
      `Service shop/cart metadata.annotations["${ATTRIBUTES}"]`],
    ['a cookie of nginx', ingress('cart', { annotations: 'nginx.ingress.kubernetes.io/affinity: cookie' }),
      'Ingress shop/cart metadata.annotations["nginx.ingress.kubernetes.io/affinity"]'],
    ['a cookie of the mesh', destinationRule('cart', { spec: 'trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: user, ttl: 0s } } } }' }),
      'DestinationRule shop/cart spec.trafficPolicy.loadBalancer.consistentHash.httpCookie'],
    ['a port of a subset', destinationRule('cart', { spec: 'subsets: [{ name: v1, trafficPolicy: { portLevelSettings: [{ loadBalancer: { consistentHash: { useSourceIp: true } } }] } }]' }),
      'DestinationRule shop/cart spec.subsets[0].trafficPolicy.portLevelSettings[0].loadBalancer.consistentHash.useSourceIp'],
  ])('tells of %s', (_case, yaml, path) => {
    expect(pathsOf(SESSION_AFFINITY, yaml)).toEqual([path]);
  });

  test.each([
    ['sessionAffinity None', service('cart', { spec: 'sessionAffinity: None' })],
    ['stickiness that is off', ingress('cart', { className: 'alb', annotations: `${ATTRIBUTES}: stickiness.enabled=false` })],
    ['a hash of a header, which spreads by keys', destinationRule('cart', { spec: 'trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: x-shard } } }' })],
    ['a source address that is not used', destinationRule('cart', { spec: 'trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: false } } }' })],
    ['nginx\' annotation for another controller', ingress('cart', { className: 'traefik', annotations: 'nginx.ingress.kubernetes.io/affinity: cookie' })],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(SESSION_AFFINITY, yaml)).toEqual([]);
  });
});

describe('internal-traffic-local', () => {
  const local = (kind: string) => documents(workload('cart', { kind }), service('cart', { spec: 'internalTrafficPolicy: Local' }));

  test('tells whose pods are not on every node', () => {
    expect(told(INTERNAL_TRAFFIC_LOCAL, local('Deployment'))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.internalTrafficPolicy',
      message: 'clients on a node without a pod of Deployment cart have their connections dropped',
      actual: 'Local',
      required: 'Cluster',
      fix: 'set internalTrafficPolicy to Cluster; trafficDistribution: PreferClose keeps traffic near and falls back to other nodes',
    }]);
  });

  test('a DaemonSet, pods that are not read, and the policy Cluster are no finding', () => {
    expect(told(INTERNAL_TRAFFIC_LOCAL, local('DaemonSet'))).toEqual([]);
    expect(told(INTERNAL_TRAFFIC_LOCAL, service('cart', { spec: 'internalTrafficPolicy: Local' }))).toEqual([]);
    expect(told(INTERNAL_TRAFFIC_LOCAL, documents(workload('cart'), service('cart')))).toEqual([]);
  });
});

describe('external-traffic-local', () => {
  const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
  const sleeping = (seconds: number) => workload('cart').replace('image: main:1.0.0,', `image: main:1.0.0, lifecycle: { preStop: { sleep: { seconds: ${seconds} } } },`);
  const local = (annotations: string, type = 'LoadBalancer') => service('cart', { annotations, spec: `type: ${type}\n  externalTrafficPolicy: Local` });
  const EXTERNAL = `${PREFIX}type: external`;

  test('tells how long AWS\' health checks take by default', () => {
    expect(told(EXTERNAL_TRAFFIC_LOCAL, documents(sleeping(19), local(EXTERNAL)))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.externalTrafficPolicy',
      message: 'pods of Deployment cart stop accepting 19 s after their deletion, and the load balancer sends to their node for up to 20 s',
      actual: 'preStop 19 s',
      required: '≥ 20 s',
      fix: 'give the container a preStop sleep of 20 seconds, or set externalTrafficPolicy to Cluster',
    }]);
    expect(told(EXTERNAL_TRAFFIC_LOCAL, documents(sleeping(20), local(EXTERNAL)))).toEqual([]);
  });

  test('the bound is interval × unhealthy threshold, for all of both', () => {
    const checks = [fc.integer({ min: 5, max: 300 }), fc.integer({ min: 2, max: 10 })] as const;
    fc.assert(fc.property(...checks, fc.integer({ min: 0, max: 3000 }), (interval, threshold, sleep) => {
      const annotations = `${EXTERNAL}, ${PREFIX}healthcheck-interval: "${interval}", ${PREFIX}healthcheck-unhealthy-threshold: "${threshold}"`;
      const found = told(EXTERNAL_TRAFFIC_LOCAL, documents(sleeping(sleep), local(annotations))).map(({ required }) => required);
      expect(found).toEqual(sleep < interval * threshold ? [`≥ ${interval * threshold} s`] : []);
    }), { numRuns: 60 });
  });

  test('of another load balancer only a missing hook is held against it', () => {
    expect(told(EXTERNAL_TRAFFIC_LOCAL, documents(workload('cart'), local('', 'NodePort')))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.externalTrafficPolicy',
      message: 'pods of Deployment cart stop accepting 0 s after their deletion, and the load balancer sends to their node until its health checks have failed',
      actual: 'preStop 0 s',
      required: '> 0 s',
      fix: 'give the container a preStop sleep of the load balancer\'s health check interval × unhealthy threshold, or set externalTrafficPolicy to Cluster',
    }]);
    expect(told(EXTERNAL_TRAFFIC_LOCAL, documents(sleeping(1), local('', 'NodePort')))).toEqual([]);
  });

  test('before Kubernetes 1.28 no hook helps', () => {
    expect(told(EXTERNAL_TRAFFIC_LOCAL, documents(sleeping(300), local('')), { kubernetes: 27 })).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.externalTrafficPolicy',
      message: 'Kubernetes 1.27 drops what comes to a node while its last pod of Deployment cart terminates',
      actual: '1.27',
      required: '≥ 1.28',
      fix: 'set externalTrafficPolicy to Cluster until the cluster runs Kubernetes 1.28',
    }]);
    expect(told(EXTERNAL_TRAFFIC_LOCAL, documents(sleeping(300), local('')), { kubernetes: 28 })).toEqual([]);
  });

  test.each([
    ['targets that are pods', documents(workload('cart'), local(`${EXTERNAL}, ${PREFIX}nlb-target-type: ip`))],
    ['the policy Cluster', documents(workload('cart'), service('cart', { spec: 'type: LoadBalancer' }))],
    ['a Service that nobody from outside reaches', documents(workload('cart'), local('', 'ClusterIP'))],
    ['a hook whose length cannot be read', documents(workload('cart').replace('image: main:1.0.0,', 'image: main:1.0.0, lifecycle: { preStop: { exec: { command: [/wait-shutdown] } } },'),
      local(EXTERNAL))],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(EXTERNAL_TRAFFIC_LOCAL, yaml)).toEqual([]);
  });
});
