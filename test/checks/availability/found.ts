import type { Rule } from '../../../src/checks/rule';
import { checked, type CheckedOptions } from '../../support/checked';

/** What a finding says, without the place that the text of the example decides. */
export interface Found {
  readonly object: string;
  readonly path: string;
  readonly message: string;
  readonly actual?: string;
  readonly required?: string;
  readonly fix: string;
}

/** What one rule alone finds in manifests. */
export function found(rule: Rule, yaml: string, options: CheckedOptions = {}): readonly Found[] {
  return checked(yaml, { ...options, rules: [rule] })
    .map(({ object, path, message, actual, required, fix }) => ({ object, path, message, actual, required, fix }));
}

/** The messages of one rule alone. */
export function messages(rule: Rule, yaml: string, options: CheckedOptions = {}): readonly string[] {
  return found(rule, yaml, options).map(({ message }) => message);
}

/** A text with a part of it replaced; a part that is not there is a mistake of the test. */
export function changed(text: string, ...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) {
      throw new Error(`${JSON.stringify(from)} is not in the text`);
    }
    return result.replaceAll(from, to);
  }, text);
}
