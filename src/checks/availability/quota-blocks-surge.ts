import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { hasTrafficRouting, releaseStepOf } from './release-step';
import { podsKeptBy } from './serving-workloads';
import type { ClusterObject } from '../../cluster/identity';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';
import type { RuleContext, Rule } from '../rule';

const QUOTA = `
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: payments }
spec:`;

/** A namespace has room for the pods that a release adds. */
export const QUOTA_BLOCKS_SURGE: Rule = {
  id: 'quota-blocks-surge',
  severity: 'warning',
  title: 'A quota of pods leaves room for the pods that a release adds.',
  why: 'Pods count against a quota until they have ended. Where the workloads of a namespace and the surge of one of them are more than its quota, the '
    + 'pods that a release adds are not admitted; where it takes none away first it stands still until its progress deadline. Pods that are still '
    + 'ending count too, so more room is needed than this bound says.',
  inequality: 'pods ≥ Σ replicas + maxSurge',
  sources: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/#object-count-quota', 'https://github.com/kubernetes/enhancements/issues/3973'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 4
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
${QUOTA} { hard: { pods: "4" } }
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 4
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
${QUOTA} { hard: { pods: "10" } }
`,
  check: (context) => context.cluster.ofKind('ResourceQuota').flatMap((quota) => {
    const { field, pods: hard } = podQuotaOf(quota);
    const workloads = context.relations.workloadsIn(quota.namespace);
    const kept = workloads.reduce((sum, workload) => sum + (podsKeptBy(context.relations, workload)?.min ?? 0), 0);
    const [worst] = workloads.map((workload) => ({ workload, surge: blockedSurge(context, workload) })).sort((one, other) => other.surge - one.surge);
    return hard === undefined || !worst || worst.surge === 0 || kept + worst.surge <= hard ? [] : [{
      object: quota,
      field,
      message: `the workloads of namespace ${quota.namespace} keep at least ${kept} pods and a release of ${worst.workload.kind} ${worst.workload.name} adds `
        + `${worst.surge}, but only ${hard} are admitted, so it stands still`,
      actual: `${hard} pods`,
      required: `≥ ${kept + worst.surge} pods`,
      fix: `set spec.hard.${String(field.path[2])} to at least ${kept + worst.surge}, and more for pods that are still ending`,
    }];
  }),
};

/** A quota with scopes is over some pods only, which ones manifests do not always show. */
function podQuotaOf({ field }: ClusterObject): { readonly field: Field; readonly pods?: number } {
  const spec = field.get('spec');
  const isScoped = spec.get('scopes').exists || spec.get('scopeSelector').exists;
  const hard = ['pods', 'count/pods'].map((name) => spec.get('hard', name)).find(({ exists }) => exists) ?? spec.get('hard', 'pods');
  return { field: hard, pods: isScoped ? undefined : hard.quantity() };
}

/** The pods that a release adds before it takes any away; a second set where requests are shifted between two. */
function blockedSurge({ relations, kubernetesMinor }: RuleContext, workload: Workload): number {
  const pods = podsKeptBy(relations, workload)?.min ?? 0;
  if (workload.strategy.type === 'blueGreen' || hasTrafficRouting(workload)) {
    return pods;
  }
  const step = releaseStepOf(workload, pods, kubernetesMinor);
  return step && step.unavailable === 0 ? step.surge : 0;
}
