import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** One of the manifest and the autoscaler decides how many pods there are. */
export const AUTOSCALER_WITH_REPLICAS: Rule = {
  id: 'autoscaler-with-replicas',
  severity: 'warning',
  title: 'A workload with an autoscaler has no replicas written.',
  why: 'Whoever applies a manifest with replicas sets the number back to it, also in the middle of the day, and ends all pods that the autoscaler had '
    + 'added for the load; it takes minutes to add them again. Leave the field out. Where it was applied before, its removal alone would set one pod: '
    + 'hand the field over first, as the source describes.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
    'https://github.com/kubernetes/kubernetes/issues/25238',
  ],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 3
  ${PODS}
${AUTOSCALER}
  minReplicas: 3
  maxReplicas: 9
`,
  passing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 3
  maxReplicas: 9
`,
  check: ({ cluster, relations }) => cluster.workloads.flatMap((workload) => {
    const [autoscaler] = relations.autoscalersOf(workload);
    // A written 0 turns a workload off, and a HorizontalPodAutoscaler leaves it so: of two colours the one without traffic is.
    return !autoscaler || !workload.replicas ? [] : [{
      object: workload,
      field: workload.replicasField,
      message: `each apply sets ${workload.kind} ${workload.name} back to ${workload.replicas}, whatever ${autoscaler.kind} ${autoscaler.name} has made of it `
        + `between ${autoscaler.min} and ${autoscaler.max}`,
      actual: `replicas ${workload.replicas}`,
      required: 'no replicas',
      fix: 'leave replicas out, after its ownership has been handed over to the autoscaler',
    }];
  }),
};
