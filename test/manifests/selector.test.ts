import { Traffic } from 'zero-downtime';
import { synthesize } from './synthesized';

const selector = { app: 'pay', tier: 'web' };
const existing = () => synthesize({ selector, allowFrom: [], traffic: [Traffic.networkLoadBalancer()] });

test('a given selector takes over a Deployment that exists', () => {
  expect(existing().deployment.spec.selector).toEqual({ matchLabels: selector });
});

test('everything that selects pods selects them by it', () => {
  const synthesized = existing();
  expect(synthesized.find('Service', 'payments').spec.selector).toEqual(selector);
  expect(synthesized.find('Service', 'payments-nlb').spec.selector).toEqual(selector);
  expect(synthesized.find('PodDisruptionBudget').spec.selector).toEqual({ matchLabels: selector });
  expect(synthesized.find('NetworkPolicy').spec.podSelector).toEqual({ matchLabels: selector });
  expect(synthesized.podSpec.topologySpreadConstraints.map(({ labelSelector }: any) => labelSelector)).toEqual([
    { matchLabels: selector }, { matchLabels: selector },
  ]);
});

test('the pods carry it beside the library\'s own labels', () => {
  expect(existing().template.metadata.labels).toEqual({
    ...selector, 'app.kubernetes.io/name': 'payments', 'app.kubernetes.io/managed-by': 'zero-downtime',
  });
});

test('it may give the name label another value, because a selector never changes', () => {
  const { template, deployment } = synthesize({ selector: { 'app.kubernetes.io/name': 'old-payments' } });
  expect(deployment.spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'old-payments' });
  expect(template.metadata.labels['app.kubernetes.io/name']).toBe('old-payments');
});

test('an empty one is refused, because it would select every pod of the namespace', () => {
  expect(() => synthesize({ selector: {} })).toThrow('selector must hold at least one label');
});

test('no two objects share their selector, so that a patch of one leaves the others alone', () => {
  const { deployment, template } = existing();
  deployment.spec.selector.matchLabels.app = 'changed';
  expect(template.metadata.labels.app).toBe('pay');
});
