import { Cluster } from './cluster';
import { syncOneByOne } from './one-by-one';
import { syncRecreate } from './recreate';
import { syncReplicaSets } from './replica-set';
import { scaleInProportion, syncRollingUpdate } from './rolling-update';
import type { Course, Disturbance } from './scenario';
import { SwitchOver } from './switch-over';

/** A node drain asks again after so many milliseconds when a budget holds it up. */
const EVICTION_RETRY = 5000;
/** A budget may hold a drain up for ever; the run must end. */
const MOST_EVICTION_TRIES = 24;

/** What the control plane and the pods did; milliseconds. */
export interface Extremes {
  readonly fewestReady: number;
  readonly mostPods: number;
  readonly mostTerminating: number;
  /** When the last pod that was asked for was available, and no other was left but terminating ones. */
  readonly doneAt: number;
  /** When the last pod that ended had gone. */
  readonly oldGoneAt: number;
}

/** Lets a cluster go its course until nothing more happens to its pods. */
export function follow(cluster: Cluster, course: Course): Extremes {
  const sync = controllers(cluster);
  const waiting = schedule(cluster, course.disturbances);
  const extremes = { fewestReady: Infinity, mostPods: 0, mostTerminating: 0, doneAt: 0, oldGoneAt: 0 };
  for (;;) {
    if (cluster.events.nextAt === undefined && waiting.length === 0) {
      return extremes;
    }
    happen(cluster, waiting);
    // Controllers may see what happens at once one by one, or together.
    if (cluster.events.nextAt !== cluster.now || cluster.random.chance(0.5)) {
      sync();
    }
    const terminating = cluster.pods.length - cluster.live().length;
    extremes.mostPods = Math.max(extremes.mostPods, cluster.pods.length);
    extremes.mostTerminating = Math.max(extremes.mostTerminating, terminating);
    if (cluster.events.nextAt !== cluster.now) {
      observe(cluster, extremes);
    }
  }
}

function observe(cluster: Cluster, extremes: { fewestReady: number; doneAt: number; oldGoneAt: number }): void {
  const live = cluster.live();
  extremes.fewestReady = Math.min(extremes.fewestReady, live.filter(({ ready }) => ready).length);
  const isDone = live.length === cluster.replicas && live.every(({ available, version }) => available && version === cluster.target);
  extremes.doneAt = isDone ? Math.min(extremes.doneAt, cluster.now) : Infinity;
  extremes.oldGoneAt = cluster.all.reduce((last, { goneAt }) => goneAt < Infinity ? Math.max(last, goneAt) : last, 0);
}

function happen(cluster: Cluster, waiting: Disturbance[]): void {
  if (cluster.events.nextAt !== undefined) {
    const event = cluster.events.take();
    cluster.now = event.at;
    event.happens();
  }
  const due = waiting.filter(({ afterSteps }) => cluster.events.nextAt === undefined || cluster.steps >= afterSteps!);
  for (const disturbance of due) {
    waiting.splice(waiting.indexOf(disturbance), 1);
    cluster.events.add(cluster.now, () => disturb(cluster, disturbance));
  }
}

/** @returns the disturbances that wait for something to happen rather than for a time */
function schedule(cluster: Cluster, disturbances: readonly Disturbance[]): Disturbance[] {
  for (const disturbance of disturbances) {
    if (disturbance.at !== undefined) {
      cluster.events.add(disturbance.at, () => disturb(cluster, disturbance));
    }
  }
  return disturbances.filter(({ at }) => at === undefined);
}

function disturb(cluster: Cluster, { kind, to }: Disturbance): void {
  if (kind === 'eviction') {
    evict(cluster, MOST_EVICTION_TRIES);
  } else if (kind === 'release') {
    cluster.tell(to > cluster.target ? 'a release begins' : 'the release is rolled back');
    cluster.target = to;
    cluster.desired[to] ??= 0;
  } else {
    cluster.tell(`the autoscaler asks for ${to} replicas`);
    const before = cluster.replicas;
    cluster.replicas = to;
    if (cluster.model.strategy.kind === 'rollingUpdate') {
      scaleInProportion(cluster, cluster.model.strategy, before);
    }
  }
}

function evict(cluster: Cluster, tries: number): void {
  const live = cluster.live();
  const pod = live.length > 0 ? cluster.random.pick(live) : undefined;
  if (pod && cluster.mayEvict(pod)) {
    cluster.tell(`${pod.label} is evicted`);
    cluster.delete(pod);
  } else if (tries > 1 && cluster.events.nextAt !== undefined) {
    cluster.events.add(cluster.now + EVICTION_RETRY, () => evict(cluster, tries - 1));
  }
}

/** The controllers of a strategy, which act in any order until none has anything left to do. */
function controllers(cluster: Cluster): () => void {
  const { strategy } = cluster.model;
  const workload = workloadController(cluster);
  const steps = strategy.kind === 'oneByOne' ? [workload] : [workload, () => syncReplicaSets(cluster)];
  return () => {
    for (let acted = true; acted;) {
      const first = cluster.random.chance(0.5) ? 0 : steps.length - 1;
      acted = steps[first]() || steps[steps.length - 1 - first]();
    }
  };
}

function workloadController(cluster: Cluster): () => boolean {
  const { strategy } = cluster.model;
  switch (strategy.kind) {
    case 'rollingUpdate': return () => syncRollingUpdate(cluster, strategy);
    case 'recreate': return () => syncRecreate(cluster);
    case 'oneByOne': return () => syncOneByOne(cluster, strategy);
    case 'switchOver': {
      const switchOver = new SwitchOver(strategy.scaleDownDelaySeconds);
      return () => switchOver.sync(cluster);
    }
  }
}
