import type { Lane, LaneState, Span, Timeline } from '../../../src/verify/timeline';

/** How many pods of a version are in a state after a step. */
function count(lanes: readonly Lane[], version: string, state: LaneState, step: number): number {
  return lanes.filter(({ label, spans }) => label.startsWith(`${version} `)
    && spans.some((span) => span.state === state && span.from <= step && step < span.to)).length;
}

/** What the lanes show of one version after a step. */
export interface Counts {
  readonly ready: number;
  readonly starting: number;
  readonly terminating: number;
}

/** The counts of every version after every step. */
export function replay({ lanes, events }: Timeline): readonly { readonly [version: string]: Counts }[] {
  return events.map(({ at }) => Object.fromEntries(['old', 'new', 'newest'].map((version) => [version, {
    ready: count(lanes, version, 'ready', at),
    starting: count(lanes, version, 'starting', at),
    terminating: count(lanes, version, 'terminating', at),
  }])));
}

/** The first lane that is not one pod's life: no gap, no overlap, nothing after its end. */
export function brokenLane({ lanes, events }: Timeline): string | undefined {
  const order: readonly LaneState[] = ['starting', 'ready', 'terminating'];
  const follows = (span: Span, before: Span) => span.from === before.to && order.indexOf(span.state) > order.indexOf(before.state);
  return lanes.find(({ spans }) => spans[spans.length - 1]?.to !== events.length
    || spans.some((span, index) => span.from >= span.to || (index > 0 && !follows(span, spans[index - 1]))))?.label;
}
