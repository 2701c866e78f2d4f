import type { WorkloadModel } from '../workload-model';

/**
 * How to hold SIGTERM back for so many seconds, in the words of Kubernetes. The grace period is raised with the hook where it would
 * cut the hook off, or cut what the program still has to finish.
 */
export function holdBackFor({ termination, longestRequestSeconds }: WorkloadModel, seconds: number): string {
  const { preStop, gracePeriodSeconds, kubeletSeconds, shutdown } = termination;
  const finishes = shutdown === 'drains' ? longestRequestSeconds : 0;
  // A hook as long as the grace period leaves no time for SIGTERM.
  const needed = Math.max(preStop.atLeast, seconds) + Math.max(1, kubeletSeconds + finishes);
  const grace = `terminationGracePeriodSeconds to at least ${needed}`;
  if (preStop.atLeast >= seconds) {
    return `set ${grace}`;
  }
  return `set the preStop sleep to at least ${seconds} s${gracePeriodSeconds < needed ? ` (and ${grace})` : ''}`;
}

/** Several remedies in one sentence. */
export function allOf(remedies: readonly (string | false)[]): string {
  return remedies.filter((remedy) => remedy !== false).join('; ');
}
