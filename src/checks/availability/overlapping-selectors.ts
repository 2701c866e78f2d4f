import { takenOverBy } from '../../cluster/argo-rollout';
import type { Relations } from '../../cluster/relations';
import type { Workload } from '../../cluster/workload';
import type { Rule } from '../rule';
import { DEPLOYMENT, PODS } from './example-manifests';

const WORKER = `${DEPLOYMENT}
  ${PODS}
---${DEPLOYMENT.replace('name: payments', 'name: payments-worker')}
  ${PODS}
`;

/** A workload chooses nobody else's pods. */
export const OVERLAPPING_SELECTORS: Rule = {
  id: 'overlapping-selectors',
  severity: 'warning',
  title: 'No workload\'s selector chooses the pods of another.',
  why: 'Owner references keep workloads from ending each other\'s pods, but everything that goes by a workload\'s selector counts both: its autoscaler '
    + 'averages over pods that it does not scale, kubectl shows the logs of the other, and a Service or a disruption budget with the same labels '
    + 'is over both. The selector cannot be changed later, because it is immutable.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  failing: WORKER,
  passing: WORKER.replace(/(payments-worker[^]*?matchLabels: \{ app: payments)([^]*?labels: \{ app: payments)/, '$1-worker$2-worker'),
  check: ({ cluster, relations }) => cluster.workloads.flatMap((workload) => {
    const [other] = relations.workloadsIn(workload.namespace).filter((candidate) => choosesPodsOf(workload, candidate));
    // Where both choose each other's pods the later one is told of it, once.
    const isTold = other && choosesPodsOf(other, workload) && isBefore(relations, workload, other);
    return !other || isTold ? [] : [{
      object: workload,
      field: workload.field.get('spec', 'selector'),
      message: `the selector ${workload.selector.text} of ${workload.kind} ${workload.name} also chooses the pods of ${other.kind} ${other.name}`,
      fix: `add a label to the selector and the template of ${workload.kind} ${workload.name} that ${other.kind} ${other.name} has not`,
    }];
  }),
};

/** The Deployment that a Rollout takes over has the same pods by intent; a workload that is written twice is one. */
function choosesPodsOf(workload: Workload, other: Workload): boolean {
  const isSame = workload.kind === other.kind && workload.name === other.name;
  const isIntended = isSame || takesOver(workload, other) || takesOver(other, workload);
  return !isIntended && !workload.selector.isEmpty && workload.selector.matches(other.template.labels);
}

function takesOver(workload: Workload, other: Workload): boolean {
  const taken = takenOverBy(workload);
  return taken?.name === other.name && taken.kind === other.kind;
}

function isBefore(relations: Relations, one: Workload, other: Workload): boolean {
  const all = relations.workloadsIn(one.namespace);
  return all.indexOf(one) < all.indexOf(other);
}
