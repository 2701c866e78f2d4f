import type { Autoscaler } from '../../cluster/autoscaler';
import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

const SECOND = AUTOSCALER.replace('name: payments', 'name: payments-memory');

/** One autoscaler decides. */
export const SEVERAL_AUTOSCALERS: Rule = {
  id: 'several-autoscalers',
  severity: 'error',
  title: 'A workload has one autoscaler.',
  why: 'Each of two autoscalers sets the number of pods to what it finds right by its own metrics, every 15 seconds, and undoes what the other did: pods '
    + 'that carry load are ended and made again without end. One autoscaler with several metrics takes the highest number instead.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-on-multiple-metrics'],
  failing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
${SECOND}
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
    const own = relations.autoscalersOf(workload).filter((autoscaler) => !isMadeByKeda(autoscaler));
    const named = [...new Map(own.map((autoscaler) => [`${autoscaler.kind} ${autoscaler.name}`, autoscaler]))];
    return named.length < 2 ? [] : [{
      object: named[1][1],
      field: named[1][1].target.field,
      message: `${named.map(([name]) => name).join(' and ')} both set the number of pods of ${workload.kind} ${workload.name} and undo each other's decisions`,
      actual: `${named.length} autoscalers`,
      required: '1 autoscaler',
      fix: 'put all metrics into one autoscaler',
    }];
  }),
};

/** KEDA makes an autoscaler of each ScaledObject: they are one. */
function isMadeByKeda({ field }: Autoscaler): boolean {
  return field.get('metadata', 'ownerReferences').items().some((owner) => owner.get('kind').string() === 'ScaledObject');
}
