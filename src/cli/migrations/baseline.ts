import { BadInput } from '../bad-input';
import { contentsOf } from './input';
import type { SqlFinding } from '../../migrations/findings';

/** What an earlier report found, by what of a finding stays when lines move. */
export type Baseline = ReadonlySet<string>;

type Known = Pick<SqlFinding, 'ruleId' | 'source' | 'subject' | 'message'>;

/** Reads an earlier report of `migrations check --format json`. */
export function readBaseline(path: string): Baseline {
  const contents = contentsOf(path);
  if ('message' in contents) {
    throw BadInput.of(path, contents.message);
  }
  const findings = findingsIn(contents.text);
  if (findings === undefined) {
    throw BadInput.of(path, 'the file is no report of migrations; write one with migrations check --format json');
  }
  return new Set(findings.map(keyOf));
}

function findingsIn(text: string): readonly Known[] | undefined {
  try {
    const { findings } = JSON.parse(text) as { readonly findings?: unknown };
    return Array.isArray(findings) && findings.every((finding) => typeof (finding as Known | null)?.ruleId === 'string') ? findings as Known[] : undefined;
  } catch {
    return undefined;
  }
}

/** A finding, accepted where an earlier report has it. */
export function inBaseline(finding: SqlFinding, baseline: Baseline | undefined): SqlFinding {
  return baseline?.has(keyOf(finding)) && finding.accepted === undefined ? { ...finding, accepted: { reason: 'found before', by: '--baseline' } } : finding;
}

function keyOf({ ruleId, source, subject, message }: Known): string {
  return JSON.stringify([ruleId, source, subject, message]);
}
