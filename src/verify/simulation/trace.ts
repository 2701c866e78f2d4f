import type { Cluster } from './cluster';
import type { Epoch } from './epochs';
import type { Pod } from './pod';
import type { Loss, LossReason } from './tally';
import type { Lane, LaneState, Span, Timeline } from '../timeline';
import type { WayIn } from '../workload-model';

/** What one way in saw, and the first request that was lost on it. */
export interface Watched {
  readonly way: WayIn;
  readonly epochs: readonly Epoch[];
  readonly first?: Loss;
}

const WHY: Readonly<Record<LossReason, string>> = {
  refused: 'it is sent to a program that does not accept connections',
  cut: 'its pod ends while it is in flight',
  noEndpoint: 'there is no pod to send it to',
  closedWhileWriting: 'its kept connection is closed while it is being written',
  loadBalancerCut: 'the load balancer cuts it while it is in flight',
};

/** The timeline of a run from its first change on, until its last (milliseconds). */
export function traceOf(cluster: Cluster, watched: readonly Watched[], title: string, end: number): Timeline {
  const lossAt = ({ first }: Watched) => first?.at ?? Infinity;
  const earliest = watched.reduce<Watched | undefined>((best, next) => best && lossAt(best) <= lossAt(next) ? best : next, undefined);
  return {
    title,
    unit: 'seconds',
    lanes: [
      ...cluster.all.map((pod) => ({ label: pod.label, spans: podSpans(pod, end) })),
      ...watched.flatMap((seen, index) => wayLanes(cluster.all, seen, nameOf(watched, index), end)),
    ],
    events: cluster.happenings.map(({ at, what }) => ({ at: at / 1000, what })),
    ...(earliest?.first && { lost: lostIn(earliest.first, nameOf(watched, watched.indexOf(earliest))) }),
  };
}

function lostIn({ at, reason, pod }: Loss, way: string) {
  return { at: at / 1000, lane: pod ? `${way} → ${pod.label}` : way, why: WHY[reason] };
}

/** Two ways may have the same path, by different objects. */
function nameOf(watched: readonly Watched[], index: number): string {
  const { path, through } = watched[index].way;
  return watched.filter(({ way }) => way.path === path).length === 1 ? path : `${path} by ${through}`;
}

function podSpans({ createdAt, readyAt, deletedAt, sigtermAt, goneAt }: Pod, end: number): readonly Span[] {
  const ready = Math.min(readyAt, deletedAt);
  return spans(end, [
    ['starting', createdAt, ready],
    ['ready', ready, deletedAt],
    ['terminating', deletedAt, Math.min(sigtermAt, goneAt)],
    ['draining', sigtermAt, goneAt],
    ['stopped', goneAt, end],
  ]);
}

/** One lane for every pod that the way ever sends requests to, and one for the way as a whole. */
function wayLanes(pods: readonly Pod[], { epochs }: Watched, name: string, end: number): readonly Lane[] {
  const lane = (label: string, isRouted: (epoch: Epoch) => boolean): Lane =>
    ({ label, spans: joined(spans(end, epochs.filter(isRouted).map(({ from, to }) => ['routed', from, to]))) });
  return [
    lane(name, ({ endpoints }) => endpoints.length > 0),
    ...pods.filter((pod) => epochs.some(({ endpoints }) => endpoints.includes(pod)))
      .map((pod) => lane(`${name} → ${pod.label}`, ({ endpoints }) => endpoints.includes(pod))),
  ];
}

function spans(end: number, stretches: readonly (readonly [LaneState, number, number])[]): readonly Span[] {
  return stretches
    .map(([state, from, to]) => ({ state, from: Math.max(0, from) / 1000, to: Math.min(end, to) / 1000 }))
    .filter(({ from, to }) => from < to);
}

function joined(stretches: readonly Span[]): readonly Span[] {
  return stretches.reduce<readonly Span[]>((known, next) => {
    const last = known.at(-1);
    return last && last.to === next.from ? [...known.slice(0, -1), { ...last, to: next.to }] : [...known, next];
  }, []);
}
