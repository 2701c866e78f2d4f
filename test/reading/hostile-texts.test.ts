import { readText } from '../../src/reading/read-text';

const HEAD = 'apiVersion: v1\nkind: A\nmetadata: { name: a }\n';
const MANY = 100_000;

/** Each takes a fraction of a second where time grows with the text, and minutes where it grows with its square. */
const GENEROUS = 20_000;

function chain(length: number, line: (index: number) => string): string {
  return Array.from({ length }, (_, index) => line(index)).join('');
}

const TOO_DEEP = 'lists and maps within each other must be at most 200 deep; flatten them';
const TOO_MANY = 'aliases and merge keys must stand for at most 100000 values; write fewer';

test.each([
  ['lists in lists', '['.repeat(MANY), TOO_DEEP],
  ['maps in maps', '{"a":'.repeat(MANY), TOO_DEEP],
  ['dashes', '- '.repeat(MANY), TOO_DEEP],
  ['question marks', '? '.repeat(MANY), TOO_DEEP],
  ['colons', 'a: '.repeat(MANY), TOO_DEEP],
  ['deep block maps', chain(2000, (index) => `${' '.repeat(index)}a:\n`), TOO_DEEP],
  ['lines of many spaces', chain(250, (index) => `${' '.repeat(index)}a:\n`) + `${' '.repeat(MANY)}a:\n`.repeat(3), TOO_DEEP],
  ['aliases of aliases', `${HEAD}a0: &a0 [x, x, x, x]\n${chain(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`)}`, TOO_MANY],
  ['merges of merges', `${HEAD}a0: &a0 { x: y }\n${chain(2000, (i) => `a${i + 1}: &a${i + 1} { <<: *a${i}, k${i}: x }\n`)}`, TOO_MANY],
  ['merges of nothing', `${HEAD}a0: &a0 {}\n${chain(60, (i) => `a${i + 1}: &a${i + 1} { <<: [*a${i}, *a${i}] }\n`)}`, TOO_MANY],
  ['aliases that deepen', `${HEAD}a0: &a0 [x]\n${chain(500, (i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`)}`,
    'aliases must keep lists and maps at most 200 deep within each other; flatten them'],
])('%s are refused', (_, text, message) => {
  expect(readText('a.yaml', text).problems[0]).toMatchObject({ message, position: { line: expect.any(Number) } });
}, GENEROUS);

test.each([
  ['keys', `${HEAD}${chain(MANY, (index) => `a${index}: b\n`)}`],
  ['keys in braces', `${HEAD}a: {${chain(MANY, (index) => `a${index}: b, `)}}\n`],
  ['items', `${HEAD}a: [${'a,'.repeat(MANY)}]\n`],
  ['anchors and aliases', `${HEAD}${chain(40_000, (index) => `a${index}: &a${index} b\nb${index}: *a${index}\n`)}`],
  ['comments', `${HEAD}a:\n${'# b\n'.repeat(MANY)}  b: c\n`],
  ['lines of one text', `${HEAD}a: b\n${'  c\n'.repeat(MANY)}`],
  ['signs of one line', `${HEAD}a: ${'b'.repeat(10 * MANY)}\n`],
  ['escapes', `${HEAD}a: "${'\\\\'.repeat(10 * MANY)}"\n`],
])('a hundred thousand %s are read', (_, text) => {
  const { objects, problems } = readText('a.yaml', text);
  expect([objects.length, problems]).toEqual([1, []]);
}, GENEROUS);

test.each([
  ['quotes that do not end', 'a: "b\n'], ['templates', '{{ .Values.a }}\n'], ['brackets that close nothing', ']\n'], ['anchors of one value', '&a '], ['commas', '[,'],
  ['dashes and tabs', '-\t'],
])('a hundred thousand %s are one problem', (_, part) => {
  expect(readText('a.yaml', part.repeat(MANY)).problems).toHaveLength(1);
}, GENEROUS);

test('a hundred thousand documents are objects, and one more is a problem', () => {
  const { objects, problems } = readText('a.yaml', `---\n${HEAD}`.repeat(3) + '---\n'.repeat(MANY));
  expect([objects.length, problems.length]).toEqual([3, 1]);
}, GENEROUS);

test('no message repeats what a Secret holds', () => {
  const secret = (line: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData:\n  ${line}\n`;
  const lines = ['a: "hunter2', 'a: hunter2: b', 'a: @hunter2', 'a: "\\hunter2"', 'a: !!int hunter2', 'a: *hunter2', 'a: [hunter2', 'a: hunter2"\n hunter2', '- hunter2\n b'];
  const messages = lines.flatMap((line) => readText('a.yaml', secret(line)).problems.map(({ message }) => message));
  expect(messages.length).toBeGreaterThanOrEqual(lines.length - 1);
  expect(messages.filter((message) => message.includes('hunter2'))).toEqual([]);
});
