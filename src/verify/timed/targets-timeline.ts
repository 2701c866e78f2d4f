import type { Found } from './search';
import type { Turnover } from './turnover';
import type { Lane, Timeline, TimelineEvent } from '../timeline';

type Emptied = Extract<Found, { kind: 'empty' }>;

interface Pod {
  readonly name: string;
  readonly at: number;
}

/** The course of a release in which a load balancer is left without a target, until the first of the new pods is attached. */
export function targetsTimeline(path: string, turnover: Turnover, { steps, at }: Emptied): Timeline {
  const named = (does: 'create' | 'delete', name: string): Pod[] =>
    steps.filter((step) => step.does === does).map((step, index) => ({ name: `${name} ${index + 1}`, at: step.at }));
  const [old, fresh] = [named('delete', 'old pod'), named('create', 'new pod')];
  const ready = turnover.startSeconds;
  const attached = fresh.map((pod) => pod.at + ready + turnover.attachSeconds);
  const end = attached.reduce((last, moment) => Math.max(last, moment), at) + 1;
  const lost = { at, lane: path, why: `${path} has no target: every old pod is deleted, and no new one has been attached` };
  return {
    title: `${path} has no target in the middle of a release`,
    unit: 'seconds',
    lanes: [
      ...old.flatMap((pod) => oldLanes(path, pod, turnover.servesSeconds, end)),
      ...fresh.flatMap((pod, index) => newLanes(path, pod, ready, attached[index], end)),
      { label: path, spans: at > 0 ? [{ state: 'routed', from: 0, to: at }] : [] },
    ],
    events: [
      ...eventsOf(steps),
      ...fresh.map(({ name, at: created }) => ({ at: created + ready, what: `${name} is ready` })),
      ...fresh.map(({ name, at: created }) => ({ at: created + ready + turnover.minReadySeconds, what: `${name} counts as available` })),
    ].filter((event) => event.at <= at).sort((one, other) => one.at - other.at),
    lost,
  };
}

/** What the controller does, every pod by its number. */
function eventsOf(steps: Emptied['steps']): TimelineEvent[] {
  const counts = { create: 0, delete: 0 };
  return steps.map(({ at, does }) => {
    counts[does] += 1;
    return { at, what: does === 'create' ? `new pod ${counts.create} is created` : `old pod ${counts.delete} is deleted` };
  });
}

function oldLanes(path: string, { name, at }: Pod, serves: number, end: number): Lane[] {
  return [
    { label: name, spans: lasting([{ state: 'ready', from: 0, to: at }, { state: 'terminating', from: at, to: end }]) },
    { label: `${path} → ${name}`, spans: lasting([{ state: 'routed', from: 0, to: at + serves }]) },
  ];
}

function newLanes(path: string, { name, at }: Pod, ready: number, attached: number, end: number): Lane[] {
  return [
    { label: name, spans: lasting([{ state: 'starting', from: at, to: at + ready }, { state: 'ready', from: at + ready, to: end }]) },
    { label: `${path} → ${name}`, spans: lasting([{ state: 'routed', from: attached, to: end }]) },
  ];
}

function lasting(spans: Lane['spans']): Lane['spans'] {
  return spans.filter(({ from, to }) => to > from);
}
