import type { Rule } from '../rule';
import { exampleOf } from './example';
import { failedAfterSecondsOf, rhythmText, saidStartOf, startingContainerOf } from './start';

const SLOW = { annotations: '{ zero-downtime/starts-within-seconds: "60" }' };
const LIVENESS = '{ httpGet: { path: /healthz, port: 3000 }, periodSeconds: 10, failureThreshold: 3 }';

/** Liveness leaves a program the time to start. */
export const LIVENESS_KILLS_START: Rule = {
  id: 'liveness-kills-start',
  severity: 'error',
  title: 'The liveness probe lets the program start, or a startup probe holds it back.',
  why: 'Without a startup probe the liveness probe asks from the first moment on. If it may fail often enough before the program listens, the container '
    + 'is killed while it starts, starts again, and is killed again: the pod never becomes ready and the release never ends.',
  inequality: 'initialDelaySeconds + (failureThreshold − 1) × periodSeconds ≥ longest start',
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes'],
  failing: exampleOf({ metadata: SLOW, container: { livenessProbe: LIVENESS } }),
  passing: exampleOf({
    metadata: SLOW,
    container: { livenessProbe: LIVENESS, startupProbe: '{ httpGet: { path: /healthz, port: 3000 }, periodSeconds: 10, failureThreshold: 7 }' },
  }),
  check: (context) => context.cluster.workloads.flatMap((workload) => {
    const start = saidStartOf(context, workload);
    const { name, liveness, startup } = startingContainerOf(workload) ?? {};
    return start === undefined || liveness === undefined || startup !== undefined || failedAfterSecondsOf(liveness) >= start ? [] : [{
      object: workload,
      field: liveness.field,
      message: `the liveness probe may kill container ${name} ${failedAfterSecondsOf(liveness)} s after its start (${rhythmText(liveness)}), `
        + `but it may take ${start} s to start, so it is restarted for ever`,
      actual: `${failedAfterSecondsOf(liveness)} s`,
      required: `≥ ${start} s`,
      fix: `add a startupProbe with failureThreshold ${Math.ceil(start / liveness.periodSeconds) + 1} and periodSeconds ${liveness.periodSeconds}`,
    }];
  }),
};
