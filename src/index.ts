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

export * from './spec';

export * from './plan/decision';
export { type ReleaseFacts, ReleaseRisk } from './plan/rollout/advice/release-facts';
export { RolloutAdvice } from './plan/rollout/advice/rollout-advice';
export * from './plan/service-plan';

export { type GitHubActionsOptions, type WorkflowStep } from './pipeline/workflow-spec';
