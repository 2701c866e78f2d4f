/** A rolling update at a fixed number of replicas, in plain numbers. */
export interface NaiveRelease {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
  readonly evictions: number;
  /** How many healthy pods the budget wants. Absent: no budget. */
  readonly wanted?: number;
  /** Whether a pod is healthy for the budget before it is available. */
  readonly readyFirst?: boolean;
}

/**
 * One pod: `a` is available, `u` is not, and of `s`, which is not available either, nobody has noticed that it succeeded an
 * evicted pod. One string for each of three versions.
 */
interface World {
  readonly pods: readonly string[];
  /** What the status of each version last said was available. It is written now and then, not at every change. */
  readonly status: readonly number[];
  /** What the budget's status last allowed, less the evictions since. */
  readonly allowed: number;
  readonly evictions: number;
  readonly target: number;
  readonly changed: boolean;
}

const count = (pods: string, kind: string) => [...pods].filter((pod) => pod === kind).length;
const sorted = (pods: string) => [...pods].sort().join('');
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const put = <T>(list: readonly T[], at: number, value: T) => list.map((known, index) => index === at ? value : known);
const available = ({ pods }: World) => sum(pods.map((version) => count(version, 'a')));

/**
 * The fewest available pods, by trying everything pod by pod: statuses that lag behind in either direction, a budget whose status
 * is older than the pods, and a controller written from Kubernetes' rules a second time.
 */
export function naiveFewest(release: NaiveRelease): number {
  const start: World = {
    pods: ['a'.repeat(release.replicas), '', ''],
    status: [release.replicas, 0, 0],
    allowed: release.wanted === undefined ? release.evictions : Math.max(0, release.replicas - release.wanted),
    evictions: release.evictions,
    target: 1,
    changed: false,
  };
  const met = new Set([JSON.stringify(start)]);
  let fewest = release.replicas;
  for (const queue = [start]; queue.length > 0;) {
    for (const next of steps(release, queue.pop()!)) {
      const key = JSON.stringify(next);
      if (!met.has(key)) {
        met.add(key);
        fewest = Math.min(fewest, available(next));
        queue.push(next);
      }
    }
  }
  return fewest;
}

function steps(release: NaiveRelease, world: World): World[] {
  return [...podSteps(world), ...observed(release, world), ...templateSteps(world), ...controller(release, world)];
}

function podSteps(world: World): World[] {
  return world.pods.flatMap((pods, version) => [
    ...[...new Set(pods)].filter((pod) => pod !== 'a')
      .map((pod) => ({ ...world, pods: put(world.pods, version, sorted(pods.replace(pod, 'a'))) })),
    ...pods.includes('a') && world.allowed > 0 && world.evictions > 0 ? [{
      ...world, pods: put(world.pods, version, sorted(pods.replace('a', 's'))), allowed: world.allowed - 1, evictions: world.evictions - 1,
    }] : [],
  ]);
}

const noticed = (world: World, version: number): World => ({
  ...world,
  pods: put(world.pods, version, sorted(world.pods[version].replace(/s/g, 'u'))),
  status: put(world.status, version, count(world.pods[version], 'a')),
});

function observed({ wanted, readyFirst, evictions }: NaiveRelease, world: World): World[] {
  const healthy = readyFirst ? sum(world.pods.map((pods) => pods.length)) : available(world);
  const allowed = wanted === undefined ? world.evictions : Math.min(evictions, Math.max(0, healthy - wanted));
  return [...[0, 1, 2].map((version) => noticed(world, version)), { ...world, allowed }];
}

/** By the time of a change the controller has noticed its own deletions. */
function templateSteps(world: World): World[] {
  const settled = [0, 1, 2].filter((version) => world.status[version] > world.pods[version].length).reduce(noticed, world);
  return world.changed ? [] : [0, 2].map((target) => ({ ...settled, target, changed: true }));
}

function controller({ replicas, surge, unavailable }: NaiveRelease, world: World): World[] {
  const { pods, status, target } = world;
  const room = Math.min(replicas + surge - sum(pods.map((version) => version.length)), replicas - pods[target].length);
  if (room > 0) {
    return [{ ...world, pods: put(pods, target, sorted(pods[target] + 'u'.repeat(room))) }];
  }
  const old = [0, 1, 2].filter((version) => version !== target && pods[version].length > 0);
  const least = replicas - (surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas));
  const spare = sum(old.map((version) => pods[version].length)) + status[target] - least;
  const sizes = pods.map((version) => version.length);
  let cleaned = 0;
  for (const version of spare > 0 ? old : []) {
    if (cleaned < spare) {
      if (status[version] > sizes[version]) {
        return shrunk(world, sizes);
      }
      const broken = Math.min(spare - cleaned, sizes[version] - status[version]);
      sizes[version] -= broken;
      cleaned += broken;
    }
  }
  let takeable = spare > 0 ? sum(old.map((version) => status[version])) + status[target] - least : 0;
  for (const version of old) {
    const taken = Math.max(0, Math.min(takeable, sizes[version]));
    sizes[version] -= taken;
    takeable -= taken;
  }
  return shrunk(world, sizes);
}

/** A ReplicaSet takes pods that are not available first. It may, or may not yet, know the successors of evicted ones. */
function shrunk(world: World, sizes: readonly number[]): World[] {
  const keep = (order: string) => world.pods.map((pods, version) => sorted([...pods]
    .sort((one, other) => order.indexOf(one) - order.indexOf(other)).slice(pods.length - sizes[version]).join('')));
  return sizes.every((size, version) => size === world.pods[version].length) ? [] : [
    { ...world, pods: keep('uas') },
    { ...world, pods: keep('usa') },
  ];
}
