import { renderConditions } from './conditions';
import { CANARY_TARGET_GROUP, LOAD_BALANCER } from '../../plan/analysis/cloud-watch-metrics';
import { type MeasuredVersions, measuredVersionsOf } from '../../plan/analysis/measured-versions';
import type { PlannedAnalysis, PlannedMetric, PlannedSource } from '../../plan/analysis/planned-analysis';
import type { Planned } from '../../plan/planned-service';
import { CANARY_HASH, STABLE_HASH } from '../../plan/rollout/versions';
import { type CredentialsSpec, PrometheusAuthentication } from '../../spec/analysis/credentials';
import { type Manifest, metadataOf, withoutAbsent } from '../manifest';

/** The argument that holds what comes after the scheme in the header `Authorization`. */
const CREDENTIALS = 'prometheus-credentials';

/**
 * Renders an AnalysisTemplate of Argo Rollouts.
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
export function renderAnalysisTemplate(planned: Planned, analysis: PlannedAnalysis, name: string): Manifest {
  const versions = measuredVersionsOf(planned.rollout, planned.spec.name);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadataOf(planned, {}, { name }),
    spec: {
      args: [...renderAnalysisArgs(analysis).map((arg) => ({ name: arg.name })), ...renderCredentials(analysis.source)],
      metrics: analysis.metrics.map((metric) => renderMetric(analysis, metric, versions)),
    },
  };
}

function renderMetric(analysis: PlannedAnalysis, metric: PlannedMetric, versions: MeasuredVersions): object {
  return {
    name: metric.name,
    initialDelay: `${analysis.initialDelay}s`,
    interval: `${analysis.interval}s`,
    count: analysis.count,
    ...renderConditions(analysis.source.kind, metric),
    failureLimit: analysis.failureLimit,
    inconclusiveLimit: analysis.inconclusiveLimit,
    consecutiveErrorLimit: analysis.consecutiveErrorLimit,
    provider: renderProvider(analysis, metric.queryFor(versions)),
  };
}

function renderProvider({ source, window }: PlannedAnalysis, query: string): object {
  switch (source.kind) {
    case 'prometheus': return { prometheus: withoutAbsent({ address: source.address, headers: renderHeaders(source.credentials), query }) };
    case 'cloudWatch': return { cloudWatch: { interval: `${2 * window}s`, metricDataQueries: JSON.parse(query) } };
    case 'datadog': return {
      datadog: withoutAbsent({
        apiVersion: 'v2',
        interval: `${window}s`,
        secretRef: source.secretName === undefined ? undefined : { name: source.secretName, namespaced: true },
        query,
      }),
    };
  }
}

function renderHeaders(credentials: CredentialsSpec | undefined): object[] | undefined {
  const scheme = credentials?.authentication === PrometheusAuthentication.BASIC ? 'Basic' : 'Bearer';
  return credentials && [{ key: 'Authorization', value: `${scheme} {{args.${CREDENTIALS}}}` }];
}

function renderCredentials(source: PlannedSource): object[] {
  if (source.kind !== 'prometheus' || source.credentials === undefined) {
    return [];
  }
  const { secretName, authentication } = source.credentials;
  const key = authentication === PrometheusAuthentication.BASIC ? 'basic' : 'token';
  return [{ name: CREDENTIALS, valueFrom: { secretKeyRef: { name: secretName, key } } }];
}

/** An argument that a Rollout gives to its analysis. */
export interface AnalysisArg {
  readonly name: string;
  readonly valueFrom: object;
}

/** Renders the arguments that a Rollout gives to its analysis: what tells the versions of this release apart. */
export function renderAnalysisArgs(analysis?: PlannedAnalysis): AnalysisArg[] {
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return analysis?.source.kind === 'cloudWatch' && analysis.source.readsTargetGroups ? [
    ...hashes(),
    field(LOAD_BALANCER, 'status.alb.loadBalancer.fullName'),
    field(CANARY_TARGET_GROUP, 'status.alb.canaryTargetGroup.fullName'),
  ] : hashes();
}

function hashes(): AnalysisArg[] {
  return [
    { name: CANARY_HASH, valueFrom: { podTemplateHashValue: 'Latest' } },
    { name: STABLE_HASH, valueFrom: { podTemplateHashValue: 'Stable' } },
  ];
}
