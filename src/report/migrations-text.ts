import { paintFor, type Paint } from './colour';
import { counted } from './reported';
import { SEVERITIES, type Severity } from '../checks/finding';
import type { LockSummary, MigrationsChecked } from '../migrations/check-migrations';
import type { SqlFinding, VersionRange } from '../migrations/findings';
import { problemText } from '../reading/input-problem';
import { visible } from '../reading/quoted';

/** What is reported of migrations. */
export interface MigrationsReport extends Pick<MigrationsChecked, 'locks' | 'statements'> {
  readonly findings: readonly SqlFinding[];
  readonly accepted: readonly SqlFinding[];
  readonly files: number;
  /** The major version of the server that was judged for. */
  readonly version: number;
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** Findings for people to read: the statement with a caret, what is so, and what to write. */
export function migrationsText(report: MigrationsReport, hasColour: boolean): string {
  const paint = paintFor(hasColour);
  const accepted = report.accepted.map((finding) => paint('dim', `accepted ${placeOf(finding)} ${finding.ruleId}: ${finding.accepted?.reason} (${finding.accepted?.by})`));
  return `${[
    ...report.findings.map((finding) => findingText(finding, paint)),
    ...report.locks.length === 0 ? [] : [locksText(report.locks)],
    ...accepted.length === 0 ? [] : [accepted.join('\n')],
    `${totalsOf(report.findings)} in ${counted(report.statements, 'statement')} of ${counted(report.files, 'file')}, for PostgreSQL ${report.version}`,
  ].join('\n\n')}\n`;
}

function findingText(finding: SqlFinding, paint: Paint): string {
  const { severity, ruleId, line, position, message, fix, phase, sql, versions } = finding;
  const gutter = String(position.line);
  return [
    `${paint('bold', placeOf(finding))} ${paint(COLOURS[severity], severity)} ${ruleId}`,
    `  ${paint('dim', `${gutter} |`)} ${visible(line)}`,
    `  ${' '.repeat(gutter.length)} ${paint('dim', '|')} ${' '.repeat(Math.max(0, position.column - 1))}${paint(COLOURS[severity], '^')}`,
    `  ${message}`,
    ...versions === undefined ? [] : [`  ${versionsText(versions)}`],
    `  ${phaseText(phase)}`,
    `  fix: ${fix}`,
    ...sql === undefined ? [] : ['', sql.split('\n').map((each) => each === '' ? '' : `    ${each}`).join('\n')],
  ].join('\n');
}

function phaseText(phase: SqlFinding['phase']): string {
  return {
    expand: 'phase: expand, before the new version; the way it is written is what harms',
    backfill: 'phase: backfill, beside both versions',
    contract: 'phase: contract, when the old version is gone',
    maintenance: 'phase: maintenance, in a window or by a tool',
    never: 'phase: never while the table is in use',
  }[phase];
}

/** In which versions it is so, where others differ. */
function versionsText({ from, upTo }: VersionRange): string {
  return `so it is ${from === undefined ? `up to PostgreSQL ${upTo}` : upTo === undefined ? `from PostgreSQL ${from} on` : from === upTo ? `in PostgreSQL ${from} alone` : `from PostgreSQL ${from} to ${upTo}`}`;
}

function placeOf({ source, position }: SqlFinding): string {
  return problemText({ source, position, message: '' }).replace(/: $/, '');
}

function locksText(locks: readonly LockSummary[]): string {
  const rows = locks.map(({ source, relation, mode, command, isLong }) => [source, visible(relation), mode, isLong ? 'as long as the table is large' : 'a moment', command]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return `locks, each held to the end of its transaction:\n${rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()).join('\n')}`;
}

function totalsOf(findings: readonly SqlFinding[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const totals = SEVERITIES.filter((severity) => count(severity) > 0).map((severity) => severity === 'info' ? `${count(severity)} info` : counted(count(severity), severity));
  return totals.length === 0 ? 'nothing found' : totals.join(', ');
}
