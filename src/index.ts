export { ApplicationSync, ArgoCdApplication, type ArgoCdApplicationProps, RouteEdits } from './cdk8s/argo-cd-application';
export { FluxKustomization, type FluxKustomizationProps } from './cdk8s/flux-kustomization';
export * from './cdk8s/many-charts-app';
export { RegionChart } from './cdk8s/region-chart';
export * from './cdk8s/region-sequence';
export * from './cdk8s/release-charts';
export { ReleaseValidation, type ReleaseValidationProps } from './cdk8s/release-validation';
export { ReleaseWorkflow } from './cdk8s/release-workflow';
export * from './cdk8s/review';
export * from './cdk8s/review-result';
export * from './cdk8s/zero-downtime-service';

export { Analysis } from './spec/analysis/analysis';
export { type AnalysisQuery, type QueryBounds } from './spec/analysis/analysis-query';
export { type CloudWatchAnalysisOptions } from './spec/analysis/cloud-watch';
export { type CloudWatchData, type CloudWatchDimension, type CloudWatchQuery } from './spec/analysis/cloud-watch-query';
export { PrometheusAuthentication, type PrometheusCredentials } from './spec/analysis/credentials';
export { type DatadogAnalysisOptions } from './spec/analysis/datadog';
export { type PrometheusAnalysisOptions } from './spec/analysis/prometheus';
export {
  type HttpMetricsOptions, type IngressNginxMetricsOptions, type IstioMetricsOptions, IstioReporter, PrometheusMetrics,
} from './spec/analysis/prometheus-metrics';
export { type ComparisonOptions, type ThresholdOptions } from './spec/analysis/thresholds';
export { type AnalysisTimingOptions } from './spec/analysis/timing';
export * from './spec/companion';
export * from './spec/container-settings';
export * from './spec/database';
export { Env, EnvFrom } from './spec/env';
export * from './spec/external';
export * from './spec/health';
export { type KedaAuthenticationRef, KedaMetricType, type KedaPrometheusOptions, KedaTrigger, type KedaTriggerOptions } from './spec/keda-trigger';
export * from './spec/kubernetes-version';
export { type DescribedObject, Metric } from './spec/metric';
export { Monitoring, type PrometheusOperatorOptions } from './spec/monitoring';
export { NetworkPeer } from './spec/network-peer';
export * from './spec/overrides';
export * from './spec/pod-settings';
export * from './spec/pods';
export { type GrpcProbeOptions, type HttpProbeOptions, Probe, type TcpProbeOptions } from './spec/probe';
export { Protocol } from './spec/protocol';
export { type AutoscalingOptions, type KedaOptions, Replicas } from './spec/replicas';
export * from './spec/regions/region-sequence-props';
export * from './spec/resources';
export * from './spec/risk';
export { type AbTestOptions } from './spec/rollout/ab-test';
export { type BlueGreenOptions, Promotion } from './spec/rollout/blue-green';
export { type CanaryOptions } from './spec/rollout/canary';
export { FlaggerWebhook, type FlaggerWebhookOptions } from './spec/rollout/flagger-webhook';
export { type HeaderMatch } from './spec/rollout/header-match';
export { type RollingOptions } from './spec/rollout/rolling';
export { Rollout } from './spec/rollout/rollout';
export {
  type ArgoRolloutsOptions, Colour, type FlaggerOptions, IstioSplit, type NativeOptions, RolloutEngine, StableScale, TakeOver, VersionAntiAffinity,
} from './spec/rollout/rollout-engine';
export { type SessionCookieOptions } from './spec/rollout/session-cookie';
export * from './spec/security';
export * from './spec/service-account';
export * from './spec/shutdown';
export * from './spec/spread';
export * from './spec/traffic/aws';
export * from './spec/traffic/cluster-internal';
export * from './spec/traffic/gateway-api';
export * from './spec/traffic/ingress-nginx';
export * from './spec/traffic/istio';
export { Traffic } from './spec/traffic/traffic';
export { type MountOptions, Volume } from './spec/volume';
export * from './spec/zero-downtime-service-props';

export * from './plan/decision';
export { type ReleaseFacts, ReleaseRisk } from './plan/rollout/advice/release-facts';
export { RolloutAdvice } from './plan/rollout/advice/rollout-advice';
export * from './plan/service-plan';

export { type GitHubActionsOptions, type WorkflowStep } from './pipeline/workflow-spec';
