import type { Field } from '../reading/field';

type Labels = ReadonlyMap<string, string>;

/** A choice of objects by their labels, evaluated as Kubernetes does. */
export interface LabelSelector {
  readonly matches: (labels: Labels) => boolean;
  /** Whether it has no requirement at all and so chooses everything. */
  readonly isEmpty: boolean;
  readonly text: string;
}

type Requirement = readonly [text: string, holds: (labels: Labels) => boolean];

/** A selector with matchLabels and matchExpressions. Absent fields choose everything, as an empty selector does. */
export function labelSelectorOf(field: Field): LabelSelector {
  const byLabel = [...field.get('matchLabels').stringMap()].map(([key, value]) => equals(key, value));
  const byExpression = field.get('matchExpressions').items().map(requirementOf);
  return selectorFrom([...byLabel, ...byExpression]);
}

/** A selector that is a plain map of labels, as Services have. */
export function mapSelectorOf(labels: Labels): LabelSelector {
  return selectorFrom([...labels].map(([key, value]) => equals(key, value)));
}

function selectorFrom(requirements: readonly Requirement[]): LabelSelector {
  return {
    matches: (labels) => requirements.every(([, holds]) => holds(labels)),
    isEmpty: requirements.length === 0,
    text: requirements.map(([text]) => text).join(', ') || '(everything)',
  };
}

function equals(key: string, value: string): Requirement {
  return [`${key}=${value}`, (labels) => labels.get(key) === value];
}

function requirementOf(field: Field): Requirement {
  const key = field.get('key').string() ?? '';
  const operator = field.get('operator').string() ?? '';
  const values = field.get('values').items().map((item) => item.string() ?? '');
  const listed = (labels: Labels) => values.includes(labels.get(key) ?? '');
  switch (operator) {
    case 'In': return [`${key} in (${values.join(', ')})`, (labels) => labels.has(key) && listed(labels)];
    // Kubernetes takes an object without the label for one that is not in the list.
    case 'NotIn': return [`${key} notin (${values.join(', ')})`, (labels) => !labels.has(key) || !listed(labels)];
    case 'Exists': return [key, (labels) => labels.has(key)];
    case 'DoesNotExist': return [`!${key}`, (labels) => !labels.has(key)];
    default: return field.get('operator').refuse('must be one of In, NotIn, Exists and DoesNotExist');
  }
}
