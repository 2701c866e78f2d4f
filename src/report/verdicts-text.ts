import { paintFor, type Paint } from './colour';
import { counted, judgedText, type Judged } from './reported';
import { timelineText } from './timeline-text';
import type { Assumption } from '../assumptions/assumptions';
import type { Prediction } from '../verify/capacity/broken-release';
import type { Answer, Verdict, Verified, WayVerdict, WorkloadVerdict } from '../verify/verdict';

const COLOURS = { PROVED: 'green', REFUTED: 'red', UNKNOWN: 'yellow' } as const;

/** Verdicts for people to read: each with its margins, or the course of events in which a request is lost. */
export function verdictsText({ workloads, notJudged }: Verified, judged: Judged, hasColour: boolean): string {
  const paint = paintFor(hasColour);
  const sections = workloads.map((workload) => workloadText(workload, paint));
  const others = notJudged.map(({ workload, because }) => paint('dim', `not judged: ${workload}: ${because}`));
  const summary = `${totalsText(workloads)} ${judgedText(judged)}`;
  return `${[...sections, ...others.length > 0 ? [others.join('\n')] : [], claimText(workloads), summary].filter((text) => text !== '').join('\n\n')}\n`;
}

function workloadText({ workload, verdict, ways, assumptions, fewestReady, replicas, broken }: WorkloadVerdict, paint: Paint): string {
  const fewest = fewestReady === undefined ? [] : [`  fewest ready pods in any release: ${fewestReady} of ${replicas}`];
  return [
    `${paint('bold', workload)}  ${painted(verdict, paint)}`,
    ...ways.flatMap((way) => wayLines(way, paint)),
    ...fewest,
    ...broken ? [brokenText('never becomes ready', broken.neverReady), brokenText('crashes once it is ready', broken.crashesAfterReady)] : [],
    '  assumed:',
    ...[...assumptions].sort(byOrigin).map((assumption) => paint('dim', `    ${assumptionText(assumption)}`)),
  ].join('\n');
}

function wayLines({ path, through, verdict, answers, counterexample, reason, missing }: WayVerdict, paint: Paint): string[] {
  const settle = missing.length === 0 ? '' : `; settle it with ${missing.map((key) => `--assume ${key}=…`).join(' ')}`;
  return [
    `  ${path} by ${through}  ${painted(verdict, paint)}${reason === undefined ? '' : `: ${reason}${settle}`}`,
    ...answers.map((answer) => `    ${answer.holds ? 'holds' : paint('red', 'fails')}  ${answer.supposing === undefined ? '' : `with ${answer.supposing}: `}${answer.question}: ${answerText(answer)}`),
    ...counterexample ? ['', ...timelineText(counterexample).split('\n').map((line) => line === '' ? '' : `    ${line}`), ''] : [],
  ];
}

function painted(verdict: Verdict, paint: Paint): string {
  return paint(COLOURS[verdict], verdict);
}

function answerText({ holds, inequality, margins }: Answer): string {
  return holds ? [inequality, ...marginTexts(margins)].join('; ') : inequality;
}

/** Beyond a day nobody looks for a limit. */
const NO_LIMIT = 86_400;

/** How far each bound may move, and those that may not move at all. */
function marginTexts(margins: Answer['margins']): string[] {
  const limited = margins.filter(({ holdsUntil }) => holdsUntil < NO_LIMIT);
  const moving = limited.filter(({ assumed, holdsUntil }) => holdsUntil !== assumed)
    .map(({ bound, assumed, holdsUntil }) => `${bound} ${holdsUntil > assumed ? 'exceeds' : 'falls below'} ${holdsUntil}`);
  const fixed = limited.filter(({ assumed, holdsUntil }) => holdsUntil === assumed).map(({ bound }) => bound);
  return [
    ...moving.length === 0 ? [] : [`holds until ${moving.join(', or ')}`],
    ...fixed.length === 0 ? [] : [`no slack in ${fixed.join(', ')}`],
  ];
}

function brokenText(how: string, { servingPods, rolloutStatus, because }: Prediction): string {
  const status = { success: 'reports success', failure: 'reports failure', waits: 'waits for ever' }[rolloutStatus];
  return `  a new version that ${how}: ${counted(servingPods, 'pod')} of the old one ${servingPods === 1 ? 'stays' : 'stay'}, rollout status ${status} (${because})`;
}

const ORIGINS = ['given', 'annotation', 'default'];

/** What somebody said comes before what nobody did. */
function byOrigin(one: Assumption, other: Assumption): number {
  return ORIGINS.indexOf(one.origin) - ORIGINS.indexOf(other.origin);
}

/** An assumption with its value and who says so. */
export function assumptionText({ key, value, unit, origin, source }: Assumption): string {
  return `${key} ${value}${unit === 's' ? ' s' : ''}  (${origin}: ${source})`;
}

function totalsText(workloads: readonly WorkloadVerdict[]): string {
  const totals = (['PROVED', 'REFUTED', 'UNKNOWN'] as const)
    .map((verdict) => [workloads.filter((workload) => workload.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0);
  return totals.length === 0 ? 'nothing to verify' : totals.map(([count, verdict]) => `${count} ${verdict}`).join(', ');
}

/** What PROVED means, wherever it is said. */
function claimText(workloads: readonly WorkloadVerdict[]): string {
  return workloads.some(({ verdict }) => verdict === 'PROVED')
    ? 'PROVED: in the model and under these assumptions no release, single deletion or eviction, move of the autoscaler or rollback loses a request.\n'
      + 'Not covered: crashes, the loss of a node, memory limits, requests longer than assumed, what admission changes, versions that do not understand each other.'
    : '';
}
