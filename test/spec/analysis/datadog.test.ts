import { Analysis } from '../../../src/spec/analysis/analysis';
import { refusalOf } from '../../plan/declare';

const QUERY = { name: 'own', query: 'sum:errors{$canary}.as_rate()', max: 1 };

test('an analysis needs a query', () => {
  expect(refusalOf(() => Analysis.datadog({ queries: [] }))).toMatch(/^Analysis\.datadog needs something that must hold/);
});

test('a query selects the new version', () => {
  expect(refusalOf(() => Analysis.datadog({ queries: [{ ...QUERY, query: 'sum:errors{*}' }] }))).toMatch(/^Analysis\.datadog query "own" must hold \$canary/);
});

test('a Secret has the name of one', () => {
  expect(refusalOf(() => Analysis.datadog({ queries: [QUERY], secretName: 'A b' }))).toMatch(/^Analysis\.datadog secretName "A b"/);
  expect(Analysis.datadog({ queries: [QUERY], secretName: 'datadog' })._spec.source).toMatchObject({ secretName: 'datadog' });
});
