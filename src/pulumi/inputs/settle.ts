import type * as pulumi from '@pulumi/pulumi';
import { settled } from './placeholder';

/** What stands for whole texts, beside the placeholders that were handed out: names that follow from values. */
export type Derived = ReadonlyMap<string, pulumi.Input<string>>;

/** Puts values in the place of all placeholders of an object. */
export function settle<T>(value: T, derived: Derived = new Map()): T {
  return settledValue(value, derived) as T;
}

function settledValue(value: unknown, derived: Derived): unknown {
  if (typeof value === 'string') {
    return derived.get(value) ?? settled(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => settledValue(item, derived));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, settledValue(member, derived)])) : value;
}
