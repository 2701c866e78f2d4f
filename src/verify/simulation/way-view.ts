import { Delays, milliseconds } from './delays';
import type { Pod } from './pod';
import type { Interval, WayIn } from '../workload-model';

/** A change that a way learns of, until it has: `move` revises when that is. */
interface Pending {
  at: number;
  readonly move: (at: number) => void;
}

/** From when on a way sends requests to the pods of one version. */
export interface Flip {
  at: number;
  readonly version: number;
}

/** What one way in learns of the pods, and when. */
export class WayView {
  /** Which version is sent requests; only a switch-over has more than one. */
  readonly flips: Flip[] = [];
  private pending: Pending[] = [];

  constructor(readonly way: WayIn, private readonly index: number, private readonly delays: Delays) {
  }

  /** The pod may be sent requests, as far as Kubernetes is concerned. */
  attach(pod: Pod, now: number): void {
    const sight = pod.sights[this.index];
    this.learn('attach', this.way.attach, now, (at) => { sight.attachAt = at; });
  }

  /** The pod is taken in apart from all other changes; when is known beforehand, for its readiness waits for it. */
  attachAt(pod: Pod, at: number): void {
    pod.sights[this.index].attachAt = at;
  }

  /** How long it takes to take in a pod whose readiness waits for it. */
  drawAttach(): number {
    return this.delays.draw(`attach ${this.index}`, this.way.attach);
  }

  /** The pod was deleted. One that had not started is never taken in. */
  detach(pod: Pod, now: number): void {
    const sight = pod.sights[this.index];
    if (sight.attachAt === Infinity || (now < pod.startedAt && !this.way.routesUnready)) {
      sight.attachAt = Infinity;
      return;
    }
    this.learn('detach', this.way.detach, now, (at) => { sight.detachAt = at; });
  }

  /** The pod is gone. */
  forget(pod: Pod, now: number): void {
    const sight = pod.sights[this.index];
    this.learn('detach', this.way.detach, now, (at) => { sight.forgottenAt = Math.max(sight.detachAt, at); });
  }

  /** The traffic moves to another version. */
  flip(version: number, now: number): void {
    const flip: Flip = { at: now, version };
    this.flips.push(flip);
    this.learn('detach', this.way.detach, now, (at) => { flip.at = at; });
  }

  /**
   * Where changes are learned in order, a later one waits for those before it, unless that would be later than its own bound: then
   * those before it are learned with it.
   */
  private learn(kind: 'attach' | 'detach', delay: Interval, now: number, move: (at: number) => void): void {
    const drawn = now + this.delays.draw(`${kind} ${this.index}`, delay);
    if (!this.way.inOrder) {
      move(drawn);
      return;
    }
    this.pending = this.pending.filter(({ at }) => at > now);
    const last = this.pending.at(-1)?.at ?? now;
    const at = Math.min(now + milliseconds(delay.atMost), Math.max(drawn, last));
    for (const earlier of this.pending.filter((change) => change.at > at)) {
      earlier.at = at;
      earlier.move(at);
    }
    move(at);
    this.pending.push({ at, move });
  }
}
