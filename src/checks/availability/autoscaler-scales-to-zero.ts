import type { Autoscaler } from '../../cluster/autoscaler';
import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { servingWorkloads } from './serving-workloads';

const SCALED = `${SERVICE}${DEPLOYMENT}
  ${PODS}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: payments }
spec:
  scaleTargetRef: { name: payments }
  maxReplicaCount: 9
  triggers: [{ type: prometheus, metadata: { serverAddress: "http://prometheus:9090", query: "sum(rate(requests[1m]))", threshold: "100" } }]`;

/** A workload that serves is not scaled to nothing. */
export const AUTOSCALER_SCALES_TO_ZERO: Rule = {
  id: 'autoscaler-scales-to-zero',
  severity: 'warning',
  title: 'A workload that serves requests is never scaled to zero.',
  why: 'A Service without pods refuses requests; nothing holds them until a pod is there. KEDA scales to zero where minReplicaCount is not written, or '
    + 'where idleReplicaCount is 0, and the request that ends the quiet time is lost, with all others until the first pod is ready.',
  inequality: 'minReplicaCount ≥ 1',
  sources: ['https://keda.sh/docs/latest/reference/scaledobject-spec/#minreplicacount'],
  failing: `${SCALED}
`,
  passing: `${SCALED}
  minReplicaCount: 2
`,
  check: ({ relations }) => servingWorkloads(relations).flatMap((workload) => relations.autoscalersOf(workload).flatMap((autoscaler) => {
    const field = zeroOf(autoscaler);
    return !field ? [] : [{
      object: autoscaler,
      field,
      message: `${autoscaler.kind} ${autoscaler.name} takes the last pod of ${workload.kind} ${workload.name} away where load is low, `
        + 'and requests are refused until one is ready again',
      actual: '0 pods',
      required: '≥ 1 pod',
      fix: autoscaler.min > 0 ? 'remove idleReplicaCount' : `set ${autoscaler.kind === 'ScaledObject' ? 'minReplicaCount' : 'minReplicas'} to at least 2`,
    }];
  })),
};

function zeroOf({ field, min, minField }: Autoscaler) {
  const idle = field.get('spec', 'idleReplicaCount');
  return min === 0 ? minField : idle.integer() === 0 ? idle : undefined;
}
