import type { Probe } from '../../cluster/probe';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { failedAfterSecondsOf, rhythmText, saidStartOf, startingContainerOf } from './start';

const SLOW = { annotations: '{ zero-downtime/starts-within-seconds: "60" }' };

/** The startup probe leaves a program the time to start. */
export const STARTUP_BUDGET_TOO_SHORT: Rule = {
  id: 'startup-budget-too-short',
  severity: 'error',
  title: 'The startup probe allows for the longest start.',
  why: 'The first question may come as soon as the container runs, and after failureThreshold failures in a row the kubelet kills it. A program that '
    + 'needs longer is killed while it starts, each time anew, so the release never ends.',
  inequality: 'initialDelaySeconds + (failureThreshold − 1) × periodSeconds ≥ longest start',
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes'],
  failing: exampleOf({
    metadata: SLOW, container: { startupProbe: '{ httpGet: { path: /ready, port: 3000 }, periodSeconds: 10, failureThreshold: 3 }' },
  }),
  passing: exampleOf({
    metadata: SLOW, container: { startupProbe: '{ httpGet: { path: /ready, port: 3000 }, periodSeconds: 10, failureThreshold: 7 }' },
  }),
  check: (context) => context.cluster.workloads.flatMap((workload) => {
    const start = saidStartOf(context, workload);
    const { name, startup } = startingContainerOf(workload) ?? {};
    return start === undefined || startup === undefined || failedAfterSecondsOf(startup) >= start ? [] : [{
      object: workload,
      field: startup.field.get('failureThreshold'),
      message: `the startup probe may kill container ${name} after ${failedAfterSecondsOf(startup)} s (${rhythmText(startup)}), `
        + `but it may take ${start} s to start`,
      actual: `${failedAfterSecondsOf(startup)} s`,
      required: `≥ ${start} s`,
      fix: `set failureThreshold of the startupProbe to at least ${thresholdFor(startup, start)}`,
    }];
  }),
};

function thresholdFor({ initialDelaySeconds, periodSeconds }: Probe, start: number): number {
  return Math.ceil((start - initialDelaySeconds) / periodSeconds) + 1;
}
