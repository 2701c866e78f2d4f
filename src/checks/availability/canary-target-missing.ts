import { WORKLOAD_KINDS } from '../../cluster/workload';
import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { isUnplaced } from './unplaced';
import { flaggerCanariesOf, targetOf } from '../../cluster/flagger-canary';

const MANIFESTS = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
`;

/** A Canary has something to release. */
export const CANARY_TARGET_MISSING: Rule = {
  id: 'canary-target-missing',
  severity: 'error',
  title: 'A Flagger Canary names a workload that exists.',
  why: 'Flagger copies the target as a primary and points its Services at that. Without a target it makes neither, so the Service has no pods, and '
    + 'changes to what was meant as the target are never released.',
  sources: ['https://docs.flagger.app/usage/how-it-works#canary-target'],
  failing: MANIFESTS.replace('Deployment, name: payments }', 'Deployment, name: payment }'),
  passing: MANIFESTS,
  check: ({ cluster, relations }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const { target, namespace } = canary;
    const isJudged = (WORKLOAD_KINDS as readonly string[]).includes(target.kind) && relations.workloadsIn(namespace).length > 0;
    return !isJudged || targetOf(relations, canary) || isUnplaced(cluster, target.kind, target.name) ? [] : [{
      object: canary,
      field: target.field.get('name'),
      message: `${target.kind} ${target.name} is not among the workloads read in namespace ${namespace}, so Canary ${canary.name} releases nothing`,
      fix: 'set targetRef to the kind and name of the workload to release',
    }];
  }),
};
