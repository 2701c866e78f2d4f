import { changed, found, messages } from './found';
import { ANALYSIS_GUARDS } from '../../../src/checks/availability/analysis-guards';
import { ANALYSIS_INTERVAL_MISSING } from '../../../src/checks/availability/analysis-interval-missing';
import { ANALYSIS_NEVER_ENDS } from '../../../src/checks/availability/analysis-never-ends';
import { ANALYSIS_WINDOW } from '../../../src/checks/availability/analysis-window';
import { ROLLOUT_ANALYSIS_MISSING } from '../../../src/checks/availability/rollout-analysis-missing';

const STEP = '{ canary: { steps: [{ setWeight: 25 }, { analysis: { templates: [{ templateName: smoke }] } }] } }';

describe('rollout-analysis-missing', () => {
  const { passing, failing } = ROLLOUT_ANALYSIS_MISSING;
  const asked = (strategy: string) => changed(passing, [STEP, strategy]);

  test('names the template that is not there', () => {
    expect(found(ROLLOUT_ANALYSIS_MISSING, failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.steps[1].analysis.templates[0].templateName',
      message: 'AnalysisTemplate smoke-test is not among those read, so Rollout payments releases nothing',
      actual: undefined,
      required: undefined,
      fix: 'name an AnalysisTemplate that exists, or add smoke-test',
    }]);
  });

  test.each([
    ['{ canary: { analysis: { templates: [{ templateName: other }] } } }', 'spec.strategy.canary.analysis.templates[0].templateName'],
    ['{ canary: { steps: [{ experiment: { analyses: [{ name: a, templateName: other }] } }] } }',
      'spec.strategy.canary.steps[0].experiment.analyses[0].templateName'],
    ['{ blueGreen: { activeService: payments, prePromotionAnalysis: { templates: [{ templateName: other }] } } }',
      'spec.strategy.blueGreen.prePromotionAnalysis.templates[0].templateName'],
    ['{ blueGreen: { activeService: payments, postPromotionAnalysis: { templates: [{ templateName: other }] } } }',
      'spec.strategy.blueGreen.postPromotionAnalysis.templates[0].templateName'],
  ])('looks at %s', (strategy, path) => {
    expect(found(ROLLOUT_ANALYSIS_MISSING, asked(strategy)).map((finding) => finding.path)).toEqual([path]);
  });

  test('looks for templates of the cluster only where one is read', () => {
    const scoped = asked('{ canary: { analysis: { templates: [{ templateName: all, clusterScope: true }] } } }');
    const template = (name: string) => `---\napiVersion: argoproj.io/v1alpha1\nkind: ClusterAnalysisTemplate\nmetadata: { name: ${name} }\nspec: { metrics: [] }\n`;
    expect(messages(ROLLOUT_ANALYSIS_MISSING, scoped)).toEqual([]);
    expect(messages(ROLLOUT_ANALYSIS_MISSING, scoped + template('all'))).toEqual([]);
    expect(messages(ROLLOUT_ANALYSIS_MISSING, scoped + template('some')))
      .toEqual(['ClusterAnalysisTemplate all is not among those read, so Rollout payments releases nothing']);
  });

  test('is silent where no template of the namespace is read', () => {
    expect(messages(ROLLOUT_ANALYSIS_MISSING, changed(failing, ['kind: AnalysisTemplate\nmetadata: {', 'kind: AnalysisTemplate\nmetadata: { namespace: shop,']))).toEqual([]);
  });
});

describe('analysis-never-ends', () => {
  const { failing } = ANALYSIS_NEVER_ENDS;

  test('says for what a release waits', () => {
    expect(found(ANALYSIS_NEVER_ENDS, failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.steps[1].analysis.templates[0].templateName',
      message: 'Rollout payments waits for the analysis smoke, whose metric smoke has an interval and no count and so never ends',
      actual: undefined,
      required: undefined,
      fix: 'set count of metric smoke, or run the analysis in the background',
    }]);
  });

  test('is content with an analysis in the background', () => {
    expect(messages(ANALYSIS_NEVER_ENDS, changed(failing, [STEP, '{ canary: { analysis: { templates: [{ templateName: smoke }] } } }']))).toEqual([]);
  });

  test('is content with a metric that is measured once, or until it has succeeded often enough', () => {
    expect(messages(ANALYSIS_NEVER_ENDS, changed(failing, ['      interval: 1m\n', '']))).toEqual([]);
    expect(messages(ANALYSIS_NEVER_ENDS, changed(failing, ['interval: 1m', 'interval: 1m\n      consecutiveSuccessLimit: 3']))).toEqual([]);
  });

  test('minds what comes before a promotion', () => {
    expect(messages(ANALYSIS_NEVER_ENDS,
      changed(failing, [STEP, '{ blueGreen: { activeService: payments, prePromotionAnalysis: { templates: [{ templateName: smoke }] } } }']))).toHaveLength(1);
  });
});

describe('analysis-guards', () => {
  const { passing, failing } = ANALYSIS_GUARDS;

  test('names the condition', () => {
    expect(found(ANALYSIS_GUARDS, failing)).toEqual([{
      object: 'AnalysisTemplate default/success-rate',
      path: 'spec.metrics[0].successCondition',
      message: 'successCondition of metric success-rate takes the first item of a result that is empty where no request came, '
        + 'which counts as an error of the release',
      actual: undefined,
      required: undefined,
      fix: 'begin the condition with len(result) == 0 ||, or end the query with or on() vector(1)',
    }]);
  });

  test('minds the condition of failure too', () => {
    expect(found(ANALYSIS_GUARDS, changed(failing, ['successCondition: ', 'failureCondition: '])).map(({ path }) => path)).toEqual(['spec.metrics[0].failureCondition']);
  });

  test('is content with a query that is never empty', () => {
    expect(messages(ANALYSIS_GUARDS, changed(failing, ['/ sum(rate(requests[2m]))', '/ sum(rate(requests[2m])) or on() vector(1)']))).toEqual([]);
  });

  test('is silent of other providers, whose results are no lists', () => {
    expect(messages(ANALYSIS_GUARDS, changed(failing, ['prometheus:', 'graphite:']))).toEqual([]);
  });

  test('looks at templates of the cluster', () => {
    expect(found(ANALYSIS_GUARDS, changed(failing, ['kind: AnalysisTemplate', 'kind: ClusterAnalysisTemplate'])).map(({ object }) => object))
      .toEqual(['ClusterAnalysisTemplate success-rate']);
    expect(messages(ANALYSIS_GUARDS, passing)).toEqual([]);
  });
});

describe('analysis-window', () => {
  const { passing, failing } = ANALYSIS_WINDOW;
  const delayed = (delay: string) => changed(passing, ['initialDelay: 5m', `initialDelay: ${delay}`]);

  test('says how far back the first measurement looks', () => {
    expect(found(ANALYSIS_WINDOW, failing)).toEqual([{
      object: 'AnalysisTemplate default/success-rate',
      path: 'spec.metrics[0].initialDelay',
      message: 'metric success-rate is first measured after 0 s and looks 300 s back, to before the new version served',
      actual: '0 s',
      required: '≥ 300 s',
      fix: 'set initialDelay to at least 300s',
    }]);
  });

  test('flips at one second', () => {
    expect(messages(ANALYSIS_WINDOW, delayed('299s'))).toHaveLength(1);
    expect(messages(ANALYSIS_WINDOW, delayed('300s'))).toEqual([]);
  });

  test.each([['[1h30m]', '≥ 5400 s'], ['[90s:15s]', '≥ 300 s'], ['[2d]', '≥ 172800 s']])('reads the widest range, also of %s', (range, required) => {
    expect(found(ANALYSIS_WINDOW, changed(failing, ['[5m])) / ', `${range})) / `])).map((finding) => finding.required)).toEqual([required]);
  });

  test('is silent where an argument decides the delay or the range', () => {
    expect(messages(ANALYSIS_WINDOW, delayed('"{{args.delay}}"'))).toEqual([]);
    expect(messages(ANALYSIS_WINDOW, changed(failing, ['[5m]', '[{{args.window}}]']))).toEqual([]);
  });
});

describe('analysis-interval-missing', () => {
  const { failing } = ANALYSIS_INTERVAL_MISSING;

  test('says that the analysis fails', () => {
    expect(found(ANALYSIS_INTERVAL_MISSING, failing)).toEqual([{
      object: 'AnalysisTemplate default/smoke',
      path: 'spec.metrics[0].interval',
      message: 'metric smoke is to be measured 5 times without an interval, so its analysis fails at once',
      actual: undefined,
      required: undefined,
      fix: 'set interval, for example to 1m',
    }]);
  });

  test.each([['1', 0], ['2', 1], ['"2"', 1], ['"{{args.count}}"', 0]])('judges a count of %s', (count, findings) => {
    expect(messages(ANALYSIS_INTERVAL_MISSING, changed(failing, ['count: 5', `count: ${count}`]))).toHaveLength(findings);
  });
});
