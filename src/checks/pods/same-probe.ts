import type { Probe } from '../../cluster/probe';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { servedOf } from './served';

const READINESS = '{ httpGet: { path: /ready, port: 3000 } }';

/** Liveness asks something else than readiness, or waits longer for the answer. */
export const SAME_PROBE: Rule = {
  id: 'same-probe',
  severity: 'warning',
  title: 'The liveness probe asks something else than the readiness probe, or is more patient.',
  why: 'A pod that is overloaded, or waits for a database, should be sent fewer requests until it recovers: that is what readiness is for. Where '
    + 'liveness fails with it, the pod is killed instead, its load falls upon the others, and they follow.',
  inequality: 'livenessProbe failureThreshold × periodSeconds > readinessProbe failureThreshold × periodSeconds, where both ask the same',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/probes/'],
  failing: exampleOf({ container: { readinessProbe: READINESS, livenessProbe: READINESS } }),
  passing: exampleOf({ container: { readinessProbe: READINESS, livenessProbe: '{ httpGet: { path: /healthz, port: 3000 } }' } }),
  check: (context) => servedOf(context).flatMap(({ workload, containers }) => containers.flatMap(({ name, liveness, readiness }) => {
    const isSame = liveness !== undefined && readiness !== undefined && liveness.asks === readiness.asks;
    return !isSame || patienceOf(liveness) > patienceOf(readiness) ? [] : [{
      object: workload,
      field: liveness.field,
      message: `the liveness probe of container ${name} asks what its readiness probe asks and gives up no later, `
        + 'so a pod that should only be sent fewer requests is restarted',
      actual: `${patienceOf(liveness)} s`,
      required: `> ${patienceOf(readiness)} s`,
      fix: 'let the liveness probe ask only whether the program hangs, or raise its failureThreshold',
    }];
  })),
};

/** For how long a program may fail to answer before the probe counts as failed. */
export function patienceOf({ failureThreshold, periodSeconds }: Probe): number {
  return failureThreshold * periodSeconds;
}
