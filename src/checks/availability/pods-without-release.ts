import { PODS, SERVICE } from './example-manifests';
import type { Cluster } from '../../cluster/cluster';
import { groupOf, type ClusterObject } from '../../cluster/identity';
import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { selectorOf } from '../traffic/pods-behind';

const REPLICA_SET = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: payments }
spec:
  replicas: 2
  ${PODS}
`;

/** Pods that answer requests belong to something that releases them. */
export const PODS_WITHOUT_RELEASE: Rule = {
  id: 'pods-without-release',
  severity: 'warning',
  title: 'Pods that serve requests belong to a workload that releases them.',
  why: 'A ReplicaSet or ReplicationController of its own makes pods again, but a changed template changes none of those that run: somebody has to end them '
    + 'by hand, and nothing waits for one to be ready before the next. A Pod of its own is not made again when its node is drained or lost, and a new '
    + 'version means to end the old one first. Neither is judged by other rules, which are about releases.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller/#alternatives-to-replicationcontroller',
    'https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs',
  ],
  failing: `${SERVICE}${REPLICA_SET}`,
  passing: `${SERVICE}${REPLICA_SET.replace('ReplicaSet', 'Deployment')}`,
  check: ({ cluster }) => keptPodsOf(cluster).flatMap(({ object, labels }) => {
    const service = cluster.services.find((candidate) => candidate.namespace === object.namespace && isMetBy(selectorOf(candidate), labels));
    return service === undefined ? [] : [{
      object,
      field: object.field.get('kind'),
      message: object.kind === 'Pod'
        ? `Service ${service.name} sends requests to Pod ${object.name}, which nothing makes again when its node is drained or lost`
        : `a changed template of ${object.kind} ${object.name} changes none of the pods that Service ${service.name} sends requests to`,
      actual: object.kind,
      required: 'Deployment, StatefulSet, DaemonSet or Rollout',
      fix: 'make it a Deployment with at least 2 replicas, or a StatefulSet where its pods keep data',
    }];
  }),
};

/** Pods, and what keeps a number of them alike, that nothing else owns. */
function keptPodsOf({ ofKind }: Cluster): readonly { readonly object: ClusterObject; readonly labels: Field }[] {
  const isOwned = ({ field }: ClusterObject) => field.get('metadata', 'ownerReferences').items().length > 0;
  const keepers = [...ofKind('ReplicationController').filter((object) => groupOf(object) === ''), ...ofKind('ReplicaSet').filter((object) => groupOf(object) === 'apps')];
  return [
    ...ofKind('Pod').filter((object) => groupOf(object) === '').map((object) => ({ object, labels: object.field.get('metadata', 'labels') })),
    ...keepers.map((object) => ({ object, labels: object.field.get('spec', 'template', 'metadata', 'labels') })),
  ].filter(({ object }) => !isOwned(object));
}

function isMetBy(wanted: ReadonlyMap<string, string>, labels: Field): boolean {
  return wanted.size > 0 && [...wanted].every(([key, value]) => labels.get(key).value === value);
}
