import type { Cluster } from './cluster';
import { milliseconds } from './delays';

/** A switch-over: which version has the traffic, and until when versions that had it stay. */
export class SwitchOver {
  private active = 0;
  private readonly keptUntil: number[] = [];

  constructor(private readonly scaleDownDelaySeconds: number) {
  }

  /**
   * One step of the controller.
   *
   * @returns whether there was anything to do
   */
  sync(cluster: Cluster): boolean {
    const { desired, target, replicas } = cluster;
    const before = `${desired.join()} ${this.active}`;
    for (let version = 0; version <= Math.max(target, desired.length - 1); version += 1) {
      if (version === this.active || version === target) {
        desired[version] = replicas;
      } else if (cluster.now >= (this.keptUntil[version] ?? 0)) {
        desired[version] = 0;
      }
    }
    if (this.active !== target && cluster.available(target) >= replicas) {
      this.moveTo(cluster);
    }
    return `${desired.join()} ${this.active}` !== before;
  }

  private moveTo(cluster: Cluster): void {
    const until = cluster.now + milliseconds(this.scaleDownDelaySeconds);
    this.keptUntil[this.active] = until;
    this.active = cluster.target;
    cluster.moveTraffic(cluster.target);
    // Nothing but the time has to come for the old pods to go.
    cluster.events.add(until, () => undefined);
  }
}
