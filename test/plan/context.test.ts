import { assumed, planned, seconds } from './declare';
import { Traffic } from '../../src/spec/traffic/traffic';

const GATEWAYS = [{ name: 'public' }];
const EVERY_PATH = [
  Traffic.awsLoadBalancer(), Traffic.networkLoadBalancer(), Traffic.istio(), Traffic.ingressNginx({ hosts: ['a.example'] }),
  Traffic.httpRoute({ gateways: GATEWAYS }),
];

test('the minimal declaration assumes six bounds, each with its default', () => {
  expect(planned().plan.assumptions.map(({ name, value, unit, origin }) => [name, value, unit, origin])).toEqual([
    ['startsWithin', 60, 's', 'default'],
    ['longestRequest', 30, 's', 'default'],
    ['clusterInternal.propagation', 10, 's', 'default'],
    ['nodeDrainTimeout', 600, 's', 'default'],
    ['schedulingAndPull', 300, 's', 'default'],
    ['evictionsPerGracePeriod', 1, 'pods', 'default'],
  ]);
});

test.each([
  ['startsWithin', { startsWithin: seconds(7) }, 7],
  ['longestRequest', { longestRequest: seconds(7) }, 7],
  ['nodeDrainTimeout', { nodeDrainTimeout: seconds(700) }, 700],
  ['maxConnectionAge', { maxConnectionAge: seconds(300) }, 300],
  ['clusterInternal.propagation', { traffic: [Traffic.clusterInternal({ propagation: seconds(7) })] }, 7],
  ['awsLoadBalancer.propagation', { traffic: [Traffic.awsLoadBalancer({ propagation: seconds(7) })] }, 7],
  ['networkLoadBalancer.propagation', { traffic: [Traffic.networkLoadBalancer({ propagation: seconds(7) })] }, 7],
  ['istio.propagation', { traffic: [Traffic.istio({ propagation: seconds(7) })] }, 7],
  ['ingressNginx.propagation', { traffic: [Traffic.ingressNginx({ hosts: ['a.example'], propagation: seconds(7) })] }, 7],
  ['ingressNginx.upstreamKeepaliveTimeout', { traffic: [Traffic.ingressNginx({ hosts: ['a.example'], upstreamKeepaliveTimeout: seconds(7) })] }, 7],
  ['httpRoute.propagation', { traffic: [Traffic.httpRoute({ gateways: GATEWAYS, propagation: seconds(7) })] }, 7],
  ['httpRoute.upstreamIdleTimeout', { traffic: [Traffic.httpRoute({ gateways: GATEWAYS, upstreamIdleTimeout: seconds(7) })] }, 7],
])('%s is declared where the team states it', (name, props, value) => {
  expect(assumed(name, props)).toMatchObject({ value, unit: 's', origin: 'declared' });
});

test('a bound that is stated at its default is declared all the same', () => {
  expect(assumed('startsWithin', { startsWithin: seconds(60) }).origin).toBe('declared');
});

test('every assumption of every path says where it comes from', () => {
  const { assumptions } = planned({ traffic: EVERY_PATH, maxConnectionAge: seconds(300) }).plan;
  expect(assumptions.length).toBeGreaterThan(10);
  expect(assumptions.filter(({ source }) => source.trim().length < 10)).toEqual([]);
});

test('every inequality of every path says what breaks it and where it comes from', () => {
  const inequalities = planned({ traffic: EVERY_PATH }).plan.decisions.flatMap((decision) => decision.inequalities);
  expect(inequalities.length).toBeGreaterThan(40);
  expect(inequalities.filter(({ because, source, expression }) => !because || !source || !expression)).toEqual([]);
});

test('every decided value satisfies every one of its inequalities', () => {
  const hold: Record<string, (value: number, limit: number) => boolean> = {
    '≥': (v, l) => v >= l, '>': (v, l) => v > l, '≤': (v, l) => v <= l, '<': (v, l) => v < l, '=': (v, l) => v === l,
  };
  for (const { value, inequalities } of planned({ traffic: EVERY_PATH }).plan.decisions) {
    expect(inequalities.filter(({ relation, limit }) => !hold[relation](value, limit))).toEqual([]);
  }
});

test('a fraction of a second is rounded up, because Kubernetes takes none', () => {
  expect(assumed('longestRequest', { longestRequest: seconds(2.001) }).value).toBe(3);
});
