import { checked, parser } from './checking';
import { queriesOf } from '../../src/migrations/application/application';
import { MIGRATION_RULES } from '../../src/migrations/rules/rules';

describe.each(MIGRATION_RULES)('$id', (rule) => {
  const { id, given, bad, good, next, previous } = rule;
  const sent = (sql: string | undefined) => sql === undefined ? undefined : queriesOf('sent.sql', sql, parser()).queries;
  const settings = () => ({ rules: [rule], application: { next: sent(next), previous: sent(previous) } });

  test('finds what is bad', () => {
    const { findings, problems } = checked(given, bad, settings());
    expect(problems).toEqual([]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual([id]);
  });

  test('finds nothing in what is good', () => {
    const { findings, problems } = checked(given, good, settings());
    expect(problems).toEqual([]);
    expect(findings).toEqual([]);
  });

  test('passes over a table that the same migration makes', () => {
    const own = checked('', `${given}\n${bad}`, settings()).findings.map(({ ruleId }) => ruleId);
    // What has no table, or what a table that is new does not excuse.
    const always = ['concurrently-in-transaction', 'server-refuses', 'opaque-statement', 'rename-enum-value', 'enum-value-in-transaction', 'next-version-unanswered',
      'transaction-left-open', 'transaction-in-transaction'];
    expect(own).toEqual(always.includes(id) ? [id] : []);
  });

  test('prints SQL that PostgreSQL parses', () => {
    const { findings } = checked(given, bad, settings());
    findings.flatMap(({ rewrite }) => rewrite ?? []).forEach(({ sql }) => expect(parser().parse(sql).length).toBeGreaterThan(0));
  });

  test('has an id of words, and one sentence that says what must hold', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(rule.title).toMatch(/^[A-Z][^]*\.$/);
    expect(rule.sources.every((source) => source.startsWith('https://'))).toBe(true);
  });
});

test('no two rules share an id', () => {
  expect(new Set(MIGRATION_RULES.map(({ id }) => id)).size).toBe(MIGRATION_RULES.length);
});
