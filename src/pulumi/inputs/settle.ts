import * as pulumi from '@pulumi/pulumi';
import { type Derived, holdsPlaceholder, settled } from './placeholder';

export type { Derived } from './placeholder';

/** Puts values in the place of all placeholders of an object. */
export function settle<T>(value: T, derived: Derived = new Map()): T {
  return settledValue(value, derived) as T;
}

function settledValue(value: unknown, derived: Derived): unknown {
  if (typeof value === 'string') {
    return settled(value, derived);
  }
  if (Array.isArray(value)) {
    return value.map((item) => settledValue(item, derived));
  }
  return typeof value === 'object' && value !== null ? settledFields(Object.entries(value), derived) : value;
}

function settledFields(fields: [string, unknown][], derived: Derived): unknown {
  const settledOnes = fields.map(([key, member]): [pulumi.Input<string>, unknown] => [settled(key, derived), settledValue(member, derived)]);
  // Where a key is known later, so is the whole: nobody knows yet which keys there are.
  if (fields.some(([key]) => holdsPlaceholder(key))) {
    return pulumi.output(settledOnes).apply((entries) => Object.fromEntries(entries));
  }
  const object = Object.fromEntries(settledOnes);
  // The SDK writes inputs into texts of its own, which fails where that is no function.
  return Object.hasOwn(object, 'toString') ? pulumi.output(object) : object;
}
