import { configMap, secret } from './api-server-rules/config-maps';
import { horizontalPodAutoscaler, podDisruptionBudget } from './api-server-rules/disruption-and-scaling';
import { Field } from './api-server-rules/field';
import { ingress } from './api-server-rules/ingresses';
import { objectMeta } from './api-server-rules/metadata';
import { podSpec } from './api-server-rules/pod-template';
import { service } from './api-server-rules/services';
import { argoRollout, cronJob, daemonSet, deployment, job, replicaSet, statefulSet } from './api-server-rules/workloads';
import { Finding, findingLines, isObject, subjectOf } from './manifest-finding';

/** By group and kind: a custom resource may share a kind's name. */
const RULES: Record<string, (manifest: Field) => void> = {
  'ConfigMap': configMap,
  'Secret': secret,
  'Service': service,
  'Pod': (manifest) => podSpec(manifest.get('spec')),
  'apps/Deployment': deployment,
  'apps/ReplicaSet': replicaSet,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'argoproj.io/Rollout': argoRollout,
  'batch/Job': job,
  'batch/CronJob': cronJob,
  'policy/PodDisruptionBudget': podDisruptionBudget,
  'autoscaling/HorizontalPodAutoscaler': horizontalPodAutoscaler,
  'networking.k8s.io/Ingress': ingress,
};

/** What the API server refuses although the schemas allow it: one readable line for each violation. */
export function apiServerRules(manifest: unknown): string[] {
  if (!isObject(manifest)) {
    return [`${subjectOf(manifest)}: /: must be an object`];
  }
  const findings: Finding[] = [];
  const root = Field.root(manifest, findings);
  objectMeta(root);
  const group = /^(.+)\/[^/]+$/.exec(root.get('apiVersion').text ?? '')?.[1];
  const kind = root.get('kind').text ?? '';
  RULES[group === undefined ? kind : `${group}/${kind}`]?.(root);
  return findingLines(manifest, findings);
}
