import { isUnplaced } from './unplaced';
import type { Autoscaler } from '../../cluster/autoscaler';
import { groupOf } from '../../cluster/identity';
import type { Relations } from '../../cluster/relations';
import { WORKLOAD_KINDS } from '../../cluster/workload';
import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const MANIFESTS = `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
`;

/** An autoscaler has something to scale. */
export const AUTOSCALER_TARGET_MISSING: Rule = {
  id: 'autoscaler-target-missing',
  severity: 'error',
  title: 'An autoscaler names a workload that exists, by its own API group and kind.',
  why: 'An autoscaler that finds no target scales nothing and says so in its status alone. The workload that was meant keeps the number of pods with '
    + 'which it began, a single one where no replicas are written, whatever the load. The API group belongs to the name: without apiVersion a '
    + 'HorizontalPodAutoscaler looks for a Deployment in the core group, where there is none.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/', 'https://keda.sh/docs/latest/concepts/scaling-deployments/'],
  failing: MANIFESTS.replace('kind: Deployment, name: payments', 'kind: Deployment, name: payment'),
  passing: MANIFESTS,
  check: ({ cluster, relations }) => cluster.autoscalers.flatMap((autoscaler) => {
    const workload = relations.workloadScaledBy(autoscaler);
    const { kind, name, field } = autoscaler.target;
    if (workload) {
      const group = groupSoughtBy(autoscaler);
      return group === groupOf(workload) ? [] : [{
        object: autoscaler,
        field: field.get('apiVersion'),
        message: `${autoscaler.kind} ${autoscaler.name} looks for ${kind} ${name} in the API group "${group}", where there is none, and so scales nothing`,
        actual: `"${group}"`,
        required: `"${groupOf(workload)}"`,
        fix: `set scaleTargetRef.apiVersion to ${workload.apiVersion}`,
      }];
    }
    return !isMissing(relations, autoscaler) ? [] : [{
      object: autoscaler,
      field: field.get('name'),
      message: `${autoscaler.kind} ${autoscaler.name} targets ${kind} ${name}, which is not among the workloads read in namespace ${autoscaler.namespace}, `
        + 'and so scales nothing',
      fix: 'set scaleTargetRef to the kind and name of the workload to scale',
    }];
  }),
};

/** KEDA takes apps/v1 where nothing is written, Kubernetes the core group. */
function groupSoughtBy({ kind, target }: Autoscaler): string {
  return groupOf({ apiVersion: target.field.get('apiVersion').string() ?? (kind === 'ScaledObject' ? target.apiVersion : '') });
}

/** Kinds that are not read may be there all the same, and so may what Flagger makes. */
function isMissing(relations: Relations, { namespace, target }: Autoscaler): boolean {
  const isKnownKind = WORKLOAD_KINDS.some((kind) => kind.toLowerCase() === target.kind.toLowerCase());
  const isMade = flaggerCanariesOf(relations.cluster).some((canary) => canary.namespace === namespace && target.name === `${canary.target.name}-primary`);
  return isKnownKind && !isMade && !isUnplaced(relations.cluster, target.kind, target.name) && relations.workloadsIn(namespace).length > 0;
}
