import { OTHER_CHECKS, type OtherCheck } from './compare-checks';
import { NOT_ASKED, subjectOf, TOOLS, type Outcome } from './compare-tools';
import { markdownTable } from './markdown-table';
import { clustersBelow } from './survey-clusters';
import { survey } from './survey-sets';
import type { Finding } from '../src/checks/finding';
import { RULES } from '../src/checks/rules';

/** What other tools and ours say of the same manifests, as tables. */
export function compareTables(root: string): string {
  const clusters = clustersBelow(root);
  const ours = survey(root).flatMap(({ findings }) => findings);
  const found = new Map(RULES.map(({ id }) => [id, subjectsOf(ours.filter(({ ruleId }) => ruleId === id))]));
  const outcomes = Object.entries(TOOLS).map(([tool, ask]) => [tool, ask(clusters)] as const);
  return [
    markdownTable(['tool', 'its check', 'our rule', 'both', 'it alone', 'we alone', 'what it alone complains of'],
      outcomes.flatMap(([tool, outcome]) => checksOf(tool).map((other) => rowOf(other, outcome, found)))),
    '',
    ...outcomes.map(([tool, outcome]) => `${summaryOf(tool, outcome)}\n`),
    'Not run; their checks are known from their sources:',
    '',
    markdownTable(['tool', 'its check', 'our rule'], NOT_ASKED.flatMap(checksOf)
      .map(({ tool, check, rules, reason }) => [tool, check, rules.length === 0 ? `none: ${reason}` : rulesText(rules)])),
    '',
    'What was found by rules that none of these checks asks for:',
    '',
    markdownTable(['our rule', 'objects', 'what it asks'], alone(found)),
  ].join('\n');
}

function checksOf(tool: string): readonly OtherCheck[] {
  return OTHER_CHECKS.filter((other) => other.tool === tool);
}

function subjectsOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ source, kind, name }) => subjectOf(source, kind, name)));
}

type Found = ReadonlyMap<string, ReadonlySet<string>>;

function rowOf({ tool, check, rules, reason }: OtherCheck, outcome: Outcome, found: Found): string[] {
  if ('absent' in outcome) {
    return [tool, check, rulesText(rules), 'not run', 'not run', 'not run', ''];
  }
  const theirs = new Set(outcome.complaints.filter((complaint) => complaint.check === check).map(({ subject }) => subject));
  const ours = new Set(rules.flatMap((rule) => [...found.get(rule) ?? []]));
  const theirsAlone = [...theirs].filter((subject) => !ours.has(subject)).length;
  const oursAlone = [...ours].filter((subject) => !theirs.has(subject)).length;
  const count = (number: number) => number === 0 ? '' : String(number);
  return [
    tool, check, rulesText(rules), count(theirs.size - theirsAlone), count(theirsAlone), count(oursAlone),
    theirsAlone === 0 ? '' : reason ?? 'NO REASON IS KNOWN: look at it',
  ];
}

function rulesText(rules: readonly string[]): string {
  return rules.length === 0 ? 'none' : rules.map(linkTo).join(', ');
}

function linkTo(rule: string): string {
  return `[${rule}](rules/${rule}.md)`;
}

function summaryOf(tool: string, outcome: Outcome): string {
  if ('absent' in outcome) {
    return `${outcome.absent}.`;
  }
  const known = new Set(checksOf(tool).map(({ check }) => check));
  const others = new Set(outcome.complaints.map(({ check }) => check).filter((check) => !known.has(check)));
  return `${tool}: ${outcome.failed} of the clusters could not be read by it; ${others.size} more of its checks, about security, limits and form, are left out.`;
}

function alone(found: Found): string[][] {
  const asked = new Set(OTHER_CHECKS.flatMap(({ rules }) => rules));
  const objectsOf = (id: string) => found.get(id)?.size ?? 0;
  return RULES.filter(({ id }) => !asked.has(id) && objectsOf(id) > 0).map(({ id, title }) => [linkTo(id), String(objectsOf(id)), title]);
}
