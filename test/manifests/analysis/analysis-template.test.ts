import { templateOf } from './rendered';
import { renderAnalysisArgs } from '../../../src/manifests/analysis/analysis-template';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { PrometheusAuthentication } from '../../../src/spec/analysis/credentials';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { ADDRESS, analysisOf, canary, ENGINES, EVERY_THRESHOLD, prometheus } from '../../plan/analysis/declared';
import { seconds } from '../../plan/declare';
import { ClosedSchemas, describeWithSchemas } from '../../support/closed-schemas';

const ALB = { traffic: [Traffic.awsLoadBalancer({ hosts: ['pay.example.com'] })] };
const DATADOG = { queries: [{ name: 'errors', query: 'sum:errors{$canary}.as_count().rollup(sum, $window)', max: 1, min: -1 }] };
const OWN = {
  name: 'own',
  data: [
    { id: 'share', expression: 'failures / 2' },
    { id: 'failures', namespace: 'Shop', metricName: 'Failures', dimensions: [{ name: 'Version', value: 'v-$canary' }, { name: 'Old', value: '$stable' }], statistic: 'Maximum' },
  ],
  max: 3,
};

test('measures when and as often as planned', () => {
  const limits = { failureLimit: 1, inconclusiveLimit: 2, consecutiveErrorLimit: 3 };
  const analysis = prometheus({ window: seconds(120), interval: seconds(45), measurements: 5, ...limits });
  expect(templateOf(analysis).spec.metrics[0]).toMatchObject({
    name: 'error-rate', initialDelay: '165s', interval: '45s', count: 5, failureLimit: 1, inconclusiveLimit: 2, consecutiveErrorLimit: 3,
  });
});

test('has a condition for success and one for failure, and both want a number', () => {
  const { successCondition, failureCondition } = templateOf(prometheus()).spec.metrics[0];
  expect(successCondition).toBe('len(result) == 1 && !isNaN(result[0]) && result[0] <= 0.01');
  expect(failureCondition).toBe('len(result) == 1 && !isNaN(result[0]) && !(result[0] <= 0.01)');
});

test('asks Prometheus without credentials where none were given', () => {
  const { spec } = templateOf(prometheus());
  expect(Object.keys(spec.metrics[0].provider.prometheus).sort()).toEqual(['address', 'query']);
  expect(spec.metrics[0].provider.prometheus.address).toBe(ADDRESS);
  expect(spec.args).toEqual([{ name: 'canary-hash' }, { name: 'stable-hash' }]);
});

test.each([[PrometheusAuthentication.BEARER, 'Bearer', 'token'], [PrometheusAuthentication.BASIC, 'Basic', 'basic']])('sends credentials from a Secret: %s', (authentication, scheme, key) => {
  const { spec } = templateOf(prometheus({ credentials: { secretName: 'prometheus-reader', authentication } }));
  expect(spec.args).toContainEqual({ name: 'prometheus-credentials', valueFrom: { secretKeyRef: { name: 'prometheus-reader', key } } });
  expect(spec.metrics[0].provider.prometheus.headers).toEqual([{ key: 'Authorization', value: `${scheme} {{args.prometheus-credentials}}` }]);
});

test('every argument of a query is one that the Rollout gives', () => {
  const cloudWatch = Analysis.cloudWatch({ maxErrorRate: 0.1, maxP99: seconds(1) });
  for (const [analysis, props] of [[prometheus(EVERY_THRESHOLD), {}], [cloudWatch, ALB], [Analysis.datadog(DATADOG), {}]] as const) {
    const { spec } = templateOf(analysis, props);
    const used = new Set([...JSON.stringify(spec.metrics).matchAll(/\{\{args\.([\w-]+)\}\}/g)].map(([, name]) => name));
    const given = renderAnalysisArgs(analysisOf(canary(analysis, ENGINES.argoRollouts, props))).map(({ name }) => name);
    expect(given).toEqual(expect.arrayContaining([...used]));
    expect(spec.args).toEqual(given.map((name) => ({ name })));
  }
});

test('the hashes are those of the new and of the old version', () => {
  expect(renderAnalysisArgs()).toEqual([
    { name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } },
    { name: 'stable-hash', valueFrom: { podTemplateHashValue: 'Stable' } },
  ]);
});

describe('of CloudWatch', () => {
  test('reads the target group that is the new version\'s in this release', () => {
    const analysis = Analysis.cloudWatch({ maxErrorRate: 0.1, minRequests: 33 });
    const queries = templateOf(analysis, ALB).spec.metrics[0].provider.cloudWatch.metricDataQueries;
    expect(queries.map(({ id, returnData }: { id: string; returnData: boolean }) => [id, returnData])).toEqual([['result', true], ['requests', false], ['errors', false], ['refused', false]]);
    expect(queries[0].expression).toBe('IF(requests >= 33, (FILL(errors, 0) + FILL(refused, 0)) / requests, -1)');
    expect(queries[1].metricStat).toEqual({
      metric: {
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCount',
        dimensions: [{ name: 'LoadBalancer', value: 'app/{{args.load-balancer}}' }, { name: 'TargetGroup', value: 'targetgroup/{{args.canary-target-group}}' }],
      },
      period: 60,
      stat: 'Sum',
    });
    expect(renderAnalysisArgs(analysisOf(canary(analysis, ENGINES.argoRollouts, ALB)))).toContainEqual(
      { name: 'canary-target-group', valueFrom: { fieldRef: { fieldPath: 'status.alb.canaryTargetGroup.fullName' } } });
  });

  test('reads times in seconds as a percentile', () => {
    const [, , time] = templateOf(Analysis.cloudWatch({ maxP95: seconds(1) }), ALB).spec.metrics[0].provider.cloudWatch.metricDataQueries;
    expect(time.metricStat).toMatchObject({ metric: { metricName: 'TargetResponseTime' }, stat: 'p95' });
  });

  test('takes too few requests for no result', () => {
    expect(templateOf(Analysis.cloudWatch({ maxErrorRate: 0.1 }), ALB).spec.metrics[0].failureCondition)
      .toBe('len(result) > 0 && len(result[0].Values) > 0 && !isNaN(result[0].Values[0]) && result[0].Values[0] >= 0 && !(result[0].Values[0] <= 0.1)');
  });

  test('asks a team\'s own query, of which the first number is judged', () => {
    const [share, failures] = templateOf(Analysis.cloudWatch({ queries: [OWN] })).spec.metrics[0].provider.cloudWatch.metricDataQueries;
    expect(share).toEqual({ id: 'share', expression: 'failures / 2', period: 60, returnData: true });
    expect(failures).toMatchObject({ returnData: false, metricStat: { stat: 'Maximum', metric: { dimensions: [{ value: 'v-{{args.canary-hash}}' }, { value: '{{args.stable-hash}}' }] } } });
  });
});

test('of Datadog asks for the pods of the new ReplicaSet', () => {
  const { provider } = templateOf(Analysis.datadog({ ...DATADOG, secretName: 'datadog-keys' })).spec.metrics[0];
  expect(provider.datadog).toEqual({
    apiVersion: 'v2',
    interval: '60s',
    secretRef: { name: 'datadog-keys', namespaced: true },
    query: 'sum:errors{kube_namespace:shop,kube_replica_set:payments-{{args.canary-hash}}}.as_count().rollup(sum, 60)',
  });
});

describeWithSchemas('what Argo Rollouts\' resource allows', () => {
  const schemas = ClosedSchemas.load('1.34');
  test.each([
    ['Prometheus', templateOf(prometheus({ ...EVERY_THRESHOLD, credentials: { secretName: 'x' } }))],
    ['CloudWatch', templateOf(Analysis.cloudWatch({ maxErrorRate: 0.1, maxP99: seconds(1), queries: [OWN] }), ALB)],
    ['Datadog', templateOf(Analysis.datadog({ ...DATADOG, secretName: 'x' }))],
  ])('includes the template of %s', (_, template) => {
    expect(schemas.validate(template)).toEqual([]);
  });
});
