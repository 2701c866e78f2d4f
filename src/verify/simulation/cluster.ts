import { desiredHealthy } from './counts';
import { Delays, milliseconds } from './delays';
import { EventHeap } from './event-heap';
import { bornPod, isTerminating, Pod } from './pod';
import { end } from './pod-end';
import type { Random } from './random';
import { WayView } from './way-view';
import type { WorkloadModel } from '../workload-model';

/** Something that happened, in milliseconds. */
export interface Happening {
  readonly at: number;
  readonly what: string;
}

/** The workload in the course of one run: its pods, what is asked of them, and what is still to happen. */
export class Cluster {
  readonly events: EventHeap;
  readonly views: readonly WayView[];
  readonly happenings: Happening[] = [];
  /** Every pod that there has been. */
  readonly all: Pod[] = [];
  /** Those that are not gone. */
  pods: Pod[] = [];
  now = 0;
  /** How much has happened to pods: disturbances may wait for it. */
  steps = 0;
  /** How many pods of a version its ReplicaSet is to keep. */
  readonly desired: number[] = [];
  /** The version that is asked for. */
  target = 0;
  private readonly born: number[] = [];

  constructor(readonly model: WorkloadModel, readonly random: Random, private readonly delays: Delays, public replicas: number) {
    this.events = new EventHeap(() => random.unit());
    this.views = model.waysIn.map((way, index) => new WayView(way, index, delays));
    this.desired[0] = replicas;
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      this.addRunning(ordinal);
    }
    if (model.strategy.kind === 'switchOver') {
      this.views.forEach(({ flips }) => flips.push({ at: -Infinity, version: 0 }));
    }
  }

  /** The pods that are not terminating, of one version or of all. */
  live(version?: number): Pod[] {
    return this.pods.filter((pod) => !isTerminating(pod) && (version === undefined || pod.version === version));
  }

  available(version?: number): number {
    return this.live(version).filter((pod) => pod.available).length;
  }

  /** Tells what happened, in one clause. */
  tell(what: string): void {
    this.happenings.push({ at: this.now, what });
  }

  create(version: number, ordinal = 0): void {
    const { start } = this.model;
    const acceptsAt = this.now + this.delays.draw('accepts', start.accepts);
    const noticed = start.gated ? this.delays.draw('noticed', { atLeast: 0, atMost: start.noticedWithinSeconds }) : 0;
    const startedAt = start.gated ? acceptsAt + noticed : this.now;
    const taken = this.views.map((view) => view.way.readinessGate ? startedAt + view.drawAttach() : startedAt);
    const readyAt = Math.max(startedAt, ...taken);
    const times = { createdAt: this.now, acceptsAt, startedAt, readyAt };
    const pod = bornPod({ label: this.nextLabel(version), version, ordinal, ...times, ways: taken.length });
    this.add(pod);
    this.views.forEach((view, index) => {
      if (view.way.routesUnready) {
        view.attach(pod, this.now);
      } else if (view.way.readinessGate) {
        view.attachAt(pod, taken[index]);
      }
    });
    this.tell(`${pod.label} is created`);
    this.events.add(readyAt, () => this.becomesReady(pod));
  }

  /** Begins the end of a pod. */
  delete(pod: Pod): void {
    end(pod, this.model, this.delays, this.now);
    this.views.forEach((view) => view.detach(pod, this.now));
    this.steps += 1;
    this.tell(`${pod.label} is deleted`);
    this.events.add(pod.goneAt, () => {
      this.pods = this.pods.filter((other) => other !== pod);
      this.views.forEach((view) => view.forget(pod, this.now));
      this.steps += 1;
      this.tell(`${pod.label} is gone`);
    });
  }

  /** Whether the eviction API would let this pod go: a pod that is not ready may only go while enough others are. */
  mayEvict(pod: Pod): boolean {
    const healthy = this.live().filter(({ ready }) => ready).length;
    const required = desiredHealthy(this.model.budget, this.replicas);
    return (pod.ready ? healthy - 1 : healthy) >= required;
  }

  /** All ways begin to send what comes to another version. */
  moveTraffic(version: number): void {
    this.tell(`the traffic moves to the ${versionName(version)} pods`);
    this.views.forEach((view) => view.flip(version, this.now));
  }

  private becomesReady(pod: Pod): void {
    if (isTerminating(pod)) {
      return;
    }
    pod.ready = true;
    this.steps += 1;
    this.tell(`${pod.label} is ready`);
    for (const view of this.views.filter(({ way }) => !way.routesUnready && !way.readinessGate)) {
      view.attach(pod, this.now);
    }
    this.events.add(this.now + milliseconds(this.model.minReadySeconds), () => { pod.available = true; });
  }

  private addRunning(ordinal: number): void {
    const always = { createdAt: -Infinity, acceptsAt: -Infinity, startedAt: -Infinity, readyAt: -Infinity };
    const pod = bornPod({ label: this.nextLabel(0), version: 0, ordinal, ...always, ways: this.views.length });
    pod.ready = true;
    pod.available = true;
    pod.sights.forEach((sight) => { sight.attachAt = -Infinity; });
    this.add(pod);
  }

  private add(pod: Pod): void {
    this.pods.push(pod);
    this.all.push(pod);
  }

  private nextLabel(version: number): string {
    this.born[version] = (this.born[version] ?? 0) + 1;
    return `${versionName(version)} pod ${this.born[version]}`;
  }
}

/** What the pods of a version are called. */
export function versionName(version: number): string {
  return ['old', 'new'][version] ?? 'newest';
}
