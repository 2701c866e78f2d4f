import type { Interval, WayIn, WorkloadModel } from '../../../src/verify/workload-model';

/** An interval of one value. */
export function exactly(seconds: number): Interval {
  return { atLeast: seconds, atMost: seconds };
}

/** Anything from nothing up to a bound. */
export function within(seconds: number): Interval {
  return { atLeast: 0, atMost: seconds };
}

/** kube-proxy: ten seconds for everybody to learn, in order. */
export const CLUSTER_INTERNAL: WayIn = {
  path: 'clusterInternal',
  through: 'Service shop/payments',
  detach: within(10),
  attach: within(10),
  inOrder: true,
  fallsBackToTerminating: true,
  routesUnready: false,
  readinessGate: false,
  keptBy: 'client',
};

/** A load balancer whose targets come and go apart, with a readiness gate. */
export const LOAD_BALANCER: WayIn = {
  path: 'awsLoadBalancer',
  through: 'Ingress shop/payments',
  detach: within(30),
  attach: within(60),
  inOrder: false,
  fallsBackToTerminating: false,
  routesUnready: false,
  readinessGate: true,
  keptBy: 'none',
  cutsAfterSeconds: 20,
};

/** A service whose releases lose nothing: the hook outlasts every detach, the grace period holds hook and drain. */
export const SOUND: WorkloadModel = {
  workload: 'Deployment shop/payments',
  replicas: { min: 4, max: 4 },
  strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 },
  minReadySeconds: 10,
  start: { accepts: { atLeast: 1, atMost: 10 }, gated: true, noticedWithinSeconds: 5 },
  termination: {
    gracePeriodSeconds: 30, preStop: exactly(10), kubeletSeconds: 2, shutdown: 'drains', drainSeconds: 15,
  },
  longestRequestSeconds: 15,
  keptConnections: 'announced',
  budget: { maxUnavailable: 1 },
  evictions: 1,
  requiredReady: 1,
  waysIn: [CLUSTER_INTERNAL],
};

/** Every delay is one value and nothing disturbs: four pods, ready after five seconds, ended at once. */
export const EXACT: WorkloadModel = {
  ...SOUND,
  minReadySeconds: 0,
  start: { accepts: exactly(5), gated: true, noticedWithinSeconds: 0 },
  termination: { gracePeriodSeconds: 30, preStop: exactly(0), kubeletSeconds: 0, shutdown: 'drains', drainSeconds: 0 },
  longestRequestSeconds: 0,
  evictions: 0,
  waysIn: [{ ...CLUSTER_INTERNAL, detach: exactly(5), attach: exactly(0), fallsBackToTerminating: false }],
};
