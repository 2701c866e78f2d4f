import type { Lane, LaneState, Timeline } from '../verify/timeline';

/** The signs by which lanes show what a pod is in. */
const SIGNS: Readonly<Record<LaneState, string>> = {
  starting: '.', ready: '=', terminating: '-', draining: '~', stopped: ' ', routed: '#',
};
const NAMES: Readonly<Record<LaneState, string>> = {
  starting: 'starting', ready: 'ready', terminating: 'terminating', draining: 'draining', stopped: 'stopped', routed: 'sent requests',
};
const COLUMNS = 56;

/** A timeline for a terminal: what happens, a lane for each pod and way in, and the request that is lost. */
export function timelineText(timeline: Timeline): string {
  const { title, lanes, lost, remedy } = timeline;
  return [
    title,
    ...eventLines(timeline),
    ...lost ? [`${stamp(timeline, lost.at)}LOST: ${lost.why}`] : [],
    '',
    ...laneLines(timeline),
    `${legendOf(lanes)}${lost ? ', x lost' : ''}`,
    ...remedy === undefined ? [] : ['', `remedy: ${remedy}`],
  ].join('\n');
}

function eventLines(timeline: Timeline): string[] {
  return timeline.events.map(({ at, what }) => `${stamp(timeline, at)}${what}`);
}

function stamp({ unit }: Timeline, at: number): string {
  return `${momentText(unit, at).padStart(8)}  `;
}

/** A moment, to a tenth of a second: `12.5 s`, or `step 3`. */
export function momentText(unit: Timeline['unit'], at: number): string {
  return unit === 'seconds' ? `${Math.round(at * 10) / 10} s` : `step ${at}`;
}

function laneLines(timeline: Timeline): string[] {
  const width = timeline.lanes.reduce((widest, { label }) => Math.max(widest, label.length), 0);
  const end = endOf(timeline);
  return timeline.lanes.map((lane) => `  ${lane.label.padEnd(width)} |${signsOf(timeline, lane, end)}|`);
}

function signsOf(timeline: Timeline, lane: Lane, end: number): string {
  const column = (at: number) => Math.min(COLUMNS - 1, Math.floor(at / end * COLUMNS));
  const signs = Array.from({ length: COLUMNS }, () => ' ');
  for (const { state, from, to } of lane.spans) {
    signs.fill(SIGNS[state], column(from), Math.max(column(from) + 1, Math.ceil(to / end * COLUMNS)));
  }
  if (timeline.lost?.lane === lane.label) {
    signs[column(timeline.lost.at)] = 'x';
  }
  return signs.slice(0, COLUMNS).join('');
}

/** The last moment that a timeline shows, and never 0. */
export function endOf({ lanes, events, lost }: Timeline): number {
  const moments = [...events.map(({ at }) => at), ...lanes.flatMap(({ spans }) => spans.map(({ to }) => to))];
  return moments.reduce((last, at) => Math.max(last, at), Math.max(1, lost?.at ?? 0));
}

function legendOf(lanes: readonly Lane[]): string {
  const shown = new Set(lanes.flatMap(({ spans }) => spans.map(({ state }) => state)));
  return `  ${[...shown].filter((state) => state !== 'stopped').map((state) => `${SIGNS[state]} ${NAMES[state]}`).join(', ')}`;
}
