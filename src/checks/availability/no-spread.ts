import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { podsKeptBy, servingWorkloads } from './serving-workloads';

/** The pods are not all on one node. */
export const NO_SPREAD: Rule = {
  id: 'no-spread',
  severity: 'info',
  title: 'The pods of a workload that serves requests are spread over nodes.',
  why: 'Pods on one node end together when it is lost. Where nothing is written the scheduler prefers to spread the pods of a Service, but only as one '
    + 'wish among others: it allows three more pods on one node than on another, and puts all of a few pods on a node that is new or has room.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#internal-default-constraints',
    'https://github.com/lobu-ai/lobu/pull/2548',
  ],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway,
            labelSelector: { matchLabels: { app: payments } }, matchLabelKeys: [pod-template-hash] }
`,
  check: ({ relations }) => servingWorkloads(relations).flatMap((workload) => {
    const { spec } = workload.template;
    const pods = podsKeptBy(relations, workload)?.min ?? 0;
    const isSpread = spec.get('topologySpreadConstraints').items().length > 0 || spec.get('affinity', 'podAntiAffinity').exists;
    return pods < 2 || isSpread ? [] : [{
      object: workload,
      field: spec.get('topologySpreadConstraints'),
      message: `only the scheduler's own preference keeps the ${pods} pods of ${workload.kind} ${workload.name} from sharing one node, `
        + 'and the loss of a node that they share is an outage',
      fix: 'add a topologySpreadConstraint over kubernetes.io/hostname with maxSkew 1',
    }];
  }),
};
