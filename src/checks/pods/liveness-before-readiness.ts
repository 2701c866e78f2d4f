import type { Rule } from '../rule';
import { exampleOf } from './example';
import { patienceOf } from './same-probe';
import { servedOf } from './served';

const READINESS = '{ httpGet: { path: /ready, port: 3000 }, periodSeconds: 10, failureThreshold: 3 }';

/** A pod in trouble leaves traffic before it is restarted. */
export const LIVENESS_BEFORE_READINESS: Rule = {
  id: 'liveness-before-readiness',
  severity: 'warning',
  title: 'The liveness probe gives up no sooner than the readiness probe.',
  why: 'A program that stops answering fails both probes. If liveness gives up first, the container is killed while its pod still counts as ready, '
    + 'so the requests that go on coming are refused until readiness has noticed too.',
  inequality: 'livenessProbe failureThreshold × periodSeconds ≥ readinessProbe failureThreshold × periodSeconds',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes'],
  failing: exampleOf({
    container: { readinessProbe: READINESS, livenessProbe: '{ httpGet: { path: /healthz, port: 3000 }, periodSeconds: 5, failureThreshold: 3 }' },
  }),
  passing: exampleOf({
    container: { readinessProbe: READINESS, livenessProbe: '{ httpGet: { path: /healthz, port: 3000 }, periodSeconds: 10, failureThreshold: 4 }' },
  }),
  check: (context) => servedOf(context).flatMap(({ workload, containers }) => containers.flatMap(({ name, liveness, readiness }) => {
    // Where both ask the same, same-probe tells of it.
    const differ = liveness !== undefined && readiness !== undefined && liveness.asks !== readiness.asks;
    return !differ || patienceOf(liveness) >= patienceOf(readiness) ? [] : [{
      object: workload,
      field: liveness.field.get('failureThreshold'),
      message: `container ${name} is killed ${patienceOf(liveness)} s after it stops answering, `
        + `but requests go on coming until its readiness probe fails after ${patienceOf(readiness)} s`,
      actual: `${patienceOf(liveness)} s`,
      required: `≥ ${patienceOf(readiness)} s`,
      fix: `set failureThreshold of the livenessProbe to at least ${Math.ceil(patienceOf(readiness) / liveness.periodSeconds)}, `
        + 'or let the readinessProbe fail sooner',
    }];
  })),
};
