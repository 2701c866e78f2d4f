import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** A workload finds its own pods. */
export const SELECTOR_MISMATCH: Rule = {
  id: 'selector-mismatch',
  severity: 'error',
  title: 'A workload\'s selector chooses the pods of its own template.',
  why: 'A workload knows its pods by its selector. One that does not choose the pods of its template would make pods without end, so the API server '
    + 'refuses it, as it refuses an empty selector, and nothing of the release arrives.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  failing: `${SERVICE}${DEPLOYMENT}
  ${PODS.replace('matchLabels: { app: payments }', 'matchLabels: { app: payment }')}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
`,
  check: ({ cluster }) => cluster.workloads.flatMap((workload) => {
    const { field, selector, template } = workload;
    // A Rollout with a workloadRef has neither of its own, and a patch for kustomize has no selector.
    const isJudged = field.get('spec', 'selector').exists && field.get('spec', 'template').exists;
    return !isJudged || (!selector.isEmpty && selector.matches(template.labels)) ? [] : [{
      object: workload,
      field: field.get('spec', 'selector'),
      message: selector.isEmpty
        ? `the selector of ${workload.kind} ${workload.name} is empty, so it is refused`
        : `the selector ${selector.text} does not choose the pods of its own template, so ${workload.kind} ${workload.name} is refused`,
      fix: 'set spec.selector.matchLabels to labels of spec.template',
    }];
  }),
};
