import type { Times } from './difference-constraints';
import type { Asked } from './model-bound';
import type { Lane, Span, Timeline, TimelineEvent } from '../timeline';

/** What is shown of the pod before its end begins. */
const LEAD_SECONDS = 1;
/** What is shown after the last event. */
const TAIL_SECONDS = 1;

/** The name of the pod that ends. */
export const OLD_POD = 'old pod';

/** What a question shows besides the pod's end. */
export interface Course {
  readonly title: string;
  /** The last second at which the way sends to the pod. */
  readonly routedUntil: number;
  readonly lanes?: readonly Lane[];
  readonly events?: readonly TimelineEvent[];
  readonly lost: { readonly at: number; readonly lane: string; readonly why: string };
}

/** The name of the lane in which a way in sends to the pod. */
export const wayLane = ({ way }: Asked, pod = OLD_POD): string => `${way.path} → ${pod}`;

/** The end of a pod, and what is lost by it. The origin is moved to the end of the lead, so that nothing comes before second 0. */
export function terminationTimeline(asked: Asked, times: Times, course: Course): Timeline {
  const start = -LEAD_SECONDS;
  const events = [...endEvents(asked, times, course.routedUntil > times.detached), ...course.events ?? []]
    .filter(({ at }) => at <= course.lost.at)
    .sort((one, other) => one.at - other.at);
  const lanes = [...course.lanes ?? [], routedLane(asked, start, course.routedUntil)];
  const shown = [goneAt(times), course.lost.at, ...lanes.flatMap((lane) => lane.spans.map(({ to }) => to)), ...proxyTimes(times)];
  const end = Math.max(...shown) + TAIL_SECONDS;
  return {
    title: course.title,
    unit: 'seconds',
    lanes: [podLane(times, start, end), ...proxyLane(times, start, end), ...lanes].map((lane) => movedLane(lane, -start)),
    events: events.map(({ at, what }) => ({ at: at - start, what })),
    lost: { ...course.lost, at: course.lost.at - start },
  };
}

/** When the program is gone, whether it has exited or has been killed. */
export const goneAt = ({ exits, killed }: Times): number => Math.min(exits, killed);

/** `stays`: the way goes on sending to the pod for want of another. */
function endEvents(asked: Asked, times: Times, stays: boolean): TimelineEvent[] {
  const { preStop, gracePeriodSeconds, shutdown } = asked.model.termination;
  const drains = shutdown === 'drains';
  const isCutOff = preStop.atMost > gracePeriodSeconds && times.hookOver === times.deadline;
  const kill = times.killed < times.exits;
  return [
    { at: times.deleted, what: `${OLD_POD} is deleted` },
    ...preStop.atMost === 0 ? [] : [{ at: times.hookOver, what: isCutOff ? 'the grace period ends while the preStop hook runs' : 'the preStop hook ends' }],
    { at: times.SIGTERM, what: `the program is sent SIGTERM and ${drains ? 'stops accepting' : 'exits'}` },
    ...drains || kill ? [{ at: goneAt(times), what: `the program ${kill ? 'is killed' : 'exits'}` }] : [],
    ...stays ? [] : [{ at: times.detached, what: `${asked.way.path} no longer sends to ${OLD_POD}` }],
    ...times.proxyStops === undefined ? [] : [
      { at: Math.min(times.proxyStops, times.proxyEnds), what: 'the proxy stops accepting' }, { at: times.proxyEnds, what: 'the proxy ends' },
    ],
  ];
}

function podLane(times: Times, start: number, end: number): Lane {
  const gone = goneAt(times);
  return {
    label: OLD_POD,
    spans: spans([
      { state: 'ready', from: start, to: times.deleted },
      { state: 'terminating', from: times.deleted, to: times.SIGTERM },
      { state: 'draining', from: times.SIGTERM, to: gone },
      { state: 'stopped', from: Math.max(times.SIGTERM, gone), to: end },
    ]),
  };
}

function proxyLane({ deleted, proxyStops, proxyEnds }: Times, start: number, end: number): Lane[] {
  return proxyStops === undefined ? [] : [{
    label: `proxy of ${OLD_POD}`,
    spans: spans([
      { state: 'ready', from: start, to: deleted },
      { state: 'terminating', from: deleted, to: Math.min(proxyStops, proxyEnds) },
      { state: 'draining', from: Math.min(proxyStops, proxyEnds), to: proxyEnds },
      { state: 'stopped', from: proxyEnds, to: end },
    ]),
  }];
}

function proxyTimes({ proxyEnds }: Times): number[] {
  return proxyEnds === undefined ? [] : [proxyEnds];
}

const routedLane = (asked: Asked, start: number, until: number): Lane =>
  ({ label: wayLane(asked), spans: spans([{ state: 'routed', from: start, to: until }]) });

function movedLane({ label, spans: moved }: Lane, by: number): Lane {
  return { label, spans: moved.map(({ state, from, to }) => ({ state, from: from + by, to: to + by })) };
}

/** The spans that last. */
export function spans(all: readonly Span[]): Span[] {
  return all.filter(({ from, to }) => to > from);
}
