import type { Turnover } from './turnover';

/** In how many waves a release makes as many new pods available as must be before the last old one is deleted. */
export function wavesOf({ replicas, maxSurge, maxUnavailable }: Turnover): number {
  return Math.ceil((replicas - maxUnavailable) / (maxSurge + maxUnavailable));
}

/**
 * The longest time that a load balancer may take to attach a new pod without ever having no target: exact, for any number of
 * replicas. Undefined where the release may delete every old pod before there is a new one.
 *
 * Let R be the replicas, s the surge, u the unavailable, a the start, m the minReadySeconds and d the time that a deleted pod still
 * serves. Old pods are deleted only while old + available ≥ R − u, and new ones are created only while old + new ≤ R + s. So of new
 * pods there are never more than s + u beyond those that are available. Let ρ be the second at which the first new pod is ready.
 * Until ρ + m none is available, so that at most s + u exist: the first wave, available at ρ + m at the earliest. Each later wave has
 * at most s + u pods again, is created when the one before it is available, and is available a + m later. The last old pod goes when
 * R − u new ones are available, which takes W = ⌈(R − u) / (s + u)⌉ waves: not before ρ + m + (W − 1)(a + m). It serves for d more
 * seconds. The first new pod is attached no later than ρ + attach. Hence attach ≤ m + (W − 1)(a + m) + d is enough. Where it is
 * more, pods that all start as fast as they can and a controller that never waits leave the load balancer without a target.
 */
export function longestAttach(turnover: Turnover): number | undefined {
  const { startSeconds, minReadySeconds, servesSeconds } = turnover;
  const waves = wavesOf(turnover);
  return waves < 1 ? undefined : minReadySeconds + (waves - 1) * (startSeconds + minReadySeconds) + servesSeconds;
}
