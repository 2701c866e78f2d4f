import { paintFor, type Paint } from './colour';
import { counted, judgedText, type Report } from './reported';
import { SEVERITIES, type Finding } from '../checks/finding';
import { problemText } from '../reading/input-problem';

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** Findings for people to read, each with its place, what is so, and what to write. */
export function findingsText({ findings, ignored, judged }: Report, hasColour: boolean): string {
  const paint = paintFor(hasColour);
  const sections = findings.map((finding) => findingText(finding, paint));
  const set = ignored.map((finding) => paint('dim', `ignored ${placeOf(finding)} ${finding.ruleId}: ${finding.ignored?.reason} (${finding.ignored?.by})`));
  const summary = `${totalsText(findings)} ${judgedText(judged)}`;
  return `${[...sections, ...set.length > 0 ? [set.join('\n')] : [], summary].join('\n\n')}\n`;
}

function findingText(finding: Finding, paint: Paint): string {
  const { severity, ruleId, object, message, path, actual, required, fix } = finding;
  const bound = [actual, required === undefined ? undefined : `required ${required}`].filter((part) => part !== undefined).join(', ');
  return [
    `${paint('bold', placeOf(finding))} ${paint(COLOURS[severity], severity)} ${ruleId}`,
    `  ${object}: ${message}`,
    `  ${path}${bound === '' ? '' : `: ${bound}`}`,
    `  fix: ${fix}`,
  ].join('\n');
}

function placeOf({ source, position }: Finding): string {
  return problemText({ source, position, message: '' }).replace(/: $/, '');
}

/** How many of each severity: `2 errors, 1 warning`, or `nothing found`. */
export function totalsText(findings: readonly Finding[]): string {
  const totals = SEVERITIES.map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => severity === 'info' ? `${count} info` : counted(count, severity));
  return totals.length === 0 ? 'nothing found' : totals.join(', ');
}
