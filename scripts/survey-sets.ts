import { readdirSync, statSync } from 'fs';
import { join, relative } from 'path';
import { Assumptions } from '../src/assumptions/assumptions';
import { checkCluster, contextOf } from '../src/checks/check-cluster';
import type { Finding } from '../src/checks/finding';
import { clusterOf } from '../src/cluster/cluster';
import { readPaths } from '../src/reading/expand-paths';
import type { InputProblem } from '../src/reading/input-problem';
import type { WorkloadVerdict } from '../src/verify/verdict';
import { verifyCluster } from '../src/verify/verify-cluster';

/** What one folder of manifests came to. A folder is what is applied together. */
export interface Surveyed {
  readonly folder: string;
  readonly files: readonly string[];
  readonly workloads: number;
  readonly findings: readonly Finding[];
  readonly verdicts: readonly WorkloadVerdict[];
  /** Nobody sends requests to them. */
  readonly notJudged: number;
  readonly problems: readonly InputProblem[];
}

/** Checks and verifies every folder below one, with the defaults alone. */
export function survey(root: string): readonly Surveyed[] {
  return foldersOf(root).map((folder) => surveyed(root, folder)).filter(({ workloads, problems }) => workloads + problems.length > 0);
}

/** The sets of manifests: the folders right below one. */
export function setOf({ folder }: Surveyed): string {
  return folder.split('/')[0];
}

function surveyed(root: string, folder: string): Surveyed {
  const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => join(folder, name));
  const reading = readPaths(files, { stdin: () => '' });
  const { cluster, problems } = clusterOf(reading.objects);
  const settings = { assumptions: new Assumptions(), kubernetesMinor: 34, ignores: [] };
  const { findings, problems: wrong } = checkCluster(cluster, settings);
  const { workloads, notJudged } = verifyCluster(contextOf(cluster, settings));
  return {
    folder: relative(root, folder),
    files,
    workloads: cluster.workloads.length,
    findings,
    verdicts: workloads,
    notJudged: notJudged.length,
    problems: [...reading.problems, ...problems, ...wrong],
  };
}

function foldersOf(folder: string): string[] {
  const names = readdirSync(folder).sort();
  const own = names.some((name) => /\.ya?ml$/.test(name)) ? [folder] : [];
  return [...own, ...names.map((name) => join(folder, name)).filter((path) => statSync(path).isDirectory()).flatMap(foldersOf)];
}
