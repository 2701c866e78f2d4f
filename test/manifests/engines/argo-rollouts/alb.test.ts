import { Traffic } from 'zero-downtime';
import { canary, canaryOf, WAYS } from './released';

const balanced = () => canary({}, { traffic: [WAYS.alb()], servicePort: 8080 });
const INJECTED = /^alb\.ingress\.kubernetes\.io\/(actions|conditions)\./;

test('the Rollout names the Ingress, the root Service and the Service\'s port', () => {
  expect(canaryOf(balanced()).trafficRouting.alb).toEqual({ ingress: 'payments-alb', rootService: 'payments-root', servicePort: 8080 });
});

test('Services change their roles instead of their pods', () => {
  const strategy = canaryOf(balanced());
  expect(strategy.pingPong).toEqual({ pingService: 'payments-ping', pongService: 'payments-pong' });
  expect(strategy).not.toHaveProperty('stableService');
});

test('the Ingress leads to the action of the root Service\'s name', () => {
  const { spec } = balanced().find('Ingress', 'payments-alb');
  expect(spec.rules.map(({ http }: any) => http.paths.map(({ backend }: any) => backend)))
    .toEqual([[{ service: { name: 'payments-root', port: { name: 'use-annotation' } } }]]);
});

test('the action is Argo Rollouts\' to write: each apply would set its weights back', () => {
  expect(Object.keys(balanced().find('Ingress').metadata.annotations).filter((key) => INJECTED.test(key))).toEqual([]);
});

test('Services and Ingress stand before the pods, which otherwise had no readiness gate', () => {
  const names = balanced().objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  const before = ['Service/payments-ping', 'Service/payments-pong', 'Service/payments-root', 'Ingress/payments-alb', 'Rollout/payments'];
  expect(names.filter((name) => before.includes(name))).toEqual(before);
});

test('no stickiness of target groups is written, which ping-pong cannot keep', () => {
  expect(canaryOf(balanced()).trafficRouting.alb).not.toHaveProperty('stickinessConfig');
});

describe('the paths of the Ingress', () => {
  const pathsOf = (path: string | undefined, header?: { name: string; value: string }) =>
    canary({ header }, { traffic: [Traffic.awsLoadBalancer({ hosts: ['pay.example.com'], path })] }).find('Ingress', 'payments-alb')
      .spec.rules[0].http.paths.map((each: any) => [each.path, each.pathType]);
  const HEADER = { name: 'x-canary', value: 'true' };

  test.each([undefined, '/'])('of %s are no prefixes beside a header, whose rule the controller would ask after them', (path) => {
    expect(pathsOf(path, HEADER)).toEqual([['/*', 'ImplementationSpecific']]);
  });

  test('are prefixes where there is none', () => {
    expect(pathsOf('/api')).toEqual([['/api', 'Prefix']]);
  });
});
