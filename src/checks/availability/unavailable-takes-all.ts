import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { keepsData, REPLICATE } from './kept-data';
import { podsText } from './pods-text';
import { releaseStepOf } from './release-step';
import type { Workload } from '../../cluster/workload';
import type { Rule, RuleContext } from '../rule';
import { podsKeptBy, servingWorkloads } from './serving-workloads';

/** A release leaves enough pods. */
export const UNAVAILABLE_TAKES_ALL: Rule = {
  id: 'unavailable-takes-all',
  severity: 'error',
  title: 'A release leaves as many pods as carry the load.',
  why: 'During a release the controller may take maxUnavailable pods away before their successors are ready. Where those are all of them, or so many '
    + 'that the rest cannot carry the load, requests are lost at every release. A StatefulSet ends each pod before it starts its successor, so one of '
    + 'a single pod has none in between; nor has it where that pod is evicted.',
  inequality: 'replicas − maxUnavailable ≥ required-ready',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates',
  ],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 2 } }
  ${PODS}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
`,
  check: (context) => servingWorkloads(context.relations).flatMap((workload) => {
    const pods = fewestPods(context, workload);
    const unavailable = pods === undefined ? 0 : releaseStepOf(workload, pods, context.kubernetesMinor)?.unavailable ?? 0;
    const required = context.assumptionsOf(workload).numberOf('required-ready');
    if (pods === undefined || unavailable === 0 || pods - unavailable >= required) {
      return [];
    }
    const isReplaced = workload.kind === 'Deployment' || workload.kind === 'Rollout';
    return [{
      object: workload,
      field: isReplaced || workload.kind === 'DaemonSet' ? workload.strategy.maxUnavailableField : workload.replicasField,
      message: pods === unavailable
        ? `a release${pods === 1 ? ', like an eviction, takes the only pod' : ` takes all ${pods} pods`} away before a successor is ready, so nobody answers until then`
        : `a release takes ${unavailable} of ${pods} pods away before successors are ready, so ${pods - unavailable} must carry the load of ${required}`,
      actual: podsText(pods - unavailable),
      required: `≥ ${podsText(required)}`,
      fix: fixFor(workload, required + unavailable, isReplaced),
    }];
  }),
};

/** Whether a release takes the only pod away before its successor is ready. */
export function leavesNone(context: RuleContext, workload: Workload): boolean {
  const pods = fewestPods(context, workload);
  return pods === 1 && releaseStepOf(workload, pods, context.kubernetesMinor)?.unavailable === 1;
}

function fixFor(workload: Workload, needed: number, isReplaced: boolean): string {
  if (isReplaced) {
    return 'set maxUnavailable to 0 and maxSurge to 1';
  }
  return workload.kind === 'DaemonSet' ? 'set maxUnavailable to 1' : `set replicas to at least ${needed}${keepsData(workload) ? REPLICATE : ''}`;
}

/** On how many nodes a DaemonSet runs is only known where somebody says so; of `100%` that is not needed. */
function fewestPods({ relations, assumptionsOf }: RuleContext, workload: Workload): number | undefined {
  const kept = podsKeptBy(relations, workload);
  const assumptions = assumptionsOf(workload);
  const isKnown = assumptions.tryFind('nodes')?.origin !== 'default' || workload.strategy.maxUnavailable === '100%';
  return kept ? kept.min : isKnown ? assumptions.numberOf('nodes') : undefined;
}
