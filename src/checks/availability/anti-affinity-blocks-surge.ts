import { labelSelectorOf } from '../../cluster/label-selector';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { requiredAntiAffinityTermsOf } from './pod-anti-affinity';
import { podsText } from './pods-text';
import { releaseStepOf } from './release-step';
import { podsKeptBy } from './serving-workloads';

const APART = `${SERVICE}${DEPLOYMENT}
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: payments } } }
`;

/** New pods find a node while the old ones still have theirs. */
export const ANTI_AFFINITY_BLOCKS_SURGE: Rule = {
  id: 'anti-affinity-blocks-surge',
  severity: 'info',
  title: 'A release does not need a node more than the workload has pods.',
  why: 'With a required anti-affinity over nodes no two pods share one, old or new. A release that takes no pod away first needs a free node for the pod '
    + 'that it adds; where all nodes have one it waits until its progress deadline.',
  inequality: 'nodes ≥ replicas + 1',
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity'],
  failing: APART,
  passing: APART.replace('matchLabels: { app: payments } } }\n', 'matchLabels: { app: payments } }, matchLabelKeys: [pod-template-hash] }\n'),
  check: ({ cluster, relations, kubernetesMinor }) => cluster.workloads.flatMap((workload) => {
    const pods = podsKeptBy(relations, workload)?.min ?? 0;
    const { surge, unavailable } = releaseStepOf(workload, pods, kubernetesMinor) ?? { surge: 0, unavailable: 0 };
    const term = requiredAntiAffinityTermsOf(workload).find((candidate) => keepsApart(candidate, workload));
    return !term || pods === 0 || surge === 0 || unavailable > 0 ? [] : [{
      object: workload,
      field: term,
      message: `no two pods of ${workload.kind} ${workload.name} may share a node and none is taken away first, `
        + `so a release of ${podsText(pods)} waits unless ${pods + 1} nodes have room for one`,
      required: `≥ ${pods + 1} nodes`,
      fix: 'add matchLabelKeys [pod-template-hash] to the term, or prefer the anti-affinity instead of requiring it',
    }];
  }),
};

/** Whether a term keeps a workload's old pods and new ones from sharing a node. */
function keepsApart(term: Field, { template }: Workload): boolean {
  const keys = term.get('matchLabelKeys').items().map((key) => key.string());
  const isOfRevision = keys.includes('pod-template-hash') || keys.includes('rollouts-pod-template-hash');
  const selector = term.get('labelSelector');
  const isOverNodes = term.get('topologyKey').string() === 'kubernetes.io/hostname';
  return isOverNodes && !isOfRevision && selector.exists && labelSelectorOf(selector).matches(template.labels);
}
