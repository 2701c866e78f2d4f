import fc from 'fast-check';
import { fieldOf, problemsIn } from './read';
import { labelSelectorOf, mapSelectorOf } from '../../src/cluster/label-selector';
import { Field } from '../../src/reading/field';

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly Requirement[];
}

type Labels = Readonly<Record<string, string>>;

const chooses = (written: string, labels: Labels): boolean => labelSelectorOf(fieldOf(written)).matches(new Map(Object.entries(labels)));

test.each([
  ['In', '{ key: tier, operator: In, values: [web, api] }', [true, true, false, false, false]],
  ['NotIn', '{ key: tier, operator: NotIn, values: [web, api] }', [false, false, true, true, true]],
  ['Exists', '{ key: tier, operator: Exists }', [true, true, true, true, false]],
  ['DoesNotExist', '{ key: tier, operator: DoesNotExist }', [false, false, false, false, true]],
  ['In with an empty text', '{ key: tier, operator: In, values: [""] }', [false, false, false, true, false]],
  ['NotIn with an empty text', '{ key: tier, operator: NotIn, values: [""] }', [true, true, true, false, true]],
  ['In without values', '{ key: tier, operator: In }', [false, false, false, false, false]],
] as const)('%s chooses by the label\'s presence and value', (_, requirement, chosen) => {
  const pods: readonly Labels[] = [{ tier: 'web' }, { tier: 'api' }, { tier: 'db' }, { tier: '' }, { app: 'a' }];
  expect(pods.map((labels) => chooses(`{ matchExpressions: [${requirement}] }`, labels))).toEqual(chosen);
});

test('every label and every expression must hold', () => {
  const written = '{ matchLabels: { app: a, tier: web }, matchExpressions: [{ key: canary, operator: DoesNotExist }] }';
  expect(chooses(written, { app: 'a', tier: 'web', other: 'x' })).toBe(true);
  expect(chooses(written, { app: 'a', tier: 'api' })).toBe(false);
  expect(chooses(written, { app: 'a' })).toBe(false);
  expect(chooses(written, { app: 'a', tier: 'web', canary: '' })).toBe(false);
});

test.each(['{}', 'null', '{ matchLabels: {}, matchExpressions: [] }', '{ matchLabels: null }'])('%s chooses everything, and says so', (written) => {
  const selector = labelSelectorOf(fieldOf(written));
  expect([selector.isEmpty, selector.text, selector.matches(new Map())]).toEqual([true, '(everything)', true]);
});

test('a selector is told as kubectl writes one', () => {
  const written = '{ matchLabels: { app: a }, matchExpressions: [{ key: t, operator: In, values: [x, w] }, { key: t, operator: NotIn, values: [z] },'
    + ' { key: e, operator: Exists }, { key: d, operator: DoesNotExist }] }';
  expect(labelSelectorOf(fieldOf(written)).text).toBe('app=a, t in (x, w), t notin (z), e, !d');
});

test('a label called as a property of every object is one like any other', () => {
  expect(chooses('{ matchExpressions: [{ key: constructor, operator: Exists }] }', {})).toBe(false);
  expect(mapSelectorOf(new Map([['__proto__', 'a']])).matches(new Map([['__proto__', 'a']]))).toBe(true);
});

const deployment = (expressions: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  selector:
    matchExpressions:
      - ${expressions}
`;

test.each([
  ['{ key: a, operator: in }', '7:19 spec.selector.matchExpressions[0].operator "in" must be one of In, NotIn, Exists and DoesNotExist'],
  ['{ key: a, operator: Gt, values: ["1"] }', '7:19 spec.selector.matchExpressions[0].operator "Gt" must be one of In, NotIn, Exists and DoesNotExist'],
  ['{ key: a }', '7:9 spec.selector.matchExpressions[0].operator must be one of In, NotIn, Exists and DoesNotExist'],
  ['{ key: a, operator: In, values: [1] }', '7:42 spec.selector.matchExpressions[0].values[0] 1 must be a text, not a number; put it in quotes'],
  ['{ key: a, operator: In, values: web }', '7:33 spec.selector.matchExpressions[0].values "web" must be a list, not a text'],
])('%s is refused at its place', (expression, problem) => {
  expect(problemsIn(deployment(expression))).toEqual([problem]);
});

const KEY = fc.constantFrom('a', 'b', 'c', 'constructor');
const VALUE = fc.constantFrom('', 'x', 'y', 'z');
const LABELS = fc.dictionary(KEY, VALUE, { noNullPrototype: true });
const SELECTOR: fc.Arbitrary<Selector> = fc.record({
  matchLabels: LABELS,
  matchExpressions: fc.array(fc.record({
    key: KEY, operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'), values: fc.array(VALUE, { maxLength: 3 }),
  }), { maxLength: 3 }),
});

/** A selector as one list of what must be so, each told by the value or its absence. */
function expected({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
  const valueOf = (key: string): string | null => Object.hasOwn(labels, key) ? labels[key] : null;
  for (const [key, value] of Object.entries(matchLabels)) {
    if (valueOf(key) !== value) {
      return false;
    }
  }
  for (const { key, operator, values } of matchExpressions) {
    const value = valueOf(key);
    const among = value === null ? false : new Set(values).has(value);
    const holds = { In: among, NotIn: !among, Exists: value !== null, DoesNotExist: value === null }[operator];
    if (!holds) {
      return false;
    }
  }
  return true;
}

test('any selector chooses what an evaluator of another make chooses', () => {
  fc.assert(fc.property(SELECTOR, LABELS, (selector, labels) => {
    const field = Field.of({ value: { spec: selector }, source: { name: 'a', position: () => undefined } }).get('spec');
    expect(labelSelectorOf(field).matches(new Map(Object.entries(labels)))).toBe(expected(selector, labels));
  }), { numRuns: 2000 });
});
