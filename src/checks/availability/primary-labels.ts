import type { Workload } from '../../cluster/workload';

/** The labels that Flagger's -selector-labels names where nobody changes it, in the order in which it looks for them. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** The labels of the pods that serve between releases: those of the target, with one of them renamed. */
export function primaryLabelsOf({ field, template }: Workload): ReadonlyMap<string, string> {
  const selected = field.get('spec', 'selector', 'matchLabels').stringMap();
  const key = SELECTOR_LABELS.find((label) => selected.has(label));
  return key === undefined ? template.labels : new Map([...template.labels, [key, `${selected.get(key)}-primary`]]);
}
