import { Duration } from 'cdk8s';
import { IstioSplit, Risk, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { blueGreen, canary, WAYS } from './released';
import type { Synthesized } from '../../synthesized';

const namesOf = ({ objects }: Synthesized) => objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);

test.each<[string, Partial<ZeroDowntimeServiceProps>['traffic'], IstioSplit, string[]]>([
  ['no router', [], IstioSplit.SUBSETS, []],
  ['subsets', [WAYS.istio()], IstioSplit.SUBSETS, []],
  ['hosts', [WAYS.istio()], IstioSplit.HOSTS, ['stable', 'canary']],
  ['an ALB', [WAYS.alb()], IstioSplit.SUBSETS, ['ping', 'pong', 'root']],
  ['ingress-nginx', [WAYS.nginx()], IstioSplit.SUBSETS, ['stable', 'canary']],
  ['an HTTPRoute', [WAYS.httpRoute()], IstioSplit.SUBSETS, ['stable', 'canary']],
  ['an ALB and ingress-nginx', [WAYS.alb(), WAYS.nginx()], IstioSplit.SUBSETS, ['stable', 'canary', 'ping', 'pong', 'root']],
])('a canary by %s has the Services that it needs, besides the one of all pods', (_, traffic, istioSplit, versions) => {
  expect(namesOf(canary({ steps: [50] }, { traffic, argo: { istioSplit } }))).toEqual(['payments', ...versions.map((version) => `payments-${version}`)]);
});

test('a blue-green release has a preview', () => {
  expect(namesOf(blueGreen())).toEqual(['payments', 'payments-preview']);
});

test('each selects all pods until Argo Rollouts adds a hash, so that none is empty before the first release', () => {
  const services = canary({}, { traffic: [WAYS.alb(), WAYS.nginx()] }).objects.filter(({ kind }) => kind === 'Service');
  services.forEach(({ spec }) => expect(spec.selector).toEqual({ 'app.kubernetes.io/name': 'payments' }));
});

test('each has the service\'s port', () => {
  const synthesized = canary({}, { traffic: [WAYS.nginx()] });
  expect(synthesized.find('Service', 'payments-canary').spec.ports).toEqual(synthesized.find('Service', 'payments').spec.ports);
});

test('affinity to a client is for calls to the Service of all pods alone', () => {
  const traffic = [Traffic.clusterInternal({ clientIpAffinity: Duration.hours(1) }), WAYS.nginx()];
  const synthesized = canary({}, { traffic, accept: [Risk.sessionAffinity('a test')] });
  expect(synthesized.find('Service', 'payments').spec.sessionAffinity).toBe('ClientIP');
  expect(synthesized.find('Service', 'payments-stable').spec).not.toHaveProperty('sessionAffinity');
});
