import { attempt } from './command';

/** What kube-score says of one object under one of its checks. */
export interface Judgement {
  readonly check: string;
  readonly object: string;
  readonly verdict: 'ok' | 'warning' | 'critical' | 'skipped';
  readonly reasons: readonly string[];
}

interface Check {
  readonly check: { readonly id: string };
  readonly grade: number;
  readonly skipped: boolean;
  readonly comments: ReadonlyArray<{ readonly summary: string }> | null;
}

/** Runs kube-score over files together, as it relates objects to each other. */
export async function kubeScore(command: string, files: readonly string[], options: readonly string[] = []): Promise<Judgement[]> {
  const args = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.30', ...options, ...files];
  const { status, stdout, stderr } = await attempt(command, args);
  // It ends with 1 when something is critical, which is for the caller to judge.
  if ((status !== 0 && status !== 1) || stderr !== '') {
    throw new Error(`kube-score ended with ${status}: ${stderr}`);
  }
  const objects: Array<{ object_name: string; checks: Check[] }> = JSON.parse(stdout);
  return objects.flatMap(({ object_name: object, checks }) => checks.map((check) => judgement(object, check)));
}

/** The judgements that are neither ok nor skipped, one line each. */
export function complaints(judgements: readonly Judgement[], checks: readonly string[]): string[] {
  return judgements
    .filter(({ check, verdict }) => checks.includes(check) && verdict !== 'ok' && verdict !== 'skipped')
    .map(({ check, object, reasons }) => `${object}: ${check}: ${reasons.join(', ')}`);
}

function judgement(object: string, { check, grade, skipped, comments }: Check): Judgement {
  // The grades are 1 critical, 5 warning, 7 almost ok, 10 ok.
  const verdict = skipped ? 'skipped' : grade >= 10 ? 'ok' : grade >= 5 ? 'warning' : 'critical';
  return { check: check.id, object, verdict, reasons: (comments ?? []).map(({ summary }) => summary) };
}
