import { Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  Analysis, GitHubActionsOptions, Promotion, ReleaseWorkflow, Rollout, RolloutEngine, Traffic, ZeroDowntimeService, ZeroDowntimeServiceProps,
} from 'zero-downtime';
import { MINIMAL } from '../manifests/synthesized';

export const ANALYSIS = () => Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01 });
export const ISTIO = () => Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] });
export const ALB = () => Traffic.awsLoadBalancer({ hosts: ['pay.example.com'] });
export const NGINX = () => Traffic.ingressNginx({ hosts: ['n.example.com'] });
export const HTTP_ROUTE = () => Traffic.httpRoute({ gateways: [{ name: 'public', namespace: 'gateways' }], hosts: ['r.example.com'] });

/** One service in an App of its own. */
export function service(props: Partial<ZeroDowntimeServiceProps> = {}, name = 'payments'): ZeroDowntimeService {
  return new ZeroDowntimeService(new Chart(Testing.app(), `${name}-chart`, { namespace: 'shop' }), name, { ...MINIMAL, ...props });
}

/** One declaration for each engine, and for each way in which a release waits for somebody. */
export const RELEASED = {
  rolling: () => service(),
  argo: () => service({ traffic: [ISTIO()], rollout: Rollout.canary({ steps: [5, 50], analysis: ANALYSIS() }) }),
  argoApproved: () => service({ traffic: [ISTIO()], rollout: Rollout.canary({ steps: [5, 50], approvalAt: [5, 50], analysis: ANALYSIS() }) }),
  argoBlueGreen: () => service({ rollout: Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL }) }),
  flagger: () => service({
    traffic: [ISTIO()], rollout: Rollout.canary({ steps: [5, 50], analysis: ANALYSIS(), engine: RolloutEngine.flagger() }),
  }),
  native: () => service({
    traffic: [ISTIO()], rollout: Rollout.canary({ steps: [5, 50], analysis: ANALYSIS(), engine: RolloutEngine.native() }),
  }),
  nativeApproved: () => service({
    traffic: [ISTIO()], rollout: Rollout.canary({ steps: [5, 50], approvalAt: [50], engine: RolloutEngine.native() }),
  }),
  nativeBlueGreen: () => service({
    rollout: Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL, analysis: ANALYSIS(), engine: RolloutEngine.native() }),
  }),
} as const;

export const ACCESS = [{ name: 'cluster', run: 'kubectl config use-context production' }];

/** The text of a workflow. */
export function workflowText(services: ZeroDowntimeService[], options: Partial<GitHubActionsOptions> = {}): string {
  return ReleaseWorkflow.gitHubActions(services, { clusterAccess: ACCESS, ...options }).toYaml();
}

/* eslint-disable @typescript-eslint/no-explicit-any */
/** A workflow as GitHub reads it. */
export function workflow(services: ZeroDowntimeService[], options: Partial<GitHubActionsOptions> = {}): any {
  return parse(workflowText(services, options));
}

/** The step of this name. */
export function stepOf(job: any, name: string): any {
  return job.steps.find((step: any) => step.name === name);
}
