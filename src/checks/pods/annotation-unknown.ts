import { ANNOTATION_PREFIX } from '../../assumptions/assumptions';
import { KNOWN_ASSUMPTIONS, tryFindKnown } from '../../assumptions/known-assumptions';
import { annotationsOf, type ClusterObject } from '../../cluster/identity';
import { nearestTo } from '../../reading/nearest';
import type { Violation } from '../finding';
import { ACCEPTED_PREFIX } from '../ignore';
import type { Rule } from '../rule';

/** Annotations that are meant for checks and verdicts say something to them. */
export const ANNOTATION_UNKNOWN: Rule = {
  id: 'annotation-unknown',
  severity: 'warning',
  title: 'Every annotation under zero-downtime/ says something that is read.',
  why: 'What manifests do not show is said by annotations, and a rule is accepted by one that gives the reason. One that is misspelt, or gives no '
    + 'reason, says nothing: the verdict then rests on a default that nobody chose.',
  sources: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],
  failing: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments, annotations: { zero-downtime/shut-down: drains } }
spec:
  selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments } }
    spec: { containers: [{ name: payments, image: 'registry.example.com/payments:2.1.0' }] }
`,
  passing: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments, annotations: { zero-downtime/shutdown: drains } }
spec:
  selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments } }
    spec: { containers: [{ name: payments, image: 'registry.example.com/payments:2.1.0' }] }
`,
  check: ({ cluster, ruleIds }) => cluster.objects.flatMap((object) => [...annotationsOf(object).keys()]
    .filter((name) => name.startsWith(ANNOTATION_PREFIX))
    .flatMap((name) => violationsOf(object, name, ruleIds))),
};

function violationsOf(object: ClusterObject, name: string, ruleIds: readonly string[]): readonly Violation[] {
  const field = object.field.get('metadata', 'annotations', name);
  if (!name.startsWith(ACCEPTED_PREFIX)) {
    const key = name.slice(ANNOTATION_PREFIX.length);
    const known = KNOWN_ASSUMPTIONS.map((assumption) => assumption.key);
    return tryFindKnown(key) ? [] : [{ object, field, message: `annotation ${name} is read by nothing`, fix: fixFor(ANNOTATION_PREFIX, key, known) }];
  }
  const id = name.slice(ACCEPTED_PREFIX.length);
  if (!ruleIds.includes(id)) {
    return [{ object, field, message: `annotation ${name} accepts no rule that there is`, fix: fixFor(ACCEPTED_PREFIX, id, ruleIds) }];
  }
  const isReasoned = (annotationsOf(object).get(name) ?? '').trim() !== '';
  return isReasoned ? [] : [{ object, field, message: `annotation ${name} gives no reason, so nothing is accepted`, fix: 'write the reason as its value' }];
}

function fixFor(prefix: string, written: string, words: readonly string[]): string {
  const nearest = nearestTo(written, words);
  return nearest === undefined ? 'remove it' : `remove it, or write ${prefix}${nearest}`;
}
