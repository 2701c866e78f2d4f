import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { keepsData, REPLICATE } from './kept-data';
import { servingWorkloads } from './serving-workloads';
import { leavesNone } from './unavailable-takes-all';

/** A workload that serves has two pods. */
export const SINGLE_REPLICA: Rule = {
  id: 'single-replica',
  severity: 'warning',
  title: 'A workload that serves requests keeps at least two pods.',
  why: 'A single pod may be taken away at any time: a node is drained or lost, the kubelet evicts it, a preemption needs its place. Nothing starts '
    + 'its successor beforehand, because a surge belongs to releases alone, so nobody answers from its end until another has been scheduled, '
    + 'has pulled its image and is ready.',
  inequality: 'replicas ≥ 2, minReplicas ≥ 2',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/disruptions/', 'https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/'],
  failing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 1
  maxReplicas: 6
`,
  passing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
`,
  check: (context) => servingWorkloads(context.relations).filter(({ kind }) => kind !== 'DaemonSet').flatMap((workload) => {
    const { relations } = context;
    const [autoscaler] = relations.autoscalersOf(workload);
    const { min } = relations.replicasOf(workload);
    // Where releases end the only pod as well, the rule about them says so, and the same remedy ends both.
    if (min !== 1 || leavesNone(context, workload)) {
      return [];
    }
    const number = autoscaler ? (autoscaler.kind === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas') : 'replicas';
    return [{
      object: autoscaler ?? workload,
      field: autoscaler ? autoscaler.minField : workload.replicasField,
      message: autoscaler
        ? `${autoscaler.kind} ${autoscaler.name} leaves ${workload.kind} ${workload.name} a single pod where load is low, so any eviction is an outage`
        : `${workload.kind} ${workload.name} keeps a single pod, so any eviction and any loss of its node is an outage`,
      actual: '1 pod',
      required: '≥ 2 pods',
      fix: `set ${number} to at least 2${keepsData(workload) ? REPLICATE : ''}`,
    }];
  }),
};
