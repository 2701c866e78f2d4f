import { App, Chart } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { NetworkPeer, Replicas, Rollout, ZeroDowntimeService } from 'zero-downtime';
import { ANALYSIS, canaryOf, flagger, GATEWAY, ISTIO, NGINX } from './flagger';
import { MINIMAL, synthesize } from '../../synthesized';

const NAME = 'app.kubernetes.io/name';

describe('objects that Flagger owns are nobody else\'s', () => {
  test.each([['Istio', ISTIO], ['ingress-nginx', NGINX], ['the Gateway API', GATEWAY]])('through %s', (_, traffic) => {
    const { kinds } = canaryOf({}, { traffic: [traffic] });
    for (const kind of ['Service', 'VirtualService', 'DestinationRule', 'HTTPRoute']) {
      expect(kinds).not.toContain(kind);
    }
  });

  test('without any way in', () => {
    expect(synthesize({ rollout: Rollout.blueGreen({ engine: flagger() }) }).kinds).not.toContain('Service');
  });
});

test('the Canary stands last, after everything that it refers to', () => {
  const { kinds } = canaryOf({}, { replicas: Replicas.autoscaled({ min: 2, max: 4 }) });
  expect(kinds[kinds.length - 1]).toBe('Canary');
  expect(kinds.indexOf('MetricTemplate')).toBeLessThan(kinds.indexOf('Canary'));
});

test('no more pods than a quarter are added, and none taken away, while the old version\'s are replaced', () => {
  expect(canaryOf().deployment.spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } });
});

describe('disruption budgets', () => {
  const budget = (name: string, props = {}) => canaryOf({}, props).find('PodDisruptionBudget', name).spec;

  test('are over the new version\'s pods and over those that serve', () => {
    expect(budget('payments').selector.matchLabels).toEqual({ [NAME]: 'payments' });
    expect(budget('payments-primary').selector.matchLabels).toEqual({ [NAME]: 'payments-primary' });
  });

  test('follow the declared label', () => {
    expect(budget('payments-primary', { selector: { app: 'payments' } }).selector.matchLabels).toEqual({ app: 'payments-primary' });
  });

  test('allow as much as in a rolling release', () => {
    const replicas = Replicas.fixed(40);
    const { maxUnavailable } = synthesize({ replicas }).find('PodDisruptionBudget').spec;
    expect(maxUnavailable).toBe(4);
    expect([budget('payments', { replicas }).maxUnavailable, budget('payments-primary', { replicas }).maxUnavailable]).toEqual([4, 4]);
  });
});

describe('who may connect', () => {
  const allowFrom = [NetworkPeer.namespace('web')];
  const policy = (props = {}) => canaryOf({}, { allowFrom, ...props }).find('NetworkPolicy').spec;

  test('may connect to the pods of both versions, and to no others', () => {
    expect(policy().podSelector).toEqual({ matchExpressions: [{ key: NAME, operator: 'In', values: ['payments', 'payments-primary'] }] });
    expect(policy({ selector: { name: 'payments' } }).podSelector).toEqual({
      matchExpressions: [{ key: 'name', operator: 'In', values: ['payments', 'payments-primary'] }],
    });
  });

  test('is what it is in a rolling release', () => {
    expect(policy().ingress).toEqual(synthesize({ allowFrom }).find('NetworkPolicy').spec.ingress);
  });
});

test('pods are spread by a label whose value is the Deployment\'s name: no other is renamed for those that serve', () => {
  const { metadata, spec } = canaryOf().deployment;
  const selectors = spec.template.spec.topologySpreadConstraints.map(({ labelSelector }: { labelSelector: object }) => labelSelector);
  expect(selectors).toEqual([{ matchLabels: { [NAME]: metadata.name } }, { matchLabels: { [NAME]: metadata.name } }]);
});

test('as a peer of others the service is the pods of both versions', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const service = new ZeroDowntimeService(chart, 'payments', {
    ...MINIMAL, traffic: [ISTIO], rollout: Rollout.canary({ analysis: ANALYSIS, engine: flagger() }),
  });
  new plus.NetworkPolicy(chart, 'policy', { selector: service, ingress: { rules: [{ peer: service }] } });
  const { podSelector, ingress } = chart.toJson().find(({ kind }: { kind: string }) => kind === 'NetworkPolicy').spec;
  const both = { matchExpressions: [{ key: NAME, operator: 'In', values: ['payments', 'payments-primary'] }] };
  expect(podSelector).toEqual(both);
  expect(ingress[0].from[0].podSelector).toEqual(both);
});

test('the construct tells traffic from what is none', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const service = new ZeroDowntimeService(chart, 'payments', {
    ...MINIMAL, traffic: [NGINX], replicas: Replicas.fixed(3), rollout: Rollout.canary({ analysis: ANALYSIS, engine: flagger() }),
  });
  expect(service.trafficObjects.map(({ kind }) => kind)).toEqual(['Ingress']);
  expect(service.workload.kind).toBe('Deployment');
  expect(service.autoscaler?.kind).toBe('HorizontalPodAutoscaler');
  expect(() => service.service).toThrow('because Flagger makes it; use host to call it');
});

test('configuration is tracked: the old version\'s pods keep a copy while the newest manifests no longer hold it', () => {
  const { metadata } = canaryOf({}, { config: { LOG_LEVEL: 'info' } }).find('ConfigMap');
  expect(Object.keys(metadata.annotations)).not.toContain('flagger.app/config-tracking');
});
