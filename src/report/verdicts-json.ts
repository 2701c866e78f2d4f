import type { Judged } from './reported';
import type { Verified, WorkloadVerdict } from '../verify/verdict';

/** Verdicts as JSON: the fields are a contract. */
export function verdictsJson({ workloads, notJudged }: Verified, judged: Judged): string {
  return `${JSON.stringify({ command: 'verify', workloads: workloads.map(plain), notJudged, judged }, asJson, 2)}\n`;
}

function plain({ position, ...workload }: WorkloadVerdict): object {
  return { ...workload, line: position?.line, column: position?.column };
}

/** JSON has no infinity: a bound without a limit is null. */
function asJson(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
