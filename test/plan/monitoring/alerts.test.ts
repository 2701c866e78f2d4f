import { alertNames, alertOf, alertsOf, MONITORED, RELEASES, type Release } from './declared';
import { planService } from '../../../src/plan/plan-service';
import { PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { Monitoring } from '../../../src/spec/monitoring';
import { Protocol } from '../../../src/spec/protocol';
import { MINIMAL, problemsOf, required } from '../declare';

const ALL = Object.keys(RELEASES) as Release[];
const BUDGET = ['ErrorBudgetBurnsFast', 'ErrorBudgetBurnsSlowly', 'ReleaseBurnsErrorBudget', 'RequestMetricsMissing'];
const ARGO = ['ReleaseAnalysisFailed', 'ReleaseAborted', 'ReleaseDegraded', 'ReleaseInconclusive', 'ReleaseStuck'];

test.each<[Release, string[]]>([
  ['rolling', ['ReleaseWithoutProgress', 'ReleaseStuck', 'ReleaseMetricsMissing']],
  ['argo canary', [...ARGO, 'ReleaseAwaitsApproval', 'ReleaseMetricsMissing']],
  ['argo A/B', [...ARGO, 'ReleaseMetricsMissing']],
  ['flagger canary', ['ReleaseFailed', 'ReleaseStuck', 'ReleaseAwaitsApproval', 'ReleaseMetricsMissing']],
  ['native canary', ['ReleaseWithoutProgress', 'ReleaseStuck', 'ReleaseMetricsMissing']],
])('%s is told of by its own alerts', (release, names) => {
  expect(alertNames(RELEASES[release])).toEqual([...names, ...BUDGET]);
  expect(alertNames({ ...RELEASES[release], monitoring: Monitoring.prometheusOperator() })).toEqual(names);
});

test.each(ALL)('%s: every alert waits, has a text, and a name of its own', (release) => {
  const alerts = alertsOf(RELEASES[release]);
  expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  for (const { name, forSeconds, summary, description } of alerts) {
    expect([name, forSeconds >= 60, summary.includes('payments'), description.length > 40]).toEqual([name, true, true, true]);
  }
});

test.each(ALL)('%s: silence is a note, and a lost release somebody\'s call', (release) => {
  const severities = new Map(alertsOf(RELEASES[release]).map(({ name, severity }) => [name, severity]));
  expect(severities.get('ReleaseMetricsMissing')).toBe('info');
  expect(severities.get('ReleaseStuck')).toBe('warning');
  expect(severities.get('ErrorBudgetBurnsFast')).toBe('critical');
});

test('metrics that tell no versions apart say nothing of a version', () => {
  expect(alertNames(RELEASES['rolling behind ingress-nginx'])).not.toContain('ReleaseBurnsErrorBudget');
  expect(required('cluster', RELEASES['rolling behind ingress-nginx'])).toContainEqual(expect.stringContaining('do not tell versions apart'));
});

test('a target of calls that nothing counts is refused, and metrics mend it', () => {
  const grpc = { protocol: Protocol.GRPC, monitoring: MONITORED };
  expect(problemsOf(grpc)).toEqual(['Monitoring.prometheusOperator availabilityTarget 99.9 needs metrics, because nothing of the declared traffic counts failed gRPC calls; '
    + 'give metrics, such as PrometheusMetrics.http({ requests: \'grpc_server_handled_total\', … })']);
  const metrics = PrometheusMetrics.http({ requests: 'grpc_server_handled_total', statusLabel: 'grpc_code', errorStatus: 'Internal|Unavailable' });
  expect(problemsOf({ ...grpc, monitoring: Monitoring.prometheusOperator({ availabilityTarget: 99.9, metrics }) })).toEqual([]);
});

test('a version is named by its hash where one workload has both, and as the canary otherwise', () => {
  expect(alertOf('ReleaseBurnsErrorBudget', RELEASES['argo canary']).description).toContain('version {{ $labels.version }} failed');
  expect(alertOf('ReleaseBurnsErrorBudget', RELEASES['native canary']).description).toContain('version canary failed');
});

test('a service of no known namespace is looked for in all, and the plan says so', () => {
  const { planned, plan } = planService({ name: 'payments', path: 'app', props: { ...MINIMAL, monitoring: MONITORED } });
  expect(planned.monitoring!.alerts[0].expr).toBe('max((kube_deployment_status_condition{deployment="payments",condition="Progressing",status="false"}) == 1)');
  expect(plan.requirements.map(({ text }) => text)).toContainEqual(expect.stringContaining('no other namespace that Prometheus sees has a service named payments'));
});

test('what must be scraped is told', () => {
  expect(required('cluster', RELEASES['argo canary'])).toContain('monitoring: Prometheus scrapes the controller of Argo Rollouts, and for the dashboard kube-state-metrics');
  expect(required('cluster', RELEASES['argo canary']))
    .toContain('monitoring: metrics of requests are scraped at least every 75s, a quarter of the shortest window that is looked at');
});
