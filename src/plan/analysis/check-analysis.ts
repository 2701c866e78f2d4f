import type { MeasuredVersions } from './measured-versions';
import { isToldBySource, reporterOf } from './series';
import type { AnalysisSpec, CloudWatchSourceSpec, PrometheusSourceSpec } from '../../spec/analysis/analysis-spec';
import { IstioReporter, type PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import type { ThresholdSpec } from '../../spec/analysis/thresholds';
import { Protocol } from '../../spec/protocol';
import type { EngineSpec } from '../../spec/rollout/rollout-engine';
import type { ServiceSpec } from '../../spec/service-spec';

const ENGINES: Record<EngineSpec['kind'], string> = {
  argoRollouts: 'RolloutEngine.argoRollouts()', flagger: 'RolloutEngine.flagger()', native: 'RolloutEngine.native()',
};

/** What an analysis is held against. */
export interface AnalysisCheck {
  readonly spec: ServiceSpec;
  readonly engine: EngineSpec;
  readonly analysis: AnalysisSpec;
  /** The metrics that thresholds are read from, where there are any. */
  readonly metrics?: PrometheusMetricsSpec;
  readonly versions: MeasuredVersions;
  /** Whether the old version takes no traffic while it is made. */
  readonly isAfterSwitch: boolean;
}

/** What is wrong with an analysis under its engine and ways in. */
export function analysisProblems(check: AnalysisCheck): string[] {
  const { source } = check.analysis;
  const ofSource = source.kind === 'prometheus' ? prometheusProblems(check, source) : cloudProblems(check);
  return [...ofSource, ...comparisonProblems(check)];
}

function comparisonProblems({ analysis, isAfterSwitch }: AnalysisCheck): string[] {
  const compared = analysis.thresholds.some(({ kind }) => isComparison(kind));
  return isAfterSwitch && compared
    ? ['Analysis.prometheus compares with the old version, which takes no requests once a blue-green release has switched; '
      + 'leave maxErrorRateIncrease and maxP99Ratio out, or give maxErrorRate and maxP99 instead']
    : [];
}

function isComparison(kind: ThresholdSpec['kind']): boolean {
  return kind === 'errorRateIncrease' || kind === 'p99Ratio';
}

function prometheusProblems(check: AnalysisCheck, { queries }: PrometheusSourceSpec): string[] {
  const { spec, analysis: { thresholds }, metrics } = check;
  if (thresholds.length === 0) {
    return podNameProblems(check, queries.length > 0);
  }
  switch (metrics?.kind) {
    case undefined: return ['Analysis.prometheus needs metrics for its thresholds, because nothing of the declared traffic counts gRPC calls by version; '
      + 'give metrics, such as PrometheusMetrics.http({ requests: \'grpc_server_handled_total\', … })'];
    case 'istio': return istioProblems(check, queries.length > 0, metrics);
    case 'ingressNginx': return [...ingressNginxProblems(spec, thresholds), ...podNameProblems(check, queries.length > 0)];
    case 'http': return podNameProblems(check, true);
  }
}

function istioProblems(check: AnalysisCheck, hasQueries: boolean, metrics: { readonly reporter?: IstioReporter }): string[] {
  const bySource = reporterOf(check.spec, metrics) === IstioReporter.SOURCE;
  const untold = bySource && !isToldBySource(check.spec)
    ? ['PrometheusMetrics.istio reporter SOURCE does not tell the versions apart where Argo Rollouts has one Service for both; '
      + 'give IstioReporter.DESTINATION, or IstioSplit.HOSTS to a canary'] : [];
  return [...untold, ...podNameProblems(check, hasQueries || !bySource)];
}

function ingressNginxProblems({ traffic, rollout, protocol }: ServiceSpec, thresholds: readonly ThresholdSpec[]): string[] {
  const problems: string[] = [];
  if (!traffic.some(({ kind }) => kind === 'ingressNginx')) {
    problems.push('PrometheusMetrics.ingressNginx needs Traffic.ingressNginx, whose controller counts the requests; declare it, or give other metrics');
  }
  if (rollout.kind === 'blueGreen') {
    problems.push('PrometheusMetrics.ingressNginx does not tell the versions of a blue-green release apart, because its series carry no label of them; '
      + 'give PrometheusMetrics.http() or another');
  }
  if (protocol === Protocol.GRPC && thresholds.some(({ kind }) => kind === 'errorRate' || kind === 'errorRateIncrease')) {
    problems.push('PrometheusMetrics.ingressNginx counts no failed gRPC call, because its status is not that of HTTP; give PrometheusMetrics.http() with the program\'s own metrics');
  }
  return problems;
}

/** Kubernetes keeps 58 characters of what a pod's name begins with: of a longer one, part of the hash or of the version is lost. */
const KEPT = 58;
const LONGEST_HASH = 10;

function podNameProblems({ spec, engine, versions }: AnalysisCheck, byPods: boolean): string[] {
  const base = Math.max(...[versions.canary, versions.stable].map(({ workload }) => (workload ?? spec.name).length));
  const excess = base + `-${'h'.repeat(LONGEST_HASH)}-`.length - KEPT;
  return byPods && excess > 0
    ? [`name ${spec.name} of ${spec.name.length} characters must have at most ${spec.name.length - excess} for an analysis by pods under ${ENGINES[engine.kind]}, `
      + 'because Kubernetes cuts the names of pods where it tells the versions apart']
    : [];
}

function cloudProblems({ spec, engine, analysis: { source, thresholds } }: AnalysisCheck): string[] {
  if (engine.kind === 'native') {
    return [`Analysis.${source.kind} cannot be read by zero-downtime analyze under ${ENGINES.native}; give Analysis.prometheus, or another engine`];
  }
  if (source.kind === 'datadog') {
    return engine.kind === 'flagger' && source.secretName === undefined
      ? ['Analysis.datadog needs secretName under RolloutEngine.flagger(), which has no Secret of its own'] : [];
  }
  return [
    ...engine.kind === 'flagger' ? flaggerCloudWatchProblems(source as CloudWatchSourceSpec, thresholds) : [],
    ...thresholds.length === 0 ? [] : loadBalancerProblems(spec),
  ];
}

function flaggerCloudWatchProblems({ region }: CloudWatchSourceSpec, thresholds: readonly ThresholdSpec[]): string[] {
  return [
    ...region === undefined ? ['Analysis.cloudWatch needs region under RolloutEngine.flagger()'] : [],
    ...thresholds.length === 0 ? [] : ['Analysis.cloudWatch thresholds cannot be read under RolloutEngine.flagger(), which splits no traffic of a load balancer of AWS; '
      + 'give queries, or RolloutEngine.argoRollouts()'],
  ];
}

function loadBalancerProblems({ traffic, rollout, protocol }: ServiceSpec): string[] {
  const isTold = traffic.some(({ kind }) => kind === 'awsLoadBalancer') && rollout.kind !== 'blueGreen';
  return [
    ...isTold ? [] : ['Analysis.cloudWatch thresholds are read from a load balancer that splits traffic between two target groups; '
      + 'declare Traffic.awsLoadBalancer with a canary or an A/B test, or give queries'],
    ...protocol === Protocol.GRPC ? ['Analysis.cloudWatch thresholds cannot be read of gRPC, whose failures the load balancer does not count; give queries'] : [],
  ];
}
