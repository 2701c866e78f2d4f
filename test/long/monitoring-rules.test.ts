import { execFileSync } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { attempt, describeUnless, works } from './command';
import { type Case, firing, HONOURED, type Labels, MOVED, requestsOf, type Series, testFileOf } from './monitoring-rules';
import { scratchFolder } from './scratch';
import { renderDashboard } from '../../src/manifests/monitoring/dashboard';
import { renderPrometheusRule } from '../../src/manifests/monitoring/prometheus-rule';
import { planned } from '../plan/declare';
import { alertOf, alertsOf, type Release, RELEASES } from '../plan/monitoring/declared';

const HOUR = 3600;
const ALL = Object.keys(RELEASES) as Release[];
const REASON = works('promtool', ['--version']) ? undefined : 'promtool is not there (apt-get install prometheus)';

/** What an engine says, of the service in the namespace that the labels name. */
const rollout = (phase: string, labels: Labels, values: string): Series => ({ series: `rollout_info{${labels},name="payments",strategy="canary",phase="${phase}"}`, values });
const run = (name: string, phase: string, labels: Labels, values: string): Series => ({ series: `analysis_run_info{${labels},name="${name}",phase="${phase}"}`, values });
const flagger = (metric: string, labels: Labels, values: string): Series =>
  ({ series: `flagger_canary_${metric}{${labels},${metric === 'weight' ? 'workload' : 'name'}="payments"}`, values });
const deployment = (metric: string, name: string, labels: Labels, values: string): Series => ({ series: `kube_deployment_${metric}{${labels},deployment="${name}"}`, values });
const condition = (name: string, status: string, labels: Labels, values: string): Series =>
  ({ series: `kube_deployment_status_condition{${labels},deployment="${name}",condition="Progressing",status="${status}"}`, values });

const ALWAYS = '1+0x2000';
const RUN = 'payments-6d4cf56db-7-2';

/** For each alert: what makes it fire from the start on, and what is like it and must not. */
const FIRES: Array<[release: Release, alert: string, from: number, fires: (labels: Labels) => Series[], not: (labels: Labels) => Series[]]> = [
  ['argo canary', 'ReleaseAborted', 0, (l) => [rollout('Abort', l, ALWAYS)], (l) => [rollout('Completed', l, ALWAYS)]],
  ['argo canary', 'ReleaseDegraded', 0, (l) => [rollout('Timeout', l, ALWAYS)], (l) => [rollout('Progressing', l, ALWAYS)]],
  ['argo canary', 'ReleaseStuck', 0, (l) => [rollout('Progressing', l, '1+0x9 stale'), rollout('Paused', l, '_x10 1+0x2000')], (l) => [rollout('Completed', l, ALWAYS)]],
  ['argo canary', 'ReleaseAwaitsApproval', 0, (l) => [rollout('Paused', l, ALWAYS)], (l) => [rollout('Progressing', l, ALWAYS)]],
  ['argo canary', 'ReleaseAnalysisFailed', 60, (l) => [run(RUN, 'Running', l, '1+0x3 stale'), run(RUN, 'Failed', l, '_x4 1+0x500')],
    (l) => [run(RUN, 'Failed', l, ALWAYS), run('payments-6d4cf56db-8-2', 'Running', l, ALWAYS), run('payments-api-6d4cf56db-1-1', 'Running', l, '1+0x3 stale')]],
  ['argo canary', 'ReleaseInconclusive', 60, (l) => [rollout('Paused', l, ALWAYS), run(RUN, 'Running', l, '1+0x3 stale'), run(RUN, 'Inconclusive', l, '_x4 1+0x500')],
    (l) => [rollout('Paused', l, ALWAYS), run(RUN, 'Inconclusive', l, ALWAYS)]],
  ['argo blue-green', 'ReleaseAwaitsApproval', 0, (l) => [rollout('Paused', l, ALWAYS)], (l) => [rollout('Progressing', l, ALWAYS)]],
  ['flagger canary', 'ReleaseFailed', 0, (l) => [flagger('status', l, '2+0x2000')], (l) => [flagger('status', l, ALWAYS)]],
  ['flagger canary', 'ReleaseStuck', 0, (l) => [flagger('status', l, '0+0x2000')], (l) => [flagger('status', l, ALWAYS), flagger('weight', l, '0+0x2000')]],
  ['flagger blue-green', 'ReleaseStuck', 0, (l) => [flagger('status', l, '0+0x9 1+0x2000'), deployment('spec_replicas', 'payments', l, '3+0x2000')],
    (l) => [flagger('status', l, ALWAYS), deployment('spec_replicas', 'payments', l, '0+0x2000'), deployment('spec_replicas', 'payments-primary', l, '3+0x2000')]],
  ['flagger canary', 'ReleaseAwaitsApproval', 0, (l) => [flagger('status', l, ALWAYS), flagger('weight', l, '50+0x2000')],
    (l) => [flagger('status', l, ALWAYS), flagger('weight', l, '0+0x2000')]],
  ['native canary', 'ReleaseWithoutProgress', 0, (l) => [condition('payments-canary', 'false', l, ALWAYS)],
    (l) => [condition('payments-canary', 'false', l, '0+0x2000'), condition('payments-canary', 'true', l, ALWAYS), condition('payments', 'false', l, ALWAYS)]],
  ['native canary', 'ReleaseStuck', 0, (l) => [deployment('spec_replicas', 'payments-canary', l, ALWAYS)],
    (l) => [deployment('spec_replicas', 'payments-canary', l, '0+0x2000'), deployment('spec_replicas', 'payments-stable', l, '3+0x2000')]],
  ['native blue-green', 'ReleaseStuck', 0, (l) => ['blue', 'green'].map((colour) => deployment('spec_replicas', `payments-${colour}`, l, '3+0x2000')),
    (l) => [deployment('spec_replicas', 'payments-blue', l, '3+0x2000'), deployment('spec_replicas', 'payments-green', l, '0+0x2000')]],
  ['rolling', 'ReleaseWithoutProgress', 0, (l) => [condition('payments', 'false', l, ALWAYS)], (l) => [condition('payments-api', 'false', l, ALWAYS)]],
  ['rolling', 'ReleaseStuck', 0, (l) => [deployment('spec_replicas', 'payments', l, '3+0x2000'), deployment('status_replicas_updated', 'payments', l, '2+0x2000')],
    (l) => [deployment('spec_replicas', 'payments', l, '3+0x2000'), deployment('status_replicas_updated', 'payments', l, '3+0x2000')]],
];

/** Releases that are over after half an hour, before which there was none for ten minutes, and after which another one succeeds. */
const HEALTHY: Array<[release: Release, series: Series[]]> = [
  ['argo canary', [
    rollout('Completed', MOVED, '1+0x39 stale _x79 1+0x399 stale _x79 1+0x500'),
    rollout('Progressing', MOVED, '_x40 1+0x39 stale _x439 1+0x79 stale'),
    rollout('Paused', MOVED, '_x80 1+0x39 stale'),
    run('payments-6d4cf56db-7-1', 'Running', MOVED, '_x40 1+0x39 stale'),
    run('payments-6d4cf56db-7-1', 'Successful', MOVED, '_x80 1+0x1000'),
    // What went wrong a month ago is still there.
    run('payments-5b9f7c6d8-3-1', 'Failed', MOVED, ALWAYS),
    run('payments-5b9f7c6d9-4-1', 'Inconclusive', MOVED, ALWAYS),
  ]],
  ['flagger canary', [
    flagger('status', MOVED, '1+0x39 0+0x79 1+0x1000'),
    flagger('weight', MOVED, '0+0x49 5+0x29 50+0x39 0+0x1000'),
    deployment('spec_replicas', 'payments', HONOURED, '0+0x39 3+0x79 0+0x1000'),
  ]],
  ['native canary', [
    deployment('spec_replicas', 'payments-canary', HONOURED, '_x40 1+0x79 0+0x1000'),
    condition('payments-stable', 'true', HONOURED, ALWAYS),
    condition('payments-stable', 'false', HONOURED, '0+0x1000'),
  ]],
  ['rolling', [
    deployment('spec_replicas', 'payments', HONOURED, '3+0x1000'),
    deployment('status_replicas_updated', 'payments', HONOURED, '3+0x39 1+0x29 2+0x29 3+0x1000'),
    condition('payments', 'true', HONOURED, ALWAYS),
    condition('payments', 'false', HONOURED, '0+0x1000'),
  ]],
];

/** What says that a release is going on, and that none is. */
function goesOn(release: Release): Series[] {
  switch (release.split(' ')[0]) {
    case 'argo': return [rollout('Progressing', MOVED, ALWAYS)];
    case 'flagger': return [flagger('status', MOVED, '0+0x2000')];
    case 'native': return ['blue', 'green', 'canary'].map((place) => deployment('spec_replicas', `payments-${place}`, HONOURED, ALWAYS));
    default: return [deployment('spec_replicas', 'payments', HONOURED, '3+0x2000'), deployment('status_replicas_updated', 'payments', HONOURED, ALWAYS)];
  }
}

describeUnless(REASON, 'the alerts in a real Prometheus', () => {
  const folder = scratchFolder('rules');

  beforeAll(() => {
    for (const release of ALL) {
      const { planned: made } = planned(RELEASES[release]);
      writeFileSync(fileOf(release), JSON.stringify(renderPrometheusRule(made, made.monitoring!).spec));
    }
  });

  const fileOf = (release: Release) => join(folder, `${release.replace(/\W/g, '-')}.yaml`);

  /** What promtool says of cases that all hold: nothing. */
  async function judged(release: Release, cases: readonly Case[]): Promise<string> {
    const file = join(folder, `${release.replace(/\W/g, '-')}-${Math.random()}.test.yaml`);
    writeFileSync(file, JSON.stringify(testFileOf(fileOf(release), cases)));
    const { status, stdout, stderr } = await attempt('promtool', ['test', 'rules', file]);
    return status === 0 ? '' : `${stdout}\n${stderr}`;
  }

  test.each(ALL)('%s has rules that promtool accepts', (release) => {
    const said = execFileSync('promtool', ['check', 'rules', '--lint-fatal', fileOf(release)], { encoding: 'utf8' });
    expect(said).toContain(`SUCCESS: ${alertsOf(RELEASES[release]).length} rules found`);
  });

  describe.each(FIRES)('%s: %s', (release, alert, from, fires, not) => {
    const at = from + alertOf(alert, RELEASES[release]).forSeconds;

    test.each([['labels honoured', HONOURED], ['labels moved', MOVED]])('fires at the second where it should, %s', async (_, labels) => {
      expect(await judged(release, [{ series: fires(labels), expected: [firing(alert, at - 1, 0), firing(alert, at, 1, from)] }])).toBe('');
    });

    test('does not fire of what is like it, nor of the same in another namespace', async () => {
      const others = ['namespace="other"', 'namespace="shop",exported_namespace="other"'];
      expect(await judged(release, [not(HONOURED), not(MOVED), ...others.map(fires)].map((series) => ({ series, expected: [firing(alert, at, 0), firing(alert, at + HOUR, 0)] })))).toBe('');
    });
  });

  test.each(ALL)('%s: says after 15 minutes that nothing tells of it, and nothing where something does', async (release) => {
    const metric = /absent\(\(?(\w+)/.exec(alertOf('ReleaseMetricsMissing', RELEASES[release]).expr)![1];
    const [one] = [rollout('Completed', MOVED, ALWAYS), flagger('status', MOVED, ALWAYS), ...['payments', 'payments-stable', 'payments-blue']
      .map((name) => condition(name, 'true', HONOURED, ALWAYS))].filter(({ series }) => series.startsWith(metric) && matchesOf(release, series));
    expect(await judged(release, [
      { series: [], expected: [firing('ReleaseMetricsMissing', 899, 0), firing('ReleaseMetricsMissing', 900, 1)] },
      { series: [one], expected: [firing('ReleaseMetricsMissing', 900, 0)] },
    ])).toBe('');
  });

  describe.each(ALL)('%s: the error budget', (release) => {
    const failing = (stable: number, canary: number, requests = 100) =>
      requestsOf(release, { stable: { requests, failed: stable }, canary: { requests, failed: canary } });

    test('is said to burn fast at 14.4 times its rate, and only above it', async () => {
      expect(await judged(release, [
        { series: failing(2, 2), expected: [firing('ErrorBudgetBurnsFast', 134, 0), firing('ErrorBudgetBurnsFast', 135, 1, 15)] },
        { series: failing(1.4, 1.4), expected: [firing('ErrorBudgetBurnsFast', HOUR, 0)] },
        { series: failing(0, 0), expected: [firing('ErrorBudgetBurnsFast', HOUR, 0), firing('ErrorBudgetBurnsSlowly', HOUR, 0)] },
      ])).toBe('');
    });

    test('is said to burn slowly at 6 times its rate, and only above it', async () => {
      expect(await judged(release, [
        { series: failing(1, 1), expected: [firing('ErrorBudgetBurnsSlowly', 914, 0), firing('ErrorBudgetBurnsSlowly', 915, 1, 15), firing('ErrorBudgetBurnsFast', HOUR, 0)] },
        { series: failing(0.5, 0.5), expected: [firing('ErrorBudgetBurnsSlowly', HOUR, 0)] },
      ])).toBe('');
    });

    test('is no longer said to burn once the short window is clean', async () => {
      const behaviour = { requests: 100, failed: 10, until: 40 };
      expect(await judged(release, [{ series: requestsOf(release, { stable: behaviour, canary: behaviour }), expected: [firing('ErrorBudgetBurnsFast', 600, 1), firing('ErrorBudgetBurnsFast', 960, 0)] }])).toBe('');
    });

    test('is said to have nothing to tell of it without requests', async () => {
      expect(await judged(release, [
        { series: [], expected: [firing('RequestMetricsMissing', HOUR - 1, 0), firing('RequestMetricsMissing', HOUR, 1)] },
        { series: failing(0, 0), expected: [firing('RequestMetricsMissing', HOUR, 0)] },
      ])).toBe('');
    });

    if (alertOf('ReleaseBurnsErrorBudget', RELEASES[release])) {
      test('is said to be burnt by a version that is being released, and only then', async () => {
        const alert = 'ReleaseBurnsErrorBudget';
        expect(await judged(release, [
          { series: [...failing(0, 10), ...goesOn(release)], expected: [firing(alert, 74, 0), firing(alert, 75, 1, 15)] },
          { series: failing(0, 10), expected: [firing(alert, 600, 0)] },
          { series: [...failing(0, 1), ...goesOn(release)], expected: [firing(alert, 600, 0)] },
          // Too few to tell: 20 in five minutes.
          { series: [...failing(0, 1, 1), ...goesOn(release)], expected: [firing(alert, 600, 0)] },
        ])).toBe('');
      });
    }
  });

  test.each(HEALTHY)('%s: a release that goes as it was planned is no alert, at any time', async (release, series) => {
    const told = ['ReleaseAborted', 'ReleaseAnalysisFailed', 'ReleaseAwaitsApproval', 'ReleaseDegraded', 'ReleaseFailed', 'ReleaseInconclusive',
      'ReleaseMetricsMissing', 'ReleaseStuck', 'ReleaseWithoutProgress', 'ReleaseBurnsErrorBudget', 'ErrorBudgetBurnsFast', 'RequestMetricsMissing'];
    const fine = { requests: 100, failed: 0.01 };
    const expected = [600, 1200, 1800, 2400, 3000, 3600, 7200, 10_800, 14_400].flatMap((at) => told.map((alert) => firing(alert, at, 0)));
    expect(await judged(release, [{ series: [...series, ...requestsOf(release, { stable: fine, canary: fine })], expected }])).toBe('');
  });

  test.each(ALL)('%s: every query of the dashboard is one that Prometheus can read', (release) => {
    const { planned: made } = planned(RELEASES[release]);
    const { panels, annotations } = renderDashboard(made, made.monitoring!) as unknown as {
      panels: Array<{ targets: Array<{ expr: string }> }>; annotations: { list: Array<{ expr: string }> };
    };
    const queries = [...panels.flatMap(({ targets }) => targets), ...annotations.list].map(({ expr }, index) => ({ record: `panel:${index}`, expr }));
    const file = join(folder, `${release.replace(/\W/g, '-')}.dashboard.yaml`);
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: queries }] }));
    expect(execFileSync('promtool', ['check', 'rules', '--lint-fatal', file], { encoding: 'utf8' })).toContain(`SUCCESS: ${queries.length} rules found`);
  });
});

/** Whether the series is of a Deployment that the release has. */
function matchesOf(release: Release, series: string): boolean {
  const name = /deployment="([^"]+)"/.exec(series)?.[1];
  return name === undefined || name === { 'rolling': 'payments', 'native canary': 'payments-stable', 'native blue-green': 'payments-blue' }[release.startsWith('rolling') ? 'rolling' : release as 'native canary'];
}
