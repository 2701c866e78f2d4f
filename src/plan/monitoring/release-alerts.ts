import { analysesThatBecame, anyOf, canaryStatus, canaryWeight, deploymentSeries, deploymentsOf, releasing, rolloutIn, tellerOf } from './engine-series';
import type { PlannedAlert, Severity } from './planned-monitoring';
import type { ServiceSpec } from '../../spec/service-spec';
import { equals } from '../analysis/promql';

/** The times that alerts about releases wait, in seconds. */
export interface AlertTimes {
  /** Longer than any release that goes as it was planned. */
  readonly stuckAfter: number;
  /** Longer than any pause of such a release; absent where nothing waits for an approval, or nothing tells of it. */
  readonly awaitingAfter?: number;
}

/** One scrape that went wrong is no news. */
const SETTLED = 60;
/** A controller that is replaced says nothing for a while. */
const GONE = 900;
/** How far back an analysis is looked for, at most: Prometheus reads every sample of it at each evaluation. */
const DAY = 86_400;

/** The alerts that tell of a release which does not go as it was planned. */
export function releaseAlerts(spec: ServiceSpec, times: AlertTimes): PlannedAlert[] {
  switch (tellerOf(spec)) {
    case 'argoRollouts': return [...argoAlerts(spec, times), stuck(spec, times), ...awaiting(spec, times), missing(spec, 'rollout_info', 'Argo Rollouts', rolloutIn(spec))];
    case 'flagger': return [
      alert('ReleaseFailed', 'critical', SETTLED, anyOf(`${canaryStatus(spec)} == 2`), `Flagger gave a release of ${spec.name} up`,
        'The new version failed its checks or its progress deadline, and the old one takes all traffic. Events of the Canary say which.'),
      stuck(spec, times), ...awaiting(spec, times), missing(spec, 'flagger_canary_status', 'Flagger', canaryStatus(spec)),
    ];
    case 'native':
    case 'rolling': return [
      alert('ReleaseWithoutProgress', 'critical', SETTLED, anyOf(noProgress(spec)), `A release of ${spec.name} makes no progress`,
        'Pods of a Deployment did not become available within its progress deadline. Their events and logs say why; the old version still serves.'),
      stuck(spec, times),
      missing(spec, 'kube_deployment_status_condition', 'kube-state-metrics', progressing(spec, [])),
    ];
  }
}

function argoAlerts(spec: ServiceSpec, { stuckAfter }: AlertTimes): PlannedAlert[] {
  const recently = Math.min(stuckAfter, DAY);
  return [
    alert('ReleaseAnalysisFailed', 'critical', SETTLED, anyOf(analysesThatBecame(spec, 'Failed|Error', recently)), `An analysis of ${spec.name} failed`,
      'What was measured of the new version was out of bounds, or could not be measured. The AnalysisRun says which metric; the release is given up.'),
    alert('ReleaseAborted', 'critical', SETTLED, anyOf(rolloutIn(spec, 'Abort')), `A release of ${spec.name} was given up`,
      'The old version takes all traffic. The Rollout stays so until it is retried, or told the old version.'),
    alert('ReleaseDegraded', 'critical', SETTLED, anyOf(rolloutIn(spec, 'Timeout', 'Error', 'InvalidSpec')), `The Rollout ${spec.name} is degraded`,
      'Its pods missed the progress deadline, could not be created, or its spec is refused. Its conditions say which.'),
    alert('ReleaseInconclusive', 'warning', SETTLED,
      `${anyOf(rolloutIn(spec, 'Paused'))} and on () ${anyOf(analysesThatBecame(spec, 'Inconclusive', recently))}`,
      `A release of ${spec.name} is paused because an analysis says nothing`,
      'There was too little to measure, or nothing at all. Somebody must look, and resume the release or give it up.'),
  ];
}

function stuck(spec: ServiceSpec, { stuckAfter }: AlertTimes): PlannedAlert {
  return alert('ReleaseStuck', 'warning', stuckAfter, releasing(spec), `A release of ${spec.name} takes longer than planned`,
    `It has been going on for more than ${stuckAfter} s, which is longer than all of its steps, starts and approvals may take together.`);
}

function awaiting(spec: ServiceSpec, { awaitingAfter }: AlertTimes): PlannedAlert[] {
  if (awaitingAfter === undefined) {
    return [];
  }
  const waits = tellerOf(spec) === 'argoRollouts' ? anyOf(rolloutIn(spec, 'Paused'))
    : `max(${canaryStatus(spec)} == 1) and on () ${anyOf(`${canaryWeight(spec)} > 0`, `${deploymentSeries(spec, 'kube_deployment_spec_replicas', [spec.name])} > 0`)}`;
  return [alert('ReleaseAwaitsApproval', 'info', awaitingAfter, waits, `A release of ${spec.name} waits for an approval`,
    `It has been waiting for ${awaitingAfter} s, its own pauses included. Until somebody approves, both versions serve.`)];
}

/** Silence must not look like health: every other alert needs these series. */
function missing({ name }: ServiceSpec, metric: string, exporter: string, series: string): PlannedAlert {
  return alert('ReleaseMetricsMissing', 'info', GONE, `absent(${series})`, `Nothing tells of the releases of ${name}`,
    `Prometheus has no ${metric} of it, so no alert about its releases can fire. Either ${exporter} is not scraped, or it does not know the service.`);
}

function noProgress(spec: ServiceSpec): string {
  return `${progressing(spec, [equals('status', 'false')])} == 1`;
}

function progressing(spec: ServiceSpec, more: Parameters<typeof deploymentSeries>[3] = []): string {
  return deploymentSeries(spec, 'kube_deployment_status_condition', deploymentsOf(spec), [equals('condition', 'Progressing'), ...more]);
}

function alert(name: string, severity: Severity, forSeconds: number, expr: string, summary: string, description: string): PlannedAlert {
  return { name, severity, forSeconds, expr, summary, description };
}
