import { spawnSync } from 'child_process';
import { resolve } from 'path';
import type { SurveyedFiles } from './survey-clusters';

/** What a tool says against an object under one of its checks. */
export interface Complaint {
  readonly check: string;
  /** The file, absolute, and the object in it: what complaints of several tools are compared by. */
  readonly subject: string;
}

/** What a tool came to, or why it came to nothing. */
export type Outcome = { readonly complaints: readonly Complaint[]; readonly failed: number } | { readonly absent: string };

/** Tools that are asked where PATH has them, each about the files that are applied together. */
export const TOOLS: Readonly<Record<string, (clusters: readonly SurveyedFiles[]) => Outcome>> = { 'kube-score': kubeScore, checkov };

/** Tools that other checks are known of, and that nothing here can ask. */
export const NOT_ASKED: readonly string[] = ['kube-linter', 'Polaris'];

/** Names an object of a file. */
export function subjectOf(file: string, kind: string, name: string): string {
  return `${resolve(file)} ${kind} ${name}`;
}

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly file_name: string;
  readonly checks: ReadonlyArray<{ readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }>;
}

/** kube-score grades each check of each object: 10 is good. */
const GOOD = 10;

function kubeScore(clusters: readonly SurveyedFiles[]): Outcome {
  const options = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.34'];
  return asked('kube-score', options, clusters, (text) => ((JSON.parse(text) ?? []) as Scored[]).flatMap((object) =>
    object.checks.filter(({ grade, skipped }) => !skipped && grade < GOOD)
      .map(({ check }) => ({ check: check.id, subject: subjectOf(object.file_name, object.type_meta.kind, object.object_meta.name) }))));
}

interface Scanned {
  readonly results?: { readonly failed_checks: readonly Failed[] };
}

interface Failed {
  readonly check_id: string;
  readonly file_abs_path: string;
  /** For example `Deployment.shop.payments`. */
  readonly resource: string;
}

function checkov(clusters: readonly SurveyedFiles[]): Outcome {
  const options = ['--framework', 'kubernetes', '--compact', '--quiet', '--skip-download', '--output', 'json', '--file'];
  // It relates no objects, so all files are asked about at once, which is much quicker.
  const all = [{ folder: '', files: clusters.flatMap(({ files }) => files) }];
  return asked('checkov', options, all, (text) => ([JSON.parse(text)].flat() as Scanned[])
    .flatMap(({ results }) => results?.failed_checks ?? [])
    .map(({ check_id: check, file_abs_path: file, resource }) => {
      const [kind, , ...name] = resource.split('.');
      return { check, subject: subjectOf(file, kind, name.join('.')) };
    }));
}

/** Runs a command once for each cluster. Those that it cannot read are counted, as nothing else tells of them. */
function asked(
  command: string, options: readonly string[], clusters: readonly SurveyedFiles[], complaintsIn: (text: string) => readonly Complaint[],
): Outcome {
  const complaints: Complaint[] = [];
  let failed = 0;
  for (const { files } of clusters.filter((cluster) => cluster.files.length > 0)) {
    const { error, stdout } = spawnSync(command, [...options, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error) {
      return { absent: `${command} is not on PATH, so it was not asked` };
    }
    try {
      complaints.push(...complaintsIn(stdout));
    } catch {
      failed += 1;
    }
  }
  return { complaints, failed };
}
