import { labelSelectorOf } from '../../cluster/label-selector';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { podAntiAffinityTermsOf } from './pod-anti-affinity';

const SPREAD = `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway,
            labelSelector: { matchLabels: { app: payments } } }
`;

/** What spreads pods is about these pods. */
export const SPREAD_SELECTS_NOTHING: Rule = {
  id: 'spread-selects-nothing',
  severity: 'warning',
  title: 'A spread constraint selects the pods in whose template it stands.',
  why: 'The scheduler counts the pods that the labelSelector of a constraint chooses, on each node or in each zone. Where it does not choose the pods '
    + 'themselves, each counts as nothing for the next, and all of them may be put on one node; without a labelSelector it chooses none. The same goes '
    + 'for an anti-affinity whose selector chooses no pod at all.',
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#implicit-conventions'],
  failing: SPREAD.replace(/payments \} \} \}\n$/, 'payment } } }\n'),
  passing: SPREAD,
  check: ({ cluster, relations }) => cluster.workloads.flatMap((workload) => {
    const constraints = workload.template.spec.get('topologySpreadConstraints').items().filter((constraint) => !chooses(constraint, workload));
    const others = relations.workloadsIn(workload.namespace);
    const terms = podAntiAffinityTermsOf(workload).filter((term) => !isAbroad(term) && others.every((other) => !chooses(term, other)));
    return [...constraints, ...terms].map((field) => ({
      object: workload,
      field: field.get('labelSelector'),
      message: field.get('labelSelector').exists
        ? `${labelSelectorOf(field.get('labelSelector')).text} does not choose the pods of ${workload.kind} ${workload.name}, `
          + `so nothing spreads them over ${field.get('topologyKey').string() ?? 'nodes'}`
        : `without a labelSelector nothing spreads the pods of ${workload.kind} ${workload.name} over ${field.get('topologyKey').string() ?? 'nodes'}`,
      fix: 'set labelSelector.matchLabels to labels of this pod template',
    }));
  }),
};

function chooses(constraint: Field, { template }: Workload): boolean {
  const selector = constraint.get('labelSelector');
  return selector.exists && labelSelectorOf(selector).matches(template.labels);
}

/** Whether a term of an anti-affinity is about other namespaces, whose pods may be elsewhere. */
function isAbroad(term: Field): boolean {
  return term.get('namespaces').exists || term.get('namespaceSelector').exists;
}
