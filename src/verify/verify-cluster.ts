import type { Subject } from './model/subject';
import { obstaclesOf, obstacleTo } from './prerequisites';
import type { Verified } from './verdict';
import { verifyWorkload } from './verify-workload';
import type { Ignore } from '../checks/ignore';
import type { RuleContext } from '../checks/rule';
import { objectText } from '../cluster/identity';
import { servingContainersOf } from '../cluster/serving';
import type { Workload } from '../cluster/workload';

/** Tells what is being verified: the workload, its number from 1, and how many there are. */
export type Progress = (workload: string, index: number, of: number) => void;

/** What the verifier may be told beside the objects. */
export interface VerifyOptions {
  /** Rules that somebody decided to ignore; those that the verifier depends on are held otherwise. */
  readonly ignores?: readonly Ignore[];
  readonly progress?: Progress;
}

/** Verifies every workload that requests reach. Throws `WrongField` where a field is of a wrong type. */
export function verifyCluster(context: RuleContext, { ignores = [], progress = () => undefined }: VerifyOptions = {}): Verified {
  const { cluster } = context;
  const obstacles = obstaclesOf(context, ignores);
  const reasons = cluster.workloads.map((workload) => [workload, reasonNotToJudge(context, workload)] as const);
  const judged = judgedWorkloadsOf(context);
  return {
    problems: context.problems,
    notJudged: reasons.flatMap(([workload, because]) => because === undefined ? [] : [{
      workload: objectText(workload), source: workload.field.object.source.name, because,
    }]),
    workloads: judged.map((workload, index) => {
      progress(objectText(workload), index + 1, judged.length);
      return verifyWorkload(subjectOf(context, workload), (way) => obstacleTo(obstacles, context, workload, way));
    }),
  };
}

/** The workloads that a verdict is made of. */
export function judgedWorkloadsOf(context: RuleContext): readonly Workload[] {
  return context.cluster.workloads.filter((workload) => reasonNotToJudge(context, workload) === undefined);
}

/** A workload with all that its model is made of. */
export function subjectOf({ relations, assumptionsOf, waysInOf, kubernetesMinor }: RuleContext, workload: Workload): Subject {
  return {
    workload,
    relations,
    assumptions: assumptionsOf(workload),
    ways: waysInOf(workload),
    serving: servingContainersOf(relations, workload),
    kubernetesMinor,
  };
}

function reasonNotToJudge({ relations, waysInOf }: RuleContext, workload: Workload): string | undefined {
  if (waysInOf(workload).length === 0) {
    return 'no Service among these objects sends requests to it';
  }
  const rollout = relations.takenOverBy(workload);
  if (rollout) {
    return `${objectText(rollout)} has taken it over, and is judged`;
  }
  if (workload.kind !== 'DaemonSet' && relations.replicasOf(workload).max === 0) {
    return 'it is scaled to zero';
  }
  return workload.template.containers.length === 0 ? 'it has no container' : undefined;
}
