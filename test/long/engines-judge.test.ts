import { describeUnless } from './command';
import { EnginesJudge, type Question } from './engines-judge/judge';
import { whyNoGo } from './go-tool';
import { scratchFolder } from './scratch';
import { renderConditions } from '../../src/manifests/analysis/conditions';
import { renderMetricTemplates } from '../../src/manifests/analysis/metric-template';
import type { PlannedMetric, PlannedSource } from '../../src/plan/analysis/planned-analysis';
import { analysisOf, canary, ENGINES, EVERY_THRESHOLD, prometheus } from '../plan/analysis/declared';
import { planned } from '../plan/declare';

const FOLDER = scratchFolder('engines-judge');

const METRIC: PlannedMetric = { name: 'm', text: 'm', unit: '', max: 0.01, queryFor: () => '' };

describeUnless(whyNoGo(), 'the code of Argo Rollouts and Flagger', () => {
  let judge: EnginesJudge;

  beforeAll(async () => {
    judge = await EnginesJudge.build(FOLDER);
  });

  function phases(kind: PlannedSource['kind'], metric: Partial<PlannedMetric>, ...results: string[][]): string[] {
    const conditions = renderConditions(kind, { ...METRIC, ...metric });
    return judge.ask(results.map((values): Question => ({ kind, values, ...conditions })));
  }

  test('a good result of Prometheus passes, a bad one fails, and none, NaN or several say nothing', () => {
    expect(phases('prometheus', {}, ['0.005'], ['0.01'], ['0.02'], ['+Inf'], [], ['NaN'], ['0.005', '0.005'])).toEqual([
      'Successful', 'Successful', 'Failed', 'Failed', 'Inconclusive', 'Inconclusive', 'Inconclusive',
    ]);
  });

  test('bounds may be very small, negative, a lower one alone, or both', () => {
    expect(phases('prometheus', { max: 1e-7 }, ['0'], ['0.0000001'], ['0.0000002'])).toEqual(['Successful', 'Successful', 'Failed']);
    expect(phases('prometheus', { max: undefined, min: -5.5 }, ['-5.5'], ['-5.6'], [])).toEqual(['Successful', 'Failed', 'Inconclusive']);
    expect(phases('prometheus', { max: 1e21, min: 2 }, ['1.9'], ['2'], ['1e21'], ['1e22'])).toEqual(['Failed', 'Successful', 'Successful', 'Failed']);
  });

  test('CloudWatch is judged by its newest number, unless that says that there were too few requests', () => {
    expect(phases('cloudWatch', { validFrom: 0 }, ['0.005', '0.9'], ['0.02'], [], ['-1'], ['0'])).toEqual([
      'Successful', 'Failed', 'Inconclusive', 'Inconclusive', 'Successful',
    ]);
  });

  test('Datadog is judged by the number that it answers with, and by none where there is none', () => {
    expect(phases('datadog', {}, ['0.005'], ['0.02'], [])).toEqual(['Successful', 'Failed', 'Inconclusive']);
    expect(phases('datadog', { max: undefined, min: 1 }, ['0'], ['1'], [])).toEqual(['Failed', 'Successful', 'Inconclusive']);
  });

  test('Flagger finds nothing to replace in a query', () => {
    const props = canary(prometheus({ ...EVERY_THRESHOLD, queries: [{ name: 'own', query: 'max(x{$canary}[$window])', max: 1 }] }), ENGINES.flagger);
    const templates = renderMetricTemplates(planned(props).planned, analysisOf(props));
    const queries = templates.map(({ manifest }) => (manifest.spec as { query: string }).query);
    expect(queries).toHaveLength(7);
    expect(judge.ask(queries.map((query): Question => ({ kind: 'template', query })))).toEqual(queries);
  });
});
