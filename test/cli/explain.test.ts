import { run } from './run';
import { KNOWN_ASSUMPTIONS } from '../../src/assumptions/known-assumptions';
import { RULES } from '../../src/checks/rules';

const explained = async (...args: readonly string[]) => (await run(['explain', ...args])).out;

test('without a name every rule and every assumption is listed, a line each', async () => {
  const lines = (await explained()).split('\n');
  RULES.forEach(({ id, severity, title }) => expect(lines.filter((line) => line.startsWith(`  ${id} `) && line.includes(severity) && line.endsWith(title))).toHaveLength(1));
  KNOWN_ASSUMPTIONS.forEach(({ key, meaning }) => expect(lines.filter((line) => line.startsWith(`  ${key} `) && line.endsWith(meaning))).toHaveLength(1));
});

test('the list as JSON has the same', async () => {
  const { rules, assumptions } = JSON.parse(await explained('--format', 'json')) as { rules: { id: string }[]; assumptions: { key: string }[] };
  expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  expect(assumptions.map(({ key }) => key)).toEqual(KNOWN_ASSUMPTIONS.map(({ key }) => key));
});

test.each(RULES.map((rule) => [rule.id, rule] as const))('%s is explained in every format', async (id, rule) => {
  const [text, markdown, json] = [await explained(id), await explained(id, '--format', 'markdown'), await explained(id, '--format', 'json')];
  expect(text.startsWith(`${id} (${rule.severity})\n`)).toBe(true);
  expect(text).toContain(`zero-downtime/accepted.${id}: REASON`);
  expect(markdown.startsWith(`# ${id}\n`)).toBe(true);
  expect(markdown).toContain(rule.passing.trim());
  expect(JSON.parse(json)).toMatchObject({ id, title: rule.title, failing: rule.failing });
});

test.each([
  ['shutdown', 'drains or exits-at-once', 'default: none'], ['nodes', 'a whole number from 1 of pods', 'default: 3 (judgement)'],
  ['longest-request-seconds', 'a whole number from 0, in seconds', 'default: 10 s (judgement)'],
])('the assumption %s says what it may be and what it is', async (key, values, byDefault) => {
  const text = await explained(key);
  expect([text.includes(values), text.includes(byDefault)]).toEqual([true, true]);
});

test('an assumption as JSON has its fields', async () => {
  expect(JSON.parse(await explained('shutdown', '--format', 'json'))).toEqual(KNOWN_ASSUMPTIONS.find(({ key }) => key === 'shutdown'));
});

test.each([
  ['a rule that is none', ['unheard'], 'explain: "unheard" is no rule and no assumption; zero-downtime explain lists them\n'],
  ['a name of the prototype', ['__proto__'], 'explain: "__proto__" is no rule and no assumption; zero-downtime explain lists them\n'],
  ['a name near a rule\'s', ['quota'], 'explain: "quota" is no rule and no assumption; did you mean "quota-blocks-surge"?\n'],
])('%s is refused', async (_, args, error) => {
  expect(await run(['explain', ...args])).toEqual({ code: 2, out: '', error, written: {} });
});

test.each([
  ['no command', [], 2], ['an unknown command', ['prove'], 2], ['two names', ['explain', 'shutdown', 'nodes'], 2], ['help', ['--help'], 0], ['help of a command', ['check', '--help'], 0],
  ['a format that is none', ['explain', '--format', 'sarif'], 2],
])('%s', async (_, args, code) => {
  const result = await run(args);
  expect(result.code).toBe(code);
  expect(code === 0 ? result.out : result.error).toMatch(/Usage: zero-downtime|error: /);
  expect(code === 0 ? result.error : result.out).toBe('');
});

test('help tells the exit codes and every option', async () => {
  const { out } = await run(['verify', '--help']);
  ['--format', '--kubernetes-version', '--assume', '--ignore', '--namespace', '--timeline', 'Exit code: 0 every workload PROVED, 1 any REFUTED, 3 otherwise any UNKNOWN, 2 bad input.']
    .forEach((text) => expect(out).toContain(text));
});
