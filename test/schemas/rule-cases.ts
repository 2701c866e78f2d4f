import { withValue } from './variants';
import { apiServerRules } from '../support/api-server-rules';
import { JsonObject, subjectOf } from '../support/manifest-finding';

/**
 * A rule, where it is tried, a value it accepts and one it refuses, and what it then says:
 * a message about that place, or `/path: message` when the rule speaks of another one.
 */
export type RuleCase = [rule: string, pointer: string, good: unknown, bad: unknown, finding: string];

export function describeRules(title: string, base: () => JsonObject, cases: readonly RuleCase[]): void {
  describe(title, () => {
    test('a good manifest passes', () => {
      expect(apiServerRules(base())).toEqual([]);
    });

    test.each(cases)('%s (%s)', (_rule, pointer, good, bad, finding) => {
      expect(apiServerRules(withValue(base(), pointer, good))).toEqual([]);
      const broken = withValue(base(), pointer, bad);
      const line = finding.startsWith('/') ? finding : `${pointer}: ${finding}`;
      expect(apiServerRules(broken)).toEqual([`${subjectOf(broken)}: ${line}`]);
    });
  });
}
