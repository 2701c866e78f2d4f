import type { WorkloadModel } from '../../src/verify/workload-model';
import { lossesOf, play, provedWays } from '../verify/differential/judging';
import { CLUSTER_INTERNAL, exactly, LOAD_BALANCER, SOUND, within } from '../verify/simulation/models';

const RUNS = 10_000;

/** Behind a load balancer whose hook outlasts its detach. */
const BALANCED: WorkloadModel = {
  ...SOUND,
  termination: { ...SOUND.termination, preStop: exactly(30), gracePeriodSeconds: 60 },
  waysIn: [LOAD_BALANCER, CLUSTER_INTERNAL],
};

const TYPICAL: Readonly<Record<string, WorkloadModel>> = {
  'four pods behind a Service': SOUND,
  'four pods behind a load balancer with readiness gates, and a Service': BALANCED,
  'six pods behind a load balancer without readiness gates': {
    ...BALANCED, replicas: { min: 6, max: 6 }, minReadySeconds: 60, waysIn: [{ ...LOAD_BALANCER, readinessGate: false }],
  },
  'four to eight pods, a quarter at a time, and two evictions': {
    ...SOUND, replicas: { min: 4, max: 8 }, strategy: { kind: 'rollingUpdate', maxSurge: '25%', maxUnavailable: '25%' }, evictions: 2,
  },
  'three pods of a StatefulSet': { ...SOUND, replicas: { min: 3, max: 3 }, strategy: { kind: 'oneByOne', maxUnavailable: 1 } },
  'a blue-green Rollout': { ...SOUND, strategy: { kind: 'switchOver', scaleDownDelaySeconds: 30 } },
  'pods with a sidecar of Istio, reached by the mesh': {
    ...SOUND,
    termination: { ...SOUND.termination, proxy: { acceptsSeconds: 27, endsSeconds: 27 } },
    waysIn: [{ ...CLUSTER_INTERNAL, path: 'istio', fallsBackToTerminating: false, keptBy: 'none' }],
  },
  'two pods through a Network Load Balancer that clients keep connections to': {
    ...BALANCED,
    replicas: { min: 2, max: 2 },
    termination: { ...SOUND.termination, preStop: exactly(120), gracePeriodSeconds: 160 },
    waysIn: [{ ...LOAD_BALANCER, path: 'networkLoadBalancer', detach: within(120), keptBy: 'client', cutsAfterSeconds: 300 }],
  },
};

describe.each(Object.entries(TYPICAL))('%s', (_, model) => {
  test('is proved on every way in', () => {
    expect(provedWays(model)).toEqual([...model.waysIn.keys()]);
  });

  test('loses nothing in ten thousand runs', () => {
    const lossy = play(model, RUNS).flatMap(({ perWay, scenario }, seed) => perWay
      .filter((way) => lossesOf(way).length > 0)
      .map((way) => ({ path: way.path, seed, scenario, losses: lossesOf(way) })));
    expect(lossy).toEqual([]);
  });
});
