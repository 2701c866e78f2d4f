import type { Rule } from '../rule';
import { exampleOf } from './example';
import { peakPodsOf } from './peak-pods';

const annotations = (poolSize: number) => `{ zero-downtime/pool-size: "${poolSize}", zero-downtime/max-connections: "100" }`;

/** The database has a connection for every pod that may be alive. */
export const CONNECTION_BUDGET: Rule = {
  id: 'connection-budget',
  severity: 'error',
  title: 'The pools of all pods that may be alive at once fit into the database.',
  why: 'A release has more pods alive than replicas: new ones start while old ones still end, and Kubernetes does not count terminating pods in maxSurge; '
    + 'twice the replicas were measured with a surge of one. Where their pools exceed what the database accepts, new pods are refused connections and do '
    + 'not become ready, or old ones fail the requests that they still have.',
  inequality: 'pool-size × most pods alive ≤ max-connections − reserved-connections',
  sources: [
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-apps/3973-consider-terminating-pods-deployment',
    'https://www.postgresql.org/docs/current/runtime-config-connection.html',
  ],
  failing: exampleOf({ metadata: { annotations: annotations(20) } }),
  passing: exampleOf({ metadata: { annotations: annotations(10) } }),
  check: (context) => context.cluster.workloads.flatMap((workload) => {
    const assumptions = context.assumptionsOf(workload);
    const pool = assumptions.number('pool-size');
    const most = assumptions.number('max-connections');
    if (pool === undefined || most === undefined) {
      return [];
    }
    const reserved = assumptions.numberOf('reserved-connections');
    const pods = peakPodsOf(context, workload);
    const [autoscaler] = context.relations.autoscalersOf(workload);
    return pool * pods <= most - reserved ? [] : [{
      object: autoscaler ?? workload,
      field: autoscaler?.maxField ?? workload.replicasField,
      message: `${pods} pods may be alive during a release, each with up to ${pool} connections, but the database has ${most - reserved} for them`,
      actual: `${pool * pods} connections`,
      required: `≤ ${most - reserved} connections`,
      fix: `${poolText(Math.floor((most - reserved) / pods))}allow the database ${pool * pods + reserved} connections, or have fewer replicas`,
    }];
  }),
};

function poolText(largest: number): string {
  return largest < 1 ? '' : `lower the pool of each pod to at most ${largest}, `;
}
