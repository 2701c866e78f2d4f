import { clustersBelow, type SurveyedFiles } from './survey-clusters';
import { Assumptions } from '../src/assumptions/assumptions';
import { checkCluster, contextOf } from '../src/checks/check-cluster';
import type { Finding } from '../src/checks/finding';
import { clusterOf } from '../src/cluster/cluster';
import { readPaths } from '../src/reading/expand-paths';
import type { InputProblem } from '../src/reading/input-problem';
import type { WorkloadVerdict } from '../src/verify/verdict';
import { verifyCluster } from '../src/verify/verify-cluster';

/** What files that are applied together came to. */
export interface Surveyed extends SurveyedFiles {
  readonly workloads: number;
  readonly findings: readonly Finding[];
  readonly verdicts: readonly WorkloadVerdict[];
  /** Nobody sends requests to them. */
  readonly notJudged: number;
  readonly problems: readonly InputProblem[];
}

/** Checks and verifies every cluster below a folder, with the defaults alone. */
export function survey(root: string): readonly Surveyed[] {
  return clustersBelow(root).map(surveyed);
}

function surveyed({ folder, files }: SurveyedFiles): Surveyed {
  const reading = readPaths(files, { stdin: () => '' });
  const { cluster, problems } = clusterOf(reading.objects);
  const settings = { assumptions: new Assumptions(), kubernetesMinor: 34, ignores: [] };
  const { findings, problems: wrong } = checkCluster(cluster, settings);
  const { workloads, notJudged } = verifyCluster(contextOf(cluster, settings));
  return {
    folder,
    files,
    workloads: cluster.workloads.length,
    findings,
    verdicts: workloads,
    notJudged: notJudged.length,
    problems: [...reading.problems, ...problems, ...wrong],
  };
}
