import { estimateLoss, LossEstimate } from '../../src/verify/simulation/estimate-loss';
import type { Strategy, TerminationModel, WorkloadModel } from '../../src/verify/workload-model';

/** A configuration whose rollout was measured on a real cluster, and how many requests each of three rollouts lost. */
export interface Measurement {
  readonly row: string;
  readonly configuration: string;
  readonly model: WorkloadModel;
  readonly newConnections: readonly number[];
  readonly keptConnections: readonly number[];
}

/** A measured configuration beside what the simulation makes of its model. */
export interface Comparison extends Measurement {
  readonly simulated: { readonly newConnections: LossEstimate; readonly keptConnections: LossEstimate };
}

/** 200 requests a second of 20 milliseconds each, with new connections and again on 20 kept ones; one node. */
const LOAD = { requestsPerSecond: 200, requestSeconds: 0.02, networkLatencySeconds: 0.001 };

const PLAIN: TerminationModel = {
  gracePeriodSeconds: 30, preStop: { atLeast: 0, atMost: 0 }, kubeletSeconds: 0.1, shutdown: 'drains', drainSeconds: 30,
};
const EXITS: TerminationModel = { ...PLAIN, shutdown: 'exitsAtOnce' };
const SLEEP = { atLeast: 10, atMost: 10 };
const ONE_UNAVAILABLE: Strategy = { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 1 };
const NONE_UNAVAILABLE: Strategy = { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 };
const QUARTERS: Strategy = { kind: 'rollingUpdate', maxSurge: '25%', maxUnavailable: '25%' };

/** Four replicas as they were measured; the program listens after two seconds and is probed every second. */
export function measuredModel(strategy: Strategy, termination: TerminationModel, gated = true, replicas = 4): WorkloadModel {
  return {
    workload: 'Deployment measured/service',
    replicas: { min: replicas, max: replicas },
    strategy,
    minReadySeconds: 0,
    start: { accepts: { atLeast: 2, atMost: 2 }, gated, noticedWithinSeconds: gated ? 1 : 0 },
    termination,
    longestRequestSeconds: LOAD.requestSeconds,
    keptConnections: 'closed',
    evictions: 1,
    requiredReady: 1,
    waysIn: [{
      path: 'clusterInternal',
      through: 'Service measured/service',
      // Measured: half within 1.001s, all within 1.181s. kube-proxy writes its rules once a second.
      detach: { atLeast: 0.8, atMost: 1.2 },
      attach: { atLeast: 0, atMost: 1.1 },
      inOrder: true,
      fallsBackToTerminating: true,
      routesUnready: false,
      readinessGate: false,
      keptBy: 'client',
    }],
  };
}

/** The measured rollouts: a real single-node Kubernetes 1.36.2, kube-proxy with iptables, no retries. */
export const MEASUREMENTS: readonly Measurement[] = [
  {
    row: '1',
    configuration: 'no probes, no preStop, graceful',
    model: measuredModel(QUARTERS, PLAIN, false),
    newConnections: [425, 431, 424],
    keptConnections: [133, 83, 79],
  },
  {
    row: '1 exits',
    configuration: 'no probes, no preStop, exits',
    model: measuredModel(QUARTERS, EXITS, false),
    newConnections: [422, 441, 427],
    keptConnections: [169, 172, 95],
  },
  {
    row: '2',
    configuration: 'readiness only, 25 %/25 %, graceful',
    model: measuredModel(QUARTERS, PLAIN),
    newConnections: [78, 174, 63],
    keptConnections: [18, 14, 12],
  },
  {
    row: '2 exits',
    configuration: 'readiness only, 25 %/25 %, exits',
    model: measuredModel(QUARTERS, EXITS),
    newConnections: [114, 149, 117],
    keptConnections: [19, 32, 30],
  },
  {
    row: '4',
    configuration: 'readiness, surge 1 / unavailable 1, no preStop, graceful',
    model: measuredModel(ONE_UNAVAILABLE, PLAIN),
    newConnections: [146, 132, 140],
    keptConnections: [17, 20, 11],
  },
  {
    row: '4b',
    configuration: 'readiness, surge 1 / unavailable 0, no preStop, graceful',
    model: measuredModel(NONE_UNAVAILABLE, PLAIN),
    newConnections: [172, 180, 147],
    keptConnections: [6, 15, 5],
  },
  {
    row: '4b exits',
    configuration: 'readiness, surge 1 / unavailable 0, no preStop, exits',
    model: measuredModel(NONE_UNAVAILABLE, EXITS),
    newConnections: [168, 157, 146],
    keptConnections: [19, 16, 14],
  },
  {
    row: '3',
    configuration: 'readiness, surge 1 / unavailable 0, sleep 10, graceful',
    model: measuredModel(NONE_UNAVAILABLE, { ...PLAIN, preStop: SLEEP }),
    newConnections: [0, 0, 0],
    keptConnections: [0, 0, 0],
  },
  {
    row: '3 exits',
    configuration: 'readiness, surge 1 / unavailable 0, sleep 10, exits',
    model: measuredModel(NONE_UNAVAILABLE, { ...EXITS, preStop: SLEEP }),
    newConnections: [0, 0, 0],
    keptConnections: [6, 1, 3],
  },
  {
    row: '8',
    configuration: 'Recreate, readiness, no preStop, graceful',
    model: measuredModel({ kind: 'recreate' }, PLAIN),
    newConnections: [874, 798, 717],
    keptConnections: [113, 118, 108],
  },
];

/** Plays every measured configuration through and sets what it loses beside what was measured. */
export function compareWithMeasurements(runs = 60, seed = 1): readonly Comparison[] {
  return MEASUREMENTS.map((measurement) => ({ ...measurement, simulated: estimateLoss(measurement.model, { ...LOAD, runs, seed }) }));
}

/** The middle one of three. */
export function medianOf(measured: readonly number[]): number {
  return [...measured].sort((one, other) => one - other)[Math.floor(measured.length / 2)];
}
