import { endOf, momentText, timelineText } from './timeline-text';
import { xmlText } from './xml-text';
import type { Lane, LaneState, Timeline } from '../verify/timeline';

const WIDTH = 960;
const MARGIN = 24;
const LANE_HEIGHT = 30;
const BAR_HEIGHT = 18;
const LINE_HEIGHT = 20;
const LETTER = 7.2;

const STATES: readonly (readonly [state: LaneState, name: string])[] = [
  ['starting', 'starting'], ['ready', 'ready'], ['terminating', 'terminating'], ['draining', 'draining'], ['stopped', 'stopped'], ['routed', 'sent requests'],
];

/** Light and dark are the reader's choice; every pair of text and ground has a contrast of 4.5 at least. */
const STYLE = `
  svg { --ground: #ffffff; --ink: #1f2328; --quiet: #59636e; --rule: #d1d9e0; --lost: #b3261e;
    --starting: #f0c419; --ready: #2f9e5b; --terminating: #e8833a; --draining: #8b6fd1; --stopped: #c9ced4; --routed: #3b82d6; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --rule: #3d444d; --lost: #ff7b72;
      --starting: #d9a900; --ready: #3fb950; --terminating: #f0883e; --draining: #a78bfa; --stopped: #484f58; --routed: #58a6ff; }
  }
  text { font: 13px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 16px; font-weight: 600; }
  .quiet { fill: var(--quiet); font-size: 12px; }
  .lost { fill: var(--lost); font-weight: 600; }
  .mark { stroke: var(--lost); stroke-width: 2; }
  .rule { stroke: var(--rule); }
`;

interface Scale {
  /** Where lanes begin. */
  readonly left: number;
  readonly x: (at: number) => number;
}

/** A timeline as a picture: a lane for each pod and way in, the lost request marked, and the events below as text. */
export function timelineToSvg(timeline: Timeline): string {
  const scale = scaleOf(timeline);
  const top = MARGIN + 56;
  const bottom = top + timeline.lanes.length * LANE_HEIGHT;
  const notes = notesOf(timeline);
  const height = bottom + 44 + notes.length * LINE_HEIGHT + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${xmlText(timeline.title)}</title>`,
    `<desc id="description">${xmlText(timelineText(timeline))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect width="${WIDTH}" height="${height}" fill="var(--ground)"/>`,
    `<text class="title" x="${MARGIN}" y="${MARGIN + 12}">${xmlText(shortened(timeline.title, 110))}</text>`,
    legendOf(timeline, MARGIN + 36),
    axisOf(timeline, scale, top, bottom),
    ...timeline.lanes.map((lane, index) => laneOf(lane, scale, top + index * LANE_HEIGHT)),
    lostOf(timeline, scale, top, bottom),
    ...notes.map(([style, text], index) => `<text class="${style}" x="${MARGIN}" y="${bottom + 52 + index * LINE_HEIGHT}">${xmlText(text)}</text>`),
    '</svg>',
    '',
  ].join('\n');
}

function scaleOf(timeline: Timeline): Scale {
  const longest = timeline.lanes.reduce((widest, { label }) => Math.max(widest, Math.min(label.length, 44)), 0);
  const left = MARGIN + longest * LETTER + 16;
  const end = endOf(timeline);
  return { left, x: (at) => Math.round((left + at / end * (WIDTH - MARGIN - left)) * 10) / 10 };
}

function legendOf({ lanes }: Timeline, y: number): string {
  const shown = new Set(lanes.flatMap(({ spans }) => spans.map(({ state }) => state)));
  let x = MARGIN;
  return STATES.filter(([state]) => shown.has(state)).map(([state, name]) => {
    const at = x;
    x += 30 + name.length * LETTER;
    return `<rect x="${at}" y="${y - 10}" width="12" height="12" rx="2" fill="var(--${state})"/>`
      + `<text class="quiet" x="${at + 17}" y="${y}">${name}</text>`;
  }).join('\n');
}

function axisOf(timeline: Timeline, { x }: Scale, top: number, bottom: number): string {
  const unit = timeline.unit === 'seconds' ? ' s' : '';
  return ticksOf(endOf(timeline)).map((at) =>
    `<line class="rule" x1="${x(at)}" x2="${x(at)}" y1="${top - 4}" y2="${bottom + 4}"/>`
    + `<text class="quiet" x="${x(at)}" y="${bottom + 20}" text-anchor="middle">${at}${unit}</text>`).join('\n');
}

/** Between five and ten round numbers up to the end. */
function ticksOf(end: number): number[] {
  const rough = end / 8;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power);
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

function laneOf({ label, spans }: Lane, { left, x }: Scale, y: number): string {
  const middle = y + LANE_HEIGHT / 2;
  const bars = spans.map(({ state, from, to }) => {
    const width = Math.max(2, Math.round((x(to) - x(from)) * 10) / 10);
    return `<rect x="${x(from)}" y="${middle - BAR_HEIGHT / 2}" width="${width}" height="${BAR_HEIGHT}" rx="3" fill="var(--${state})"><title>${state} ${from}–${to}</title></rect>`;
  });
  return [`<text x="${left - 12}" y="${middle + 4}" text-anchor="end">${xmlText(shortened(label, 44))}</text>`, ...bars].join('\n');
}

function lostOf({ lost, lanes }: Timeline, { x }: Scale, top: number, bottom: number): string {
  if (!lost) {
    return '';
  }
  const index = Math.max(0, lanes.findIndex(({ label }) => label === lost.lane));
  const [at, y] = [x(lost.at), top + index * LANE_HEIGHT + LANE_HEIGHT / 2];
  return [
    `<line class="mark" x1="${at}" x2="${at}" y1="${top - 4}" y2="${bottom + 4}" stroke-dasharray="4 3"/>`,
    `<circle cx="${at}" cy="${y}" r="11" fill="var(--ground)" stroke="var(--lost)" stroke-width="2"/>`,
    `<path class="mark" d="M${at - 5} ${y - 5} l10 10 m0 -10 l-10 10" fill="none"/>`,
  ].join('\n');
}

/** What happens, as lines of text with their style. */
function notesOf({ events, unit, lost, remedy }: Timeline): (readonly [style: string, text: string])[] {
  return [
    ...events.map(({ at, what }) => ['note', `${momentText(unit, at)}: ${what}`] as const),
    ...lost ? [['lost', `${momentText(unit, lost.at)}: a request is lost: ${lost.why}`] as const] : [],
    ...remedy === undefined ? [] : [['note', `Remedy: ${remedy}`] as const],
  ].flatMap(([style, text]) => linesOf(text).map((line) => [style, line] as const));
}

const LETTERS_PER_LINE = 112;
const LONGEST_WORD = /.{1,110}/gsu;

function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((long) => long.match(LONGEST_WORD) ?? [''])) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= LETTERS_PER_LINE) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(lines.length === 0 ? word : `  ${word}`);
    }
  }
  return lines;
}

function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
