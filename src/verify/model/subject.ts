import type { WorkloadAssumptions } from '../../assumptions/assumptions';
import type { Container } from '../../cluster/container';
import type { Relations } from '../../cluster/relations';
import type { ClusterWayIn } from '../../cluster/ways-in';
import type { Workload } from '../../cluster/workload';

/** A workload with all that its model is made of. */
export interface Subject {
  readonly workload: Workload;
  readonly relations: Relations;
  readonly assumptions: WorkloadAssumptions;
  readonly ways: readonly ClusterWayIn[];
  /** The containers that requests reach. */
  readonly serving: readonly Container[];
  /** The minor version of Kubernetes 1.x. */
  readonly kubernetesMinor: number;
}
