import type { Rule } from '../rule';
import { exampleOf } from './example';

/** A workload is not left paused. */
export const PAUSED: Rule = {
  id: 'paused',
  severity: 'info',
  title: 'A workload is not declared as paused.',
  why: 'While spec.paused is true a changed template makes no new pods: the release that these manifests describe does not happen, and whatever waits for '
    + 'it waits until somebody resumes it.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment'],
  failing: exampleOf({ spec: { paused: 'true' } }),
  passing: exampleOf(),
  check: ({ cluster }) => cluster.workloads.flatMap((workload) => {
    const field = workload.field.get('spec', 'paused');
    const canPause = workload.kind === 'Deployment' || workload.kind === 'Rollout';
    return !canPause || field.boolean() !== true ? [] : [{
      object: workload,
      field,
      message: 'the workload is declared as paused, so applying a new version releases nothing',
      fix: 'remove spec.paused, unless the release is to wait for somebody',
    }];
  }),
};
