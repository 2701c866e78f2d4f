import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { serviceIn, temporaryApp, temporaryChart } from './apps';

const SELECTOR = { matchLabels: { 'app.kubernetes.io/name': 'payments' } };
const IN_SHOP = { podSelector: SELECTOR, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
const policiesIn = (chart: Chart) => Testing.synth(chart).filter(({ kind }) => kind === 'NetworkPolicy');

test('a policy of cdk8s-plus selects the service\'s pods', () => {
  const chart = temporaryChart();
  new kplus.NetworkPolicy(chart, 'policy', { selector: serviceIn(chart), egress: { default: kplus.NetworkPolicyTrafficDefault.DENY } });
  const [{ spec, metadata }] = policiesIn(chart);
  expect(spec).toEqual({ podSelector: SELECTOR, policyTypes: ['Egress'] });
  expect(metadata.namespace).toBe('shop');
});

test('the service\'s pods are a peer of another policy', () => {
  const chart = temporaryChart();
  const policy = new kplus.NetworkPolicy(chart, 'policy', { selector: kplus.Pods.select(chart, 'database', { labels: { app: 'db' } }) });
  policy.addIngressRule(serviceIn(chart), [kplus.NetworkPolicyPort.tcp(5432)]);
  const [{ spec }] = policiesIn(chart);
  expect(spec.ingress).toEqual([{ from: [IN_SHOP], ports: [{ port: 5432, protocol: 'TCP' }] }]);
});

test('they are found from another namespace', () => {
  const app = temporaryApp();
  const service = serviceIn(new Chart(app, 'chart', { namespace: 'shop' }));
  const other = new Chart(app, 'other', { namespace: 'data' });
  new kplus.NetworkPolicy(other, 'policy', { ingress: { rules: [{ peer: service }] } });
  const [{ spec, metadata }] = policiesIn(other);
  expect(metadata.namespace).toBe('data');
  expect(spec.ingress[0].from).toEqual([IN_SHOP]);
});

test('without a namespace they are looked for in the policy\'s own', () => {
  const chart = new Chart(temporaryApp(), 'chart');
  new kplus.NetworkPolicy(chart, 'policy', { ingress: { rules: [{ peer: serviceIn(chart) }] } });
  expect(policiesIn(chart)[0].spec.ingress[0].from).toEqual([{ podSelector: SELECTOR }]);
});

test('a Deployment of cdk8s-plus is connected to the service, with a policy on either side', () => {
  const chart = temporaryChart();
  const service = serviceIn(chart);
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'registry.example.com/web:1', portNumber: 80 }] });
  web.connections.allowTo(service, { ports: [kplus.NetworkPolicyPort.tcp(3000)] });
  const [egress, ingress] = policiesIn(chart);
  expect(egress.spec.egress[0].to).toEqual([IN_SHOP]);
  expect(ingress.spec).toMatchObject({ podSelector: SELECTOR, ingress: [{ ports: [{ port: 3000, protocol: 'TCP' }] }] });
  expect(ingress.metadata.namespace).toBe('shop');
});

test('a Deployment of cdk8s-plus lets the service in', () => {
  const chart = temporaryChart();
  const database = new kplus.Deployment(chart, 'db', { containers: [{ image: 'registry.example.com/db:1', portNumber: 5432 }] });
  database.connections.allowFrom(serviceIn(chart));
  const [ingress, egress] = policiesIn(chart);
  expect(ingress.spec.ingress[0]).toEqual({ from: [IN_SHOP], ports: [{ port: 5432, protocol: 'TCP' }] });
  expect(egress.spec.podSelector).toEqual(SELECTOR);
});

test('a given selector is the one that policies use', () => {
  const chart = temporaryChart();
  new kplus.NetworkPolicy(chart, 'policy', { selector: serviceIn(chart, 'payments', { selector: { app: 'pay' } }) });
  expect(policiesIn(chart)[0].spec.podSelector).toEqual({ matchLabels: { app: 'pay' } });
});
