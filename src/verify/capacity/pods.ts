import type { Lane, Span } from '../timeline';
import { NAMES } from './event';
import { AVAILABLE, EVICTIONS, State, UNAVAILABLE, VERSIONS } from './state';

interface Pod {
  readonly label: string;
  readonly version: number;
  readonly createdAt: number;
  readyAt?: number;
  deletedAt?: number;
}

/** Gives the pods of counted states names, and follows each of them. Which of several equal pods is meant makes no difference. */
export function lanesOf(path: readonly State[]): readonly Lane[] {
  const pods: Pod[] = [];
  const numbers = VERSIONS.map(() => 0);
  const create = (version: number, createdAt: number, readyAt?: number) => {
    numbers[version] += 1;
    pods.push({ label: `${NAMES[version]} pod ${numbers[version]}`, version, createdAt, readyAt });
  };
  VERSIONS.forEach((version) => Array.from({ length: path[0][AVAILABLE + version] }, () => create(version, 0, 0)));
  path.slice(1).forEach((state, index) => VERSIONS.forEach((version) => follow(pods, version, path[index], state, index + 1, create)));
  return pods.map((pod) => ({ label: pod.label, spans: spansOf(pod, path.length) }));
}

function follow(
  pods: readonly Pod[], version: number, before: State, after: State, at: number, create: (version: number, at: number) => void,
): void {
  const alive = (isReady: boolean) => pods
    .filter((pod) => pod.version === version && pod.deletedAt === undefined && (pod.readyAt !== undefined) === isReady);
  const available = after[AVAILABLE + version] - before[AVAILABLE + version];
  const unavailable = after[UNAVAILABLE + version] - before[UNAVAILABLE + version];
  const isEviction = before[EVICTIONS] !== after[EVICTIONS];
  if (available > 0) {
    alive(false).slice(0, available).forEach((pod) => { pod.readyAt = at; });
    return;
  }
  alive(true).slice(0, -available).forEach((pod) => { pod.deletedAt = at; });
  // A pod that ends without an eviction is not replaced in its own version.
  alive(false).slice(0, Math.max(0, -unavailable)).forEach((pod) => { pod.deletedAt = at; });
  if (unavailable > 0 && (available === 0 || isEviction)) {
    Array.from({ length: unavailable }, () => create(version, at));
  }
}

/** Until one step after the last, so that what happens in the last is seen. */
function spansOf({ createdAt, readyAt, deletedAt }: Pod, end: number): readonly Span[] {
  const spans: Span[] = [
    { state: 'starting', from: createdAt, to: readyAt ?? deletedAt ?? end },
    ...readyAt === undefined ? [] : [{ state: 'ready', from: readyAt, to: deletedAt ?? end } as const],
    ...deletedAt === undefined ? [] : [{ state: 'terminating', from: deletedAt, to: end } as const],
  ];
  return spans.filter(({ from, to }) => from < to);
}
