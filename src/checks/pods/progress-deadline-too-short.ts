import type { Rule } from '../rule';
import { exampleOf } from './example';
import { allowedStartOf, saidStartOf } from './start';

const SLOW = { startupProbe: '{ httpGet: { path: /ready, port: 3000 }, periodSeconds: 10, failureThreshold: 12 }' };

/** A release is not called failed while its pods may still start. */
export const PROGRESS_DEADLINE_TOO_SHORT: Rule = {
  id: 'progress-deadline-too-short',
  severity: 'error',
  title: 'The progress deadline is longer than a pod may take to become available.',
  why: 'The deadline counts from the last pod that became available. If one pod may take longer than that to start and to stay ready for minReadySeconds, '
    + 'the release is reported as failed (ProgressDeadlineExceeded) while all is well: kubectl rollout status, Helm and Argo CD stop, and some roll back.',
  inequality: 'progressDeadlineSeconds > startup budget + minReadySeconds',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds'],
  failing: exampleOf({ spec: { progressDeadlineSeconds: '120' }, container: SLOW }),
  passing: exampleOf({ spec: { progressDeadlineSeconds: '300' }, container: SLOW }),
  check: (context) => context.cluster.workloads.flatMap((workload) => {
    const { progressDeadlineSeconds: deadline, minReadySeconds } = workload;
    const start = allowedStartOf(workload) || saidStartOf(context, workload) || 0;
    return deadline === undefined || start === 0 || deadline > start + minReadySeconds ? [] : [{
      object: workload,
      field: workload.field.get('spec', 'progressDeadlineSeconds'),
      message: `the release counts as failed ${deadline} s after its last progress, but a pod may take ${start} s to become ready`
        + (minReadySeconds === 0 ? '' : ` and is available only ${minReadySeconds} s later`),
      actual: `${deadline} s`,
      required: `> ${start + minReadySeconds} s`,
      fix: `set progressDeadlineSeconds to more than ${start + minReadySeconds}, with time for scheduling and for pulling the image`,
    }];
  }),
};
