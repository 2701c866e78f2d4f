import { configMapOf } from './rendered';
import { readAnalysis } from '../../../src/analysis/find-analyses';
import { ADDRESS, EVERY_THRESHOLD, prometheus } from '../../plan/analysis/declared';
import { seconds } from '../../plan/declare';

test('is found by its label, and holds the numbers of the plan', () => {
  const limits = { failureLimit: 1, inconclusiveLimit: 2, consecutiveErrorLimit: 3 };
  const { metadata, data } = configMapOf(prometheus({ interval: seconds(45), measurements: 5, ...limits }));
  expect(metadata.name).toBe('payments-analysis');
  expect(metadata.labels).toMatchObject({ 'zero-downtime/analysis': 'true' });
  expect(JSON.parse(data['analysis.json'])).toMatchObject({
    version: 1,
    source: { kind: 'prometheus', address: ADDRESS },
    initialDelaySeconds: 165,
    intervalSeconds: 45,
    windowSeconds: 120,
    count: 5,
    failureLimit: 1,
    inconclusiveLimit: 2,
    consecutiveErrorLimit: 3,
  });
});

test('tells what is measured, in what unit, and what is good', () => {
  const { metrics } = JSON.parse(configMapOf(prometheus({ maxP99: seconds(2) })).data['analysis.json']);
  expect(metrics).toEqual([
    { name: 'error-rate', text: 'share of failed requests', unit: '', max: 0.01, query: expect.stringContaining('destination_workload="payments-canary"') },
    { name: 'p99', text: 'time within which 99 % of the requests are answered', unit: 's', max: 2, query: expect.stringContaining('/ 1000)') },
  ]);
});

test('says nothing of credentials', () => {
  expect(JSON.stringify(configMapOf(prometheus({ credentials: { secretName: 'prometheus-reader' } })))).not.toContain('prometheus-reader');
});

test('is what zero-downtime analyze reads', () => {
  const configMap = configMapOf(prometheus({ ...EVERY_THRESHOLD, queries: [{ name: 'own', query: 'max(x{$canary,a="\\"}\\n"}[$window])', min: -0.5 }] }));
  const found = readAnalysis('payments-analysis', 'analysis.json', configMap.data['analysis.json']);
  const written = JSON.parse(configMap.data['analysis.json']);

  expect(found).not.toHaveProperty('problems');
  const { document } = found as { document: object };
  expect(document).toMatchObject({
    address: ADDRESS,
    initialDelaySeconds: written.initialDelaySeconds,
    intervalSeconds: written.intervalSeconds,
    windowSeconds: written.windowSeconds,
    count: 3,
    failureLimit: 0,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
    metrics: written.metrics.map((metric: object) => expect.objectContaining(metric)),
  });
});
