import type { Count, Strategy, WorkloadModel } from '../../../src/verify/workload-model';

/** A rolling update, by its two limits. */
export function rolling(maxSurge: Count, maxUnavailable: Count): Strategy {
  return { kind: 'rollingUpdate', maxSurge, maxUnavailable };
}

/** A workload of a fixed number of pods; without anything said, a Deployment as Kubernetes makes it, and nothing is evicted. */
export function workload(replicas: number, options: Partial<WorkloadModel> = {}): WorkloadModel {
  return {
    workload: 'Deployment shop/payments',
    replicas: { min: replicas, max: replicas },
    strategy: rolling('25%', '25%'),
    minReadySeconds: 0,
    start: { accepts: { atLeast: 1, atMost: 10 }, gated: true, noticedWithinSeconds: 5 },
    termination: { gracePeriodSeconds: 30, preStop: { atLeast: 10, atMost: 10 }, kubeletSeconds: 2, shutdown: 'drains', drainSeconds: 10 },
    longestRequestSeconds: 5,
    keptConnections: 'announced',
    evictions: 0,
    requiredReady: 1,
    waysIn: [],
    ...options,
  };
}
