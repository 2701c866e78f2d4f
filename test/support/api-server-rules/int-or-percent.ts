import { Field } from './field';

const PERCENT = /^[0-9]+%$/;

/** Not negative, and when a string then a percentage: of pods, or of the replicas wanted. */
export function intOrPercent(field: Field): void {
  field.atLeast(0);
  field.refuseIf(field.text !== undefined && !PERCENT.test(field.text), `'${field.text}' must be an integer or a percentage (e.g. '25%')`);
}

export function atMostHundredPercent(field: Field): void {
  field.refuseIf(field.text !== undefined && PERCENT.test(field.text) && parseInt(field.text, 10) > 100, 'must not be greater than 100%');
}

/** Zero itself or zero percent; a field left out takes a default, and the caller knows which. */
export function isZero(field: Field, defaultsToZero = false): boolean {
  return field.isSet ? field.value === 0 || (PERCENT.test(field.text ?? '') && parseInt(field.text ?? '', 10) === 0) : defaultsToZero;
}
