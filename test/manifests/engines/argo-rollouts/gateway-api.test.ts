import { Health, Protocol } from 'zero-downtime';
import { canary, canaryOf, HEADER, Released, WAYS } from './released';

const PLUGIN = 'argoproj-labs/gatewayAPI';
const GRPC: Released = { protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready' }), traffic: [WAYS.grpcRoute()] };
const HTTP: Released = { traffic: [WAYS.httpRoute()] };

test('the plugin is told the namespace and the HTTPRoute', () => {
  expect(canaryOf(canary({}, HTTP)).trafficRouting).toEqual({ plugins: { [PLUGIN]: { namespace: 'shop', httpRoutes: [{ name: 'payments' }] } } });
});

test('the plugin is told the GRPCRoute', () => {
  expect(canaryOf(canary({}, GRPC)).trafficRouting).toEqual({ plugins: { [PLUGIN]: { namespace: 'shop', grpcRoutes: [{ name: 'payments' }] } } });
});

test('a route takes the rule for a header', () => {
  expect(canaryOf(canary({ header: HEADER }, HTTP)).trafficRouting.plugins[PLUGIN].httpRoutes).toEqual([{ name: 'payments', useHeaderRoutes: true }]);
});

test.each([['HTTPRoute', HTTP], ['GRPCRoute', GRPC]])('the %s leads everything to the stable Service, and names the canary\'s', (kind, released) => {
  const { rules } = canary({}, released).find(kind).spec;
  expect(rules).toHaveLength(1);
  expect(rules[0].backendRefs).toEqual([{ name: 'payments-stable', port: 80, weight: 100 }, { name: 'payments-canary', port: 80, weight: 0 }]);
});

test('the rule of an HTTPRoute keeps its path and its timeout', () => {
  const [rule] = canary({}, HTTP).find('HTTPRoute').spec.rules;
  expect(rule.matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
  expect(rule.timeouts).toEqual({ request: '60s' });
});
