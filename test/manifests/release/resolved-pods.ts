/** A number of pods, or a percentage of the replicas, as a Deployment's controller reads it. */
export function resolvedPods(value: number | string, replicas: number, round: (pods: number) => number): number {
  return typeof value === 'number' ? value : round(Number.parseInt(value, 10) * replicas / 100);
}
