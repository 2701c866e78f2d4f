import fc from 'fast-check';
import { givenValueOf } from '../../src/assumptions/assumption-value';
import { annotationProblemsOf, Assumptions, type Given } from '../../src/assumptions/assumptions';
import { KNOWN_ASSUMPTIONS, propagationKey, tryFindKnown } from '../../src/assumptions/known-assumptions';
import { PATHS } from '../../src/cluster/ways-in';
import { clusterIn } from '../cluster/read';

const KEY = 'longest-request-seconds';

function workload(annotations = '{}', name = 'payments') {
  return clusterIn(`apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: shop\n  annotations: ${annotations}\nspec: {}`).workloads[0];
}

const given = (value: number | string, source = '--assume'): ReadonlyMap<string, Given> => new Map([[KEY, { value, source }]]);
const annotated = workload('{ zero-downtime/longest-request-seconds: "40" }');

describe('what is assumed', () => {
  const forAll = given(20);
  const forOne = new Map([['shop/payments', given(30, 'bounds.yaml')]]);

  test.each([
    ['what is given for the workload', new Assumptions(forAll, forOne), annotated, 30, 'given', 'bounds.yaml'],
    ['what is given for all', new Assumptions(forAll), annotated, 20, 'given', '--assume'],
    ['what is given for all, where another workload is named', new Assumptions(forAll, new Map([['shop/carts', given(30)]])), annotated, 20, 'given', '--assume'],
    ['what the workload is annotated with', new Assumptions(), annotated, 40, 'annotation', 'Deployment shop/payments'],
    ['the default', new Assumptions(), workload(), 10, 'default', 'judgement'],
    ['the default, where the annotation cannot be taken', new Assumptions(), workload('{ zero-downtime/longest-request-seconds: soon }'), 10, 'default', 'judgement'],
  ] as const)('is %s', (_, assumptions, of, value, origin, source) => {
    expect(assumptions.of(of).tryFind(KEY)).toEqual({ key: KEY, value, unit: 's', origin, source, meaning: 'the longest request that must not be cut' });
  });

  test('is nothing where nobody says and there is no default', () => {
    const assumed = new Assumptions().of(workload());
    expect([assumed.word('shutdown'), assumed.number('keep-alive-seconds'), assumed.tryFind('pool-size')]).toEqual([undefined, undefined, undefined]);
  });

  test('can be said of two workloads of one name in two namespaces', () => {
    const assumptions = new Assumptions(new Map(), new Map([['shop/payments', given(30)], ['other/payments', given(50)]]));
    expect(assumptions.of(workload()).number(KEY)).toBe(30);
    expect(assumptions.problemsWith([workload()])).toEqual([{ source: '--assume', message: '"other/payments" is no workload among the objects; did you mean "shop/payments"?' }]);
  });
});

describe('what a verdict rests on', () => {
  test('is what was asked for, each once, in the order of asking', () => {
    const assumed = new Assumptions().of(workload());
    assumed.numberOf('evictions');
    assumed.number(KEY);
    assumed.numberOf('evictions');
    expect(assumed.used.map(({ key }) => key)).toEqual(['evictions', KEY]);
  });

  test('is nothing that was only looked at, nor what nobody says', () => {
    const assumed = new Assumptions().of(workload());
    assumed.tryFind(KEY);
    assumed.word('shutdown');
    expect(assumed.used).toEqual([]);
  });

  test('is not what another was asked for', () => {
    const assumptions = new Assumptions();
    assumptions.of(workload()).numberOf(KEY);
    expect(assumptions.of(workload()).used).toEqual([]);
  });
});

test('every default is as documented', () => {
  expect(Object.fromEntries(KNOWN_ASSUMPTIONS.map(({ key, default: value }) => [key, value]))).toEqual({
    'propagation-seconds.clusterInternal': 10,
    'propagation-seconds.headless': 35,
    'propagation-seconds.istio': 15,
    'propagation-seconds.awsLoadBalancer': 60,
    'propagation-seconds.networkLoadBalancer': 180,
    'propagation-seconds.ingressNginx': 10,
    'propagation-seconds.httpRoute': 30,
    'propagation-seconds.grpcRoute': 30,
    'propagation-seconds.otherIngress': 30,
    'longest-request-seconds': 10,
    'shutdown': undefined,
    'drain-seconds': undefined,
    'pre-stop-seconds': undefined,
    'starts-within-seconds': 60,
    'starts-after-seconds': 0,
    'schedule-seconds': 300,
    'kept-connections': 'announced',
    'keep-alive-seconds': undefined,
    'max-connection-age-seconds': undefined,
    'istio-sidecar': undefined,
    'readiness-gates': undefined,
    'evictions': 1,
    'required-ready': 1,
    'nodes': 3,
    'kubelet-seconds': 1,
    'pool-size': undefined,
    'max-connections': undefined,
    'reserved-connections': 0,
  });
});

describe.each(KNOWN_ASSUMPTIONS.map((known) => [known.key, known] as const))('%s', (key, known) => {
  test('says where its default comes from, and has no source without one', () => {
    expect(known.source === undefined).toBe(known.default === undefined);
  });

  test('takes its own default, and is found by its name', () => {
    expect(tryFindKnown(key)).toBe(known);
    expect(known.default === undefined || 'value' in givenValueOf(key, known.default)).toBe(true);
  });

  test('takes what it may be and nothing else', () => {
    const values = known.words ?? [String(known.atLeast ?? 0), '1000000', '7'];
    expect(values.map((value) => givenValueOf(key, ` ${value} `))).toEqual(values.map((value) => ({ value: known.words ? value : Number(value) })));
    const wrong = known.words ? [...known.words.map((word) => word.toUpperCase()), '', '1'] : ['-1', '1.5', '1e3', '', '10s', '1000001', '0x10', '١', 'Infinity'];
    wrong.forEach((text) => expect(givenValueOf(key, text)).toEqual({ problem: expect.stringMatching(new RegExp(`^${key} ".*" must be `)) }));
  });
});

test.each([
  ['shutdown', 'maybe', 'shutdown "maybe" must be drains or exits-at-once'],
  ['required-ready', '0', 'required-ready "0" must be a whole number from 1 to 1000000'],
  ['nodes', '0', 'nodes "0" must be a whole number from 1 to 1000000'],
  [KEY, '1.5', 'longest-request-seconds "1.5" must be a whole number from 0 to 1000000'],
  ['longest-request', '5', '"longest-request" is nothing that can be assumed; did you mean "longest-request-seconds"?'],
  ['colour', 'blue', '"colour" is nothing that can be assumed; zero-downtime explain lists what can'],
  ['shutdwon', 'drains', '"shutdwon" is nothing that can be assumed; did you mean "shutdown"?'],
  ['propagation-seconds.alb', '5', '"propagation-seconds.alb" is nothing that can be assumed; did you mean "propagation-seconds.istio"?'],
])('%s=%s is refused', (key, value, problem) => {
  expect(givenValueOf(key, value)).toEqual({ problem });
});

test('every way in has its propagation', () => {
  expect(PATHS.map((path) => tryFindKnown(propagationKey(path))?.unit)).toEqual(PATHS.map(() => 's'));
});

test('any key and value is taken or refused in one sentence', () => {
  const anyKey = fc.oneof(fc.string(), fc.constantFrom(...KNOWN_ASSUMPTIONS.map(({ key }) => key)));
  fc.assert(fc.property(anyKey, fc.oneof(fc.string(), fc.integer()), (key, value) => {
    const taken = givenValueOf(key, value);
    expect('value' in taken ? 'a value' : taken.problem.split('\n').length).toBe('value' in taken ? 'a value' : 1);
  }));
});

describe('an annotation', () => {
  test('that cannot be taken is a problem at its place', () => {
    expect(annotationProblemsOf(workload('{ zero-downtime/nodes: "0", zero-downtime/shutdown: drains }'))).toEqual([{
      source: 'test.yaml',
      position: { line: 6, column: 18 },
      message: 'Deployment shop/payments: annotation zero-downtime/nodes "0" must be a whole number from 1 to 1000000',
    }]);
  });

  test('of somebody else, or for another use, is none', () => {
    expect(annotationProblemsOf(workload('{ nodes: "0", example.com/nodes: "0", zero-downtime/accepted.no-spread: why not }'))).toEqual([]);
  });
});
