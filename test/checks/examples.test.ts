import { RULES } from '../../src/checks/rules';
import { checked } from '../support/checked';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('the examples of %s', (id, rule) => {
  test('the failing one is found by it, at a place in the text, with a remedy', () => {
    const findings = checked(rule.failing).filter(({ ruleId }) => ruleId === id);
    expect(findings).not.toEqual([]);
    findings.forEach((finding) => {
      expect(finding.position?.line).toBeGreaterThan(0);
      expect(finding.fix).toMatch(/^[a-z].*[^.]$/s);
      expect(finding.message).toMatch(/[^.]$/);
    });
  });

  test('the passing one violates no rule as bad', () => {
    const asBad = checked(rule.passing).filter(({ ruleId, severity }) => ruleId === id || (severity === 'error' && ruleId !== 'missing-readiness-probe'));
    expect(asBad.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });
});

describe('every rule', () => {
  test('has an id of its own, in kebab-case', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    ids.forEach((id) => expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/));
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s says what, why and where from', (_id, rule) => {
    expect(rule.title).toMatch(/^[A-Z].*\.$/);
    expect(rule.why.length).toBeGreaterThan(60);
    expect(rule.sources.length).toBeGreaterThan(0);
  });
});
