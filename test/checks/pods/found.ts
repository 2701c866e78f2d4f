import type { Finding } from '../../../src/checks/finding';
import type { Rule } from '../../../src/checks/rule';
import { checked, type CheckedOptions } from '../../support/checked';

/** What one rule finds, without what every finding has: `path` and the words. */
export function found(rule: Rule, yaml: string, options: Omit<CheckedOptions, 'rules'> = {}) {
  return checked(yaml, { ...options, rules: [rule] }).map(({ object, path, message, actual, required, fix }: Finding) =>
    Object.fromEntries(Object.entries({ object, path, message, actual, required, fix }).filter(([, value]) => value !== undefined)));
}

/** How many findings one rule has. */
export function count(rule: Rule, yaml: string, options: Omit<CheckedOptions, 'rules'> = {}): number {
  return found(rule, yaml, options).length;
}
