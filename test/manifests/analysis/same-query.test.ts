import { configMapOf, metricTemplatesOf, templateOf } from './rendered';
import { IstioReporter, PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { EVERY_THRESHOLD, prometheus } from '../../plan/analysis/declared';

const OWN = { name: 'own', query: 'sum(rate(own_total{$canary,kind="a"}[$window])) / sum(rate(own_total{$stable,kind="a"}[$window]))', max: 1 };

/** The labels that select one version's series, or say whose count it is. */
const OF_VERSION = /^(?:pod|namespace|reporter|destination_\w+)(?:=~?)"/;

/** Puts the version's name in the place of whatever selects its series, and leaves everything else as it is. */
function normalized(query: string, stable: RegExp): string {
  return query.replace(/\{((?:[^"{}]|"[^"]*")*)\}/g, (_, matchers: string) => {
    const all = matchers.match(/\w+(?:=~|!~|=|!=)"[^"]*"/g) ?? [];
    const version = stable.test(matchers) ? '$stable' : '$canary';
    return `{${[version, ...all.filter((matcher) => !OF_VERSION.test(matcher))].join(',')}}`;
  });
}

test.each([
  ['Istio', prometheus({ ...EVERY_THRESHOLD, queries: [OWN] })],
  ['Istio by pod', prometheus({ ...EVERY_THRESHOLD, metrics: PrometheusMetrics.istio({ reporter: IstioReporter.DESTINATION }) })],
  ['the program\'s own metrics', prometheus({ ...EVERY_THRESHOLD, metrics: PrometheusMetrics.http() })],
])('one analysis asks the same of %s under every engine', (_, analysis) => {
  const ofArgo = templateOf(analysis).spec.metrics.map(({ provider }: { provider: { prometheus: { query: string } } }) => normalized(provider.prometheus.query, /stable-hash/));
  const ofFlagger = metricTemplatesOf(analysis).map(({ spec }) => normalized(spec.query, /payments-primary/));
  const ofCommand = JSON.parse(configMapOf(analysis).data['analysis.json']).metrics.map(({ query }: { query: string }) => normalized(query, /payments-stable/));

  expect(ofArgo.length).toBeGreaterThanOrEqual(6);
  expect(ofFlagger).toEqual(ofArgo);
  expect(ofCommand).toEqual(ofArgo);
  // What was put in their place is told apart, so that no engine compares a version with itself.
  expect(ofArgo.filter((query: string) => query.includes('$stable'))).toHaveLength(ofArgo.length > 6 ? 3 : 2);
});

test('one analysis judges by the same bounds under every engine', () => {
  const analysis = prometheus({ ...EVERY_THRESHOLD, queries: [{ ...OWN, min: 0.25 }] });
  const ofCommand = JSON.parse(configMapOf(analysis).data['analysis.json']).metrics as Array<{ name: string; max: number; min?: number }>;
  expect(ofCommand.map(({ name, max }) => [name, max])).toEqual([
    ['error-rate', 0.01], ['error-rate-increase', 0.005], ['p50', 0.1], ['p95', 0.3], ['p99', 0.5], ['p99-ratio', 1.5], ['own', 1],
  ]);
  const conditions = templateOf(analysis).spec.metrics.map(({ successCondition }: { successCondition: string }) => successCondition);
  ofCommand.forEach(({ max }, index) => expect(conditions[index]).toContain(`result[0] <= ${max}`));
  expect(conditions[6]).toContain('result[0] >= 0.25');
});
