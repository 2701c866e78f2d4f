import { App, Chart } from 'cdk8s';
import { External, ManyChartsApp, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { filesIn, serviceIn, temporaryApp } from './apps';
import { declarationsFor } from '../manifests/declarations';

/** An anchor or an alias where a value of YAML may stand. Text that begins so is quoted. */
const REFERENCE = /^[ ]*(- )*([^\s'"#][^'"#]*: |- )?[&*][^\s'"]+([ ].*)?$/;
const hostsOf = (count: number) => Array.from({ length: count }, (_, i) => i % 2 === 0 ? `h${i}.example.com` : `*.h${i}.example.com`);

function writtenBy(app: App, props: Partial<ZeroDowntimeServiceProps>): string {
  serviceIn(new Chart(app, 'chart', { namespace: 'shop' }), 'payments', props);
  app.synth();
  return Object.values(filesIn(app.outdir)).join('\n');
}

const written = (props: Partial<ZeroDowntimeServiceProps>) => writtenBy(temporaryApp(), props);
const referencesIn = (text: string) => text.split('\n').filter((line) => REFERENCE.test(line));

test.each(['  http: &a1', '    http: *a1', '  - *a1', '- &a1', '- http: *a1', '  key: &a1 text'])('the check sees %j', (line) => {
  expect(referencesIn(line)).toEqual([line]);
});

describe.each([1, 2, 12])('%d hosts', (count) => {
  const hosts = hostsOf(count);

  test.each<[string, Traffic]>([
    ['an Application Load Balancer', Traffic.awsLoadBalancer({ hosts })],
    ['ingress-nginx', Traffic.ingressNginx({ hosts, tlsSecret: 'tls' })],
    ['a Network Load Balancer', Traffic.networkLoadBalancer({ hosts })],
    ['an HTTPRoute', Traffic.httpRoute({ gateways: [{ name: 'public' }], hosts })],
    ['Istio', Traffic.istio({ hosts, gateways: ['public'] })],
  ])('of %s are written out, each in full', (_, traffic) => {
    const text = written({ traffic: [traffic], externals: [External.secret('tls')] });
    expect(referencesIn(text)).toEqual([]);
    expect(hosts.filter((host) => !text.includes(host))).toEqual([]);
  });

  test('of an Ingress have a rule each, with its own path and backend', () => {
    const text = written({ traffic: [Traffic.ingressNginx({ hosts, path: '/pay' })] });
    expect(text.match(/- host: /g)).toHaveLength(count);
    expect(text.match(/path: \/pay$/gm)).toHaveLength(count);
    expect(text.match(/pathType: Prefix$/gm)).toHaveLength(count);
  });
});

test.each(declarationsFor('1.31'))('no file of %s refers to another part of itself', (_, props) => {
  expect(referencesIn(written(props))).toEqual([]);
});

test('no file of a ManyChartsApp does either', () => {
  const app = new ManyChartsApp({ outdir: temporaryApp().outdir });
  expect(referencesIn(writtenBy(app, { traffic: [Traffic.awsLoadBalancer({ hosts: hostsOf(12) })] }))).toEqual([]);
});
