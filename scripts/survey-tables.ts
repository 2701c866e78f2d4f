import { markdownTable } from './markdown-table';
import { setOf } from './survey-clusters';
import { survey, type Surveyed } from './survey-sets';
import { RULES } from '../src/checks/rules';
import type { Verdict } from '../src/verify/verdict';

/** What the checks and the verifier say of sets of manifests, as tables. */
export function surveyTables(root: string): string {
  const all = survey(root);
  const sets = [...new Set(all.map(setOf))].map((set) => [set, all.filter((surveyed) => setOf(surveyed) === set)] as const);
  return [
    markdownTable(['set', 'files', 'not read', 'clusters', 'workloads', 'error', 'warning', 'info', 'PROVED', 'REFUTED', 'UNKNOWN', 'not routed'],
      [...sets.map(([set, surveyed]) => [set, ...totals(surveyed)]), ['all', ...totals(all)]]),
    '',
    markdownTable(['rule', 'severity', ...sets.map(([set]) => set)], ruleRows(sets.map(([, surveyed]) => surveyed))),
  ].join('\n');
}

function totals(surveyed: readonly Surveyed[]): string[] {
  const findings = surveyed.flatMap((each) => each.findings);
  const verdicts = surveyed.flatMap((each) => each.verdicts);
  const unread = new Set(surveyed.flatMap(({ problems }) => problems.map(({ source }) => source)));
  return [
    sum(surveyed, ({ files }) => files.length),
    unread.size,
    surveyed.filter(({ workloads }) => workloads > 0).length,
    sum(surveyed, ({ workloads }) => workloads),
    ...(['error', 'warning', 'info'] as const).map((severity) => findings.filter((finding) => finding.severity === severity).length),
    ...(['PROVED', 'REFUTED', 'UNKNOWN'] as Verdict[]).map((verdict) => verdicts.filter((each) => each.verdict === verdict).length),
    sum(surveyed, ({ notJudged }) => notJudged),
  ].map(String);
}

function ruleRows(sets: readonly (readonly Surveyed[])[]): string[][] {
  return RULES.map(({ id, severity }) => {
    const counts = sets.map((set) => sum(set, ({ findings }) => findings.filter(({ ruleId }) => ruleId === id).length));
    return { cells: [`[${id}](rules/${id}.md)`, severity, ...counts.map((count) => count === 0 ? '' : String(count))], found: counts.some((count) => count > 0) };
  }).filter(({ found }) => found).map(({ cells }) => cells);
}

function sum(surveyed: readonly Surveyed[], count: (each: Surveyed) => number): number {
  return surveyed.reduce((total, each) => total + count(each), 0);
}
