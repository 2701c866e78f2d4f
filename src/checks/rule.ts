import type { Severity, Violation } from './finding';
import type { WorkloadAssumptions } from '../assumptions/assumptions';
import type { Cluster } from '../cluster/cluster';
import type { Relations } from '../cluster/relations';
import type { ClusterWayIn } from '../cluster/ways-in';
import type { Workload } from '../cluster/workload';
import type { InputProblem } from '../reading/input-problem';

/** What a rule may look at. */
export interface RuleContext {
  readonly cluster: Cluster;
  readonly relations: Relations;
  /** The ids of all rules. */
  readonly ruleIds: readonly string[];
  /** What is wrong with assumptions, given or annotated. */
  readonly problems: readonly InputProblem[];
  /** The minor version of Kubernetes 1.x. */
  readonly kubernetesMinor: number;
  readonly assumptionsOf: (workload: Workload) => WorkloadAssumptions;
  readonly waysInOf: (workload: Workload) => readonly ClusterWayIn[];
}

/** One thing that must hold of manifests. */
export interface Rule {
  /** Permanent: people ignore rules by it. */
  readonly id: string;
  readonly severity: Severity;
  /** The invariant as one sentence. */
  readonly title: string;
  /** What happens where it is violated, and why; one paragraph. */
  readonly why: string;
  /** The relation between fields, where there is one. */
  readonly inequality?: string;
  /** Documentation, issues, measurements: where it is known from. */
  readonly sources: readonly string[];
  /** Manifests that violate it, and the same with the violation mended. */
  readonly failing: string;
  readonly passing: string;
  readonly check: (context: RuleContext) => readonly Violation[];
}
