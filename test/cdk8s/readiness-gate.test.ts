import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Traffic } from 'zero-downtime';
import { problemsOf, serviceIn, temporaryApp } from './apps';

const LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';
const GATED = { traffic: [Traffic.awsLoadBalancer()] };

/** An app with a namespace of its own chart and a service in it. */
function problemsWith(labels: Record<string, string>, props: object = GATED, name = 'shop'): string[] {
  const app = temporaryApp();
  new ApiObject(new Chart(app, 'cluster'), 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  serviceIn(new Chart(app, 'chart', { namespace: 'shop' }), 'payments', props);
  return problemsOf(app);
}

test('a namespace that the app creates must ask for readiness gates', () => {
  expect(problemsWith({})).toEqual([
    '[chart/payments] namespace "shop" must carry the label elbv2.k8s.aws/pod-readiness-gate-inject: enabled, '
    + 'because without it new pods of payments take over before awsLoadBalancer finds them healthy',
  ]);
});

test('with the label it is accepted', () => {
  expect(problemsWith({ [LABEL]: 'enabled' })).toEqual([]);
});

test.each(['disabled', 'true', ''])('the label\'s value %j is not the one', (value) => {
  expect(problemsWith({ [LABEL]: value })).toHaveLength(1);
});

test('a Network Load Balancer wants it too', () => {
  expect(problemsWith({}, { traffic: [Traffic.networkLoadBalancer()] })).toEqual([expect.stringContaining('before networkLoadBalancer finds them healthy')]);
});

test('a service without a load balancer of AWS does not want it', () => {
  expect(problemsWith({}, { traffic: [Traffic.istio()] })).toEqual([]);
});

test('another namespace is another matter', () => {
  expect(problemsWith({}, GATED, 'other')).toEqual([]);
});

test('a namespace that the app does not create is a requirement of the plan', () => {
  const app = temporaryApp();
  const service = serviceIn(new Chart(app, 'chart', { namespace: 'shop' }), 'payments', GATED);
  expect(problemsOf(app)).toEqual([]);
  expect(service.plan.requirements).toContainEqual({ of: 'cluster', text: expect.stringContaining(`${LABEL}=enabled`) });
});

test('a label that is added after the service counts', () => {
  const app = temporaryApp();
  serviceIn(new Chart(app, 'chart', { namespace: 'shop' }), 'payments', GATED);
  const namespace = new kplus.Namespace(new Chart(app, 'cluster'), 'shop', { metadata: { name: 'shop' } });
  expect(problemsOf(app)).toHaveLength(1);
  namespace.metadata.addLabel(LABEL, 'enabled');
  expect(problemsOf(app)).toEqual([]);
});

describe('a namespace in the service\'s own chart, to which cdk8s gives the chart\'s namespace', () => {
  const problems = (labels: Record<string, string>) => {
    const chart = new Chart(temporaryApp(), 'chart', { namespace: 'shop' });
    new kplus.Namespace(chart, 'namespace', { metadata: { name: 'shop', labels } });
    serviceIn(chart, 'payments', GATED);
    return problemsOf(chart);
  };

  test('is accepted with the label', () => {
    expect(problems({ [LABEL]: 'enabled' })).toEqual([]);
  });

  test('is refused without it', () => {
    expect(problems({})).toEqual([expect.stringMatching(/^\[chart\/payments\] namespace "shop" must carry the label elbv2\.k8s\.aws\/pod-readiness-gate-inject: enabled/)]);
  });
});
