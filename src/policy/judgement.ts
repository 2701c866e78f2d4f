import { checkIn, contextOf, type CheckSettings } from '../checks/check-cluster';
import type { Finding } from '../checks/finding';
import type { RuleContext } from '../checks/rule';
import { clusterOf } from '../cluster/cluster';
import type { InputProblem } from '../reading/input-problem';
import type { ReadObject } from '../reading/read-object';
import { problemOf } from '../reading/wrong-field';
import type { WayVerdict, WorkloadVerdict } from '../verify/verdict';
import { verifyCluster } from '../verify/verify-cluster';

/** The verdict on one way in to a workload, with whose it is. */
export interface JudgedWay {
  readonly workload: WorkloadVerdict;
  readonly way: WayVerdict;
}

/** What the rules say of the objects of one cluster. */
export interface Judgement {
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
  readonly problems: readonly InputProblem[];
}

/** Holds the rules against objects. */
export function judgementOf(objects: readonly ReadObject[], settings: CheckSettings): Judgement {
  const { cluster, problems } = clusterOf(objects);
  const context = contextOf(cluster, settings);
  const checked = checkIn(context, settings);
  // A workload that is named in an assumption may be in another cluster of the stack, so that is asked of all of them together.
  const elsewhere = new Set(settings.assumptions.problemsWith(cluster.workloads).map((problem) => JSON.stringify(problem)));
  return {
    context,
    findings: checked.findings.filter(({ ignored }) => !ignored),
    problems: [...problems, ...checked.problems.filter((problem) => !elsewhere.has(JSON.stringify(problem)))],
  };
}

/** The verdicts on all ways in. */
export interface Verdicts {
  readonly ways: readonly JudgedWay[];
  readonly problems: readonly InputProblem[];
}

/** The verdict on every way in; a wrong field that only a model reads is a problem like any other. */
export function verdictsOf({ context }: Judgement, { ignores }: CheckSettings): Verdicts {
  try {
    const { workloads } = verifyCluster(context, { ignores });
    return { problems: [], ways: workloads.flatMap((workload) => workload.ways.map((way) => ({ workload, way }))) };
  } catch (error) {
    return { problems: [problemOf(error)], ways: [] };
  }
}
