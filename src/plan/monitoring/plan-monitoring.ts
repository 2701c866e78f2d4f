import { BURN_RATES, budgetAlerts, enoughFor, failedShareAt } from './budget-alerts';
import { releasing, tellerOf } from './engine-series';
import { approvalsOf, partsOfPause, partsOfPromotion, partsOfRelease, type ReleaseTimes } from './longest-release';
import type { PlannedAlert, PlannedMonitoring } from './planned-monitoring';
import { releaseAlerts } from './release-alerts';
import { type ServiceRequests, serviceRequestsOf } from './service-requests';
import type { PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import type { MonitoringSpec } from '../../spec/monitoring';
import type { ServiceSpec } from '../../spec/service-spec';
import { sum } from '../amount';
import { customaryMetrics } from '../analysis/series';
import type { Availability } from '../availability';
import { atLeast, moreThan } from '../bound';
import type { Capacity } from '../capacity';
import { type Context, MARGIN } from '../context';
import type { PlannedRollout } from '../rollout/planned-rollout';

interface MonitoringQuestion {
  readonly context: Context;
  readonly capacity: Capacity;
  readonly availability: Availability;
  readonly rollout: PlannedRollout;
}

/** Decides who is told of what, where monitoring was declared. */
export function planMonitoring(question: MonitoringQuestion): PlannedMonitoring | undefined {
  const { context: { spec } } = question;
  const { monitoring } = spec;
  if (monitoring === undefined) {
    return undefined;
  }
  const metrics = metricsOf(spec, monitoring);
  const requests = metrics && serviceRequestsOf(spec, metrics);
  requireExporters(question, requests);
  return {
    labels: monitoring.labels,
    runbookUrl: monitoring.runbookUrl,
    releasing: releasing(spec),
    requests,
    alerts: [...releaseAlerts(spec, planTimes(question, monitoring)), ...planBudget(question, monitoring, requests)],
  };
}

function metricsOf(spec: ServiceSpec, { metrics }: MonitoringSpec): PrometheusMetricsSpec | undefined {
  const analysis = spec.rollout.kind === 'rolling' ? undefined : spec.rollout.analysis?._spec.source;
  return metrics ?? (analysis?.kind === 'prometheus' ? analysis.metrics : undefined) ?? customaryMetrics(spec);
}

function planTimes({ context: { spec, ledger }, rollout, capacity, availability }: MonitoringQuestion, monitoring: MonitoringSpec) {
  const approvalWithin = ledger.assume('monitoring.approvalWithin', monitoring.approvalWithin,
    'longest that an approval takes until somebody is told');
  const times: ReleaseTimes = { rollout, capacity, progressDeadline: availability.progressDeadline, approvalWithin };
  const longest = ledger.state('monitoring.longestRelease', sum(...partsOfRelease(times)), 's', {
    because: 'each part of a release may take so long, one after another',
    source: 'steps are held for their time, pods start within the progress deadline, and approvals come within theirs',
  });
  const stuckAfter = ledger.decide({
    name: 'monitoring.stuckAfter',
    unit: 's',
    bounds: [moreThan(sum(longest, MARGIN), { because: 'somebody is told of a release that goes as it was planned', source: 'Prometheus: for, of the alert ReleaseStuck' })],
  }).value;
  const pause = tellerOf(spec) === 'flagger' ? [approvalWithin, ...partsOfPromotion(times)] : partsOfPause(times);
  const awaitingAfter = approvalsOf(rollout) === 0 || tellerOf(spec) === 'native' ? undefined : ledger.decide({
    name: 'monitoring.awaitingAfter',
    unit: 's',
    bounds: [moreThan(sum(...pause, MARGIN), {
      because: 'somebody is told of an approval that is not late', source: 'Prometheus: for, of the alert ReleaseAwaitsApproval; the engine tells no pause from another',
    })],
  }).value;
  return { stuckAfter, awaitingAfter };
}

function planBudget({ context }: MonitoringQuestion, { availabilityTarget }: MonitoringSpec, requests: ServiceRequests | undefined): PlannedAlert[] {
  const { spec, ledger } = context;
  if (availabilityTarget === undefined) {
    return [];
  }
  if (requests === undefined) {
    ledger.problem(`Monitoring.prometheusOperator availabilityTarget ${availabilityTarget} needs metrics, because nothing of the declared traffic counts failed gRPC calls; `
      + 'give metrics, such as PrometheusMetrics.http({ requests: \'grpc_server_handled_total\', … })');
    return [];
  }
  const { factor } = BURN_RATES.fast;
  const minRequests = ledger.decide({
    name: 'monitoring.minRequests',
    unit: '',
    bounds: [atLeast({
      value: enoughFor(factor, availabilityTarget),
      text: `⌊1 ÷ (${factor} × (100% − availabilityTarget ${availabilityTarget}%) = ${failedShareAt(factor, availabilityTarget)})⌋ + 1`,
      isCompound: true,
    }, { because: 'a single failure would be an alert', source: 'https://sre.google/workbook/alerting-on-slos/' })],
  }).value;
  if (requests.next === undefined) {
    ledger.require('cluster', 'monitoring: the metrics of requests do not tell versions apart, so no alert says which version fails; give other metrics');
  }
  return budgetAlerts({ name: spec.name, target: availabilityTarget, requests, releasing: releasing(spec), minRequests });
}

const EXPORTERS = {
  rolling: 'kube-state-metrics',
  argoRollouts: 'the controller of Argo Rollouts, and for the dashboard kube-state-metrics',
  flagger: 'Flagger and kube-state-metrics',
  native: 'kube-state-metrics',
};

function requireExporters({ context: { spec, ledger } }: MonitoringQuestion, requests: ServiceRequests | undefined): void {
  ledger.require('cluster', `monitoring: Prometheus scrapes ${EXPORTERS[tellerOf(spec)]}`);
  if (requests !== undefined) {
    ledger.require('cluster', 'monitoring: metrics of requests are scraped at least every 75s, a quarter of the shortest window that is looked at');
  }
  if (spec.namespace === undefined) {
    ledger.require('cluster', `monitoring: no other namespace that Prometheus sees has a service named ${spec.name}, because none is declared; alerts would not tell them apart`);
  }
}
