import type { Rule } from '../rule';
import { exampleOf } from './example';

/** Old revisions are kept, so that one can go back to them. */
export const NO_ROLLBACK_HISTORY: Rule = {
  id: 'no-rollback-history',
  severity: 'warning',
  title: 'At least one old revision is kept to go back to.',
  why: 'With revisionHistoryLimit 0 the template of the version before is deleted as soon as its last pod is gone. kubectl rollout undo has nothing to go '
    + 'back to, so a bad release can only be mended by another release.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#revision-history-limit'],
  failing: exampleOf({ spec: { revisionHistoryLimit: '0' } }),
  passing: exampleOf({ spec: { revisionHistoryLimit: '3' } }),
  check: ({ cluster }) => cluster.workloads.flatMap((workload) => {
    const field = workload.field.get('spec', 'revisionHistoryLimit');
    return field.integer() !== 0 ? [] : [{
      object: workload,
      field,
      message: 'revisionHistoryLimit 0 deletes the version before as soon as it is replaced, so there is nothing to roll back to',
      actual: '0',
      required: '≥ 1',
      fix: 'remove revisionHistoryLimit (Kubernetes keeps 10), or set it to at least 1',
    }];
  }),
};
