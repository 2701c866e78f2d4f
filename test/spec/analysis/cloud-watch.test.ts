import { Analysis } from '../../../src/spec/analysis/analysis';
import type { CloudWatchData } from '../../../src/spec/analysis/cloud-watch-query';
import { refusalOf } from '../../plan/declare';

const CANARY = [{ name: 'Version', value: '$canary' }];
const FAILURES: CloudWatchData = { id: 'failures', namespace: 'Shop', metricName: 'Failures', dimensions: CANARY };
const asking = (...data: CloudWatchData[]) => () => Analysis.cloudWatch({ queries: [{ name: 'own', data, max: 1 }] });

test('an analysis needs something that must hold', () => {
  expect(refusalOf(() => Analysis.cloudWatch({}))).toMatch(/^Analysis\.cloudWatch needs something that must hold/);
});

test.each(['Europe', 'eu-west', 'eu_west_1', '', 'eu-west-1; rm'])('a region of %j is refused', (region) => {
  expect(refusalOf(() => Analysis.cloudWatch({ maxErrorRate: 0.1, region }))).toMatch(/^Analysis\.cloudWatch region .* must be a region of AWS/);
});

test.each(['eu-west-1', 'us-gov-east-1', 'ap-southeast-3'])('%s is a region', (region) => {
  expect(Analysis.cloudWatch({ maxErrorRate: 0.1, region })._spec.source).toMatchObject({ region });
});

test('a query asks for something', () => {
  expect(refusalOf(asking())).toBe('Analysis.cloudWatch query "own" needs data; give the metric that is to be judged');
});

test('a query selects the new version', () => {
  expect(refusalOf(asking({ ...FAILURES, dimensions: [{ name: 'Version', value: '$stable' }] }))).toMatch(/must hold \$canary in the value of a dimension/);
});

test('data are an expression or a metric, with an id of their own', () => {
  expect(refusalOf(asking({ id: 'x' }))).toBe('Analysis.cloudWatch query "own" data "x" needs either an expression or a metricName');
  expect(refusalOf(asking({ ...FAILURES, expression: 'a / b' }))).toMatch(/needs either an expression or a metricName$/);
  expect(refusalOf(asking({ ...FAILURES, namespace: undefined }))).toBe('Analysis.cloudWatch query "own" data "failures" namespace must not be empty');
  expect(refusalOf(asking(FAILURES, FAILURES))).toMatch(/data "failures" is given twice/);
  expect(refusalOf(asking({ ...FAILURES, id: 'Failures' }))).toMatch(/must have an id of a lower-case letter/);
});

test('what an engine would take for its own template is refused', () => {
  expect(refusalOf(asking({ ...FAILURES, dimensions: [...CANARY, { name: 'Shop', value: '{{args.x}}' }] }))).toMatch(/must not hold \{\{/);
});
