import type { Finding } from '../../../src/checks/finding';
import type { Rule } from '../../../src/checks/rule';
import { checked, type CheckedOptions } from '../../support/checked';

/** What a finding says, without where it was read. */
export type Told = Pick<Finding, 'object' | 'path' | 'message' | 'actual' | 'required' | 'fix'>;

/** What one rule says of some manifests. */
export function told(rule: Rule, yaml: string, options: Omit<CheckedOptions, 'rules'> = {}): readonly Told[] {
  return checked(yaml, { ...options, rules: [rule] }).map(({ object, path, message, actual, required, fix }) =>
    ({ object, path, message, actual, required, fix }));
}

/** The fields that one rule points at. */
export function pathsOf(rule: Rule, yaml: string, options: Omit<CheckedOptions, 'rules'> = {}): readonly string[] {
  return told(rule, yaml, options).map(({ object, path }) => `${object} ${path}`);
}

/** Documents of one text. */
export function documents(...texts: readonly string[]): string {
  return texts.join('\n---\n');
}
