import { isObject } from '../manifest-finding';
import { Field } from './field';
import { labels } from './metadata';
import { labelValue, qualifiedName } from './names';

const OPERATORS_WITH_VALUES = ['In', 'NotIn'];
const OPERATORS_WITHOUT_VALUES = ['Exists', 'DoesNotExist'];

export function labelSelector(selector: Field): void {
  labels(selector.get('matchLabels'));
  for (const expression of selector.get('matchExpressions').items) {
    matchExpression(expression);
  }
}

/** A workload that does not select its own pods would create them without end. */
export function selectorOfTemplate(selector: Field, template: Field): void {
  labelSelector(selector);
  selector.refuseIf(selector.isSet && isEmpty(selector), 'must not be empty');
  const templateLabels = template.get('metadata', 'labels');
  templateLabels.refuseIf(selector.isSet && !selects(selector, templateLabels.value), 'must match the selector');
}

export function selectorKeys(selector: Field): Set<string> {
  const expressions = selector.get('matchExpressions').items.map((expression) => expression.get('key').text ?? '');
  return new Set([...selector.get('matchLabels').keys, ...expressions]);
}

function isEmpty(selector: Field): boolean {
  return selector.get('matchLabels').keys.length === 0 && selector.get('matchExpressions').items.length === 0;
}

function selects(selector: Field, candidate: unknown): boolean {
  const target = isObject(candidate) ? candidate : {};
  return selector.get('matchLabels').entries.every(([key, value]) => target[key] === value.value)
    && selector.get('matchExpressions').items.every((expression) => expressionHolds(expression, target));
}

function expressionHolds(expression: Field, target: Record<string, unknown>): boolean {
  const value = target[expression.get('key').text ?? ''];
  const values = expression.get('values').items.map((item) => item.value);
  switch (expression.get('operator').text) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function matchExpression(expression: Field): void {
  const [operator, values] = [expression.get('operator'), expression.get('values')];
  expression.get('key').requiredName(qualifiedName);
  operator.oneOf([...OPERATORS_WITH_VALUES, ...OPERATORS_WITHOUT_VALUES]);
  values.items.forEach((value) => value.name(labelValue));
  values.refuseIf(OPERATORS_WITH_VALUES.includes(operator.text ?? '') && values.items.length === 0, 'required with In and NotIn');
  values.refuseIf(OPERATORS_WITHOUT_VALUES.includes(operator.text ?? '') && values.items.length > 0, 'must be empty with Exists and DoesNotExist');
}
