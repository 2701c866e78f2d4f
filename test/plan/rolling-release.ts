/** A rolling release of a Deployment, as its controller sees it. Times are whole seconds. */
export interface RollingRelease {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
  /** How long every old pod takes to end. */
  readonly grace: number;
  /** How long a new pod, ready at once, must stay so before it is available. */
  readonly minReady: number;
  /** The controller acts every so many seconds. By default it acts every second. */
  readonly lag?: number;
}

/**
 * The most pods that are alive at once, terminating ones included.
 *
 * Written from the Deployment controller's two rules alone: pods that are not terminating never exceed replicas + surge,
 * available ones never fall below replicas − unavailable. Within a second it acts until neither rule lets it.
 */
export function simulatedPeak({ replicas, surge, unavailable, grace, minReady, lag = 1 }: RollingRelease): number {
  let old = replicas;
  let peak = replicas;
  const createdAt: number[] = [];
  const deletedAt: number[] = [];
  const aliveAt = (now: number) => old + createdAt.length + deletedAt.filter((deleted) => now < deleted + grace).length;
  for (let now = 0; old > 0 || createdAt.length < replicas; now += lag) {
    for (let moved = true; moved;) {
      moved = false;
      const available = old + createdAt.filter((created) => now >= created + minReady).length;
      if (createdAt.length < replicas && old + createdAt.length < replicas + surge) {
        createdAt.push(now);
        moved = true;
      }
      if (old > 0 && available > replicas - unavailable) {
        old -= 1;
        deletedAt.push(now);
        moved = true;
      }
    }
    peak = Math.max(peak, aliveAt(now));
  }
  return peak;
}
