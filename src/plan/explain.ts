import { show, Unit } from './amount';
import type { Assumption, Decision, Requirement, Warning } from './decision';

/** Everything about a plan that is worth telling. */
export interface Explanation {
  readonly title: string;
  readonly assumptions: readonly Assumption[];
  readonly decisions: readonly Decision[];
  readonly requirements: readonly Requirement[];
  readonly warnings: readonly Warning[];
}

/** Tells a plan as text: one line a number, with the inequality that it comes from. */
export function explain(plan: Explanation): string {
  const width = Math.max(...[...plan.assumptions, ...plan.decisions].map(({ name }) => name.length)) + 2;
  const lines = [plan.title];
  if (plan.assumptions.length > 0) {
    lines.push('', 'Assumed');
  }
  for (const { name, value, unit, origin, source } of plan.assumptions) {
    lines.push(row(width, name, value, unit, `${origin}: ${source}`));
  }
  lines.push('', 'Derived');
  for (const decision of plan.decisions) {
    lines.push(...decisionRows(width, decision));
  }
  lines.push(...section('Asked of the program', plan.requirements.filter((r) => r.of === 'program').map((r) => r.text)));
  lines.push(...section('Asked of the cluster', plan.requirements.filter((r) => r.of === 'cluster').map((r) => r.text)));
  lines.push(...section('Warnings', plan.warnings.map(({ id, text, acceptedBecause }) =>
    acceptedBecause === undefined ? `${id}: ${text}` : `${id}: accepted: ${acceptedBecause}`)));
  return lines.join('\n') + '\n';
}

function decisionRows(width: number, { name, value, unit, origin, inequalities }: Decision): string[] {
  const [first, ...rest] = inequalities.map(({ relation, expression }) => `${relation} ${expression}`);
  const note = origin === 'overridden' || origin === 'declared' ? `  (${origin})` : '';
  return [
    row(width, name, value, unit, (first ?? '') + note),
    ...rest.map((text) => ' '.repeat(2 + width + 10) + text),
  ];
}

function row(width: number, name: string, value: number, unit: string, text: string): string {
  return `  ${name.padEnd(width)}${show(value, unit as Unit).replace(/ \w+$/, '').padEnd(10)}${text}`.trimEnd();
}

function section(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : ['', title, ...texts.map((text) => `  - ${text}`)];
}
