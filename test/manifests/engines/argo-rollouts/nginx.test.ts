import { abTest, canary, canaryOf, HEADER, WAYS } from './released';

const traffic = [WAYS.nginx()];

test('the Rollout names the Ingress, of which Argo Rollouts makes a copy', () => {
  expect(canaryOf(canary({}, { traffic })).trafficRouting).toEqual({ nginx: { stableIngress: 'payments-nginx' } });
});

test('a header is an annotation of the copy', () => {
  const additionalIngressAnnotations = { 'canary-by-header': 'x-canary', 'canary-by-header-value': 'true' };
  expect(canaryOf(canary({ header: HEADER }, { traffic })).trafficRouting.nginx).toEqual({ stableIngress: 'payments-nginx', additionalIngressAnnotations });
  expect(canaryOf(abTest({}, { traffic })).trafficRouting.nginx).toEqual({ stableIngress: 'payments-nginx', additionalIngressAnnotations });
});

test('with another router the header is there an annotation and here a step', () => {
  const { trafficRouting, steps } = canaryOf(canary({ header: HEADER }, { traffic: [WAYS.istio(), WAYS.nginx()] }));
  expect(trafficRouting.nginx).toHaveProperty('additionalIngressAnnotations');
  expect(steps[1]).toHaveProperty('setHeaderRoute');
});

test('the Ingress leads to the stable Service, whose rules the copy turns to the canary', () => {
  const { spec } = canary({}, { traffic }).find('Ingress', 'payments-nginx');
  expect(spec.rules[0].http.paths[0].backend).toEqual({ service: { name: 'payments-stable', port: { name: 'http' } } });
});

test('there is one Ingress: the copy is Argo Rollouts\'', () => {
  expect(canary({}, { traffic }).kinds.filter((kind) => kind === 'Ingress')).toHaveLength(1);
});
