import { metricsOf, metricTemplatesOf } from './rendered';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { ADDRESS, EVERY_THRESHOLD, prometheus } from '../../plan/analysis/declared';
import { seconds } from '../../plan/declare';
import { ClosedSchemas, describeWithSchemas } from '../../support/closed-schemas';

const DATADOG = { secretName: 'datadog', queries: [{ name: 'errors', query: 'sum:errors{$canary}', max: 1 }] };
const CLOUD = {
  region: 'eu-west-1',
  queries: [{ name: 'own', data: [{ id: 'x', namespace: 'Shop', metricName: 'Failures', dimensions: [{ name: 'Deployment', value: '$canary' }] }], min: 2 }],
};

test('every metric of a Canary has its template', () => {
  const analysis = prometheus(EVERY_THRESHOLD);
  const names = metricTemplatesOf(analysis).map(({ metadata }) => metadata.name);
  expect(names).toEqual(['payments-error-rate', 'payments-error-rate-increase', 'payments-p50', 'payments-p95', 'payments-p99', 'payments-p99-ratio']);
  expect(metricsOf(analysis).map(({ templateRef }) => templateRef)).toEqual(names.map((name) => ({ name })));
});

test('bounds are those that were given, and no others', () => {
  expect(metricsOf(prometheus())[0].thresholdRange).toEqual({ max: 0.01 });
  expect(metricsOf(Analysis.cloudWatch(CLOUD))[0].thresholdRange).toEqual({ min: 2 });
});

test('Prometheus is asked where it is, with the Secret that was given', () => {
  expect(metricTemplatesOf(prometheus())[0].spec.provider).toEqual({ type: 'prometheus', address: ADDRESS });
  expect(metricTemplatesOf(prometheus({ credentials: { secretName: 'reader' } }))[0].spec.provider.secretRef).toEqual({ name: 'reader' });
});

test('a metric\'s interval is no longer than that of the loop, which is at least the window', () => {
  expect(metricsOf(prometheus({ interval: seconds(45) }))[0].interval).toBe('45s');
});

test('of the other sources a tenth is written of the time that is asked for', () => {
  expect(metricsOf(Analysis.cloudWatch({ ...CLOUD, window: seconds(300) }))[0].interval).toBe('60s');
  expect(metricsOf(Analysis.datadog(DATADOG))[0].interval).toBe('12s');
});

test('the new version is the Deployment, and the old one its copy', () => {
  expect(metricTemplatesOf(Analysis.datadog(DATADOG))[0].spec.query).toBe('sum:errors{kube_namespace:shop,kube_deployment:payments}');
  expect(JSON.parse(metricTemplatesOf(Analysis.cloudWatch(CLOUD))[0].spec.query)).toEqual([{
    id: 'x',
    metricStat: { metric: { namespace: 'Shop', metricName: 'Failures', dimensions: [{ name: 'Deployment', value: 'payments' }] }, period: 60, stat: 'Sum' },
    returnData: true,
  }]);
  const compared = metricTemplatesOf(prometheus(EVERY_THRESHOLD))[1].spec.query;
  expect(compared).toContain('destination_workload="payments"');
  expect(compared).toContain('destination_workload="payments-primary"');
});

describeWithSchemas('what Flagger\'s resource allows', () => {
  const schemas = ClosedSchemas.load('1.34');
  test.each([['Prometheus', prometheus({ ...EVERY_THRESHOLD, credentials: { secretName: 'x' } })], ['CloudWatch', Analysis.cloudWatch(CLOUD)], ['Datadog', Analysis.datadog(DATADOG)]])(
    'includes the templates of %s', (_, analysis) => {
      expect(metricTemplatesOf(analysis).flatMap((template) => schemas.validate(template))).toEqual([]);
    });
});
