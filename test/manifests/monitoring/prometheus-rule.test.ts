import { ruleOf } from './monitored';
import { renderService } from '../../../src/manifests/render';
import { Monitoring } from '../../../src/spec/monitoring';
import { planned } from '../../plan/declare';
import { RELEASES, type Release } from '../../plan/monitoring/declared';
import { ClosedSchemas, describeWithSchemas } from '../../support/closed-schemas';

const ALL = Object.keys(RELEASES) as Release[];

test('is named after the service, and carries the labels by which a Prometheus finds it', () => {
  const { metadata, apiVersion, kind } = ruleOf({ monitoring: Monitoring.prometheusOperator({ labels: { release: 'kube-prometheus-stack' } }) });
  expect([apiVersion, kind, metadata.name, metadata.namespace]).toEqual(['monitoring.coreos.com/v1', 'PrometheusRule', 'payments-release', 'shop']);
  expect(metadata.labels).toMatchObject({ 'release': 'kube-prometheus-stack', 'app.kubernetes.io/name': 'payments' });
});

test('an alert says of what service it is, how urgent, and where to read on', () => {
  const { spec } = ruleOf({ monitoring: Monitoring.prometheusOperator({ runbookUrl: 'https://runbooks.example.com/releases' }) });
  expect(spec.groups.map(({ name }: { name: string }) => name)).toEqual(['payments-release']);
  expect(spec.groups[0].rules[0]).toMatchObject({
    alert: 'ReleaseWithoutProgress',
    for: '60s',
    labels: { severity: 'critical', service: 'payments', namespace: 'shop' },
    annotations: { summary: 'A release of payments makes no progress', runbook_url: 'https://runbooks.example.com/releases#releasewithoutprogress' },
  });
});

test('comes after everything that it is about', () => {
  expect(renderService(planned(RELEASES['argo canary']).planned).map(({ id }) => id).slice(-2)).toEqual(['release-alerts', 'release-dashboard']);
});

describeWithSchemas('closed schemas', () => {
  test.each(ALL)('accept what is made of %s', (release) => {
    const schemas = ClosedSchemas.load('1.34');
    expect(schemas.validate(ruleOf(RELEASES[release]))).toEqual([]);
  });

  test('refuse a field of an alert that is misspelt', () => {
    const rule = structuredClone(ruleOf(RELEASES.rolling));
    rule.spec.groups[0].rules[0].annotation = {};
    expect(ClosedSchemas.load('1.34').validate(rule)).not.toEqual([]);
  });
});
