import type { WorkloadAssumptions } from '../../src/assumptions/assumptions';
import { AssumptionsReader } from '../../src/assumptions/read-assumptions';
import { Field } from '../../src/reading/field';
import { problemText } from '../../src/reading/input-problem';
import { readValues } from '../../src/reading/read-text';
import { clusterIn } from '../cluster/read';

const workload = (name: string) => clusterIn(`apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }`).workloads[0];

interface Read {
  readonly problems: readonly string[];
  readonly payments: WorkloadAssumptions;
  readonly carts: WorkloadAssumptions;
}

function read(...given: readonly string[]): Read {
  const reader = new AssumptionsReader();
  given.forEach((text) => text.includes('\n') ? reader.addFile(Field.of(readValues('bounds.yaml', text).object!)) : reader.addPair(text, '--assume'));
  const { assumptions, problems } = reader.read();
  return { problems: problems.map(problemText), payments: assumptions.of(workload('payments')), carts: assumptions.of(workload('carts')) };
}

describe('a pair', () => {
  test.each([
    ['shutdown=drains', 'drains', 'drains'], ['shop/payments:shutdown=drains', 'drains', undefined], [' shutdown = drains ', 'drains', 'drains'],
    ['other/payments:shutdown=drains', undefined, undefined],
  ])('%j', (pair, payments, carts) => {
    const result = read(pair);
    expect([result.problems, result.payments.word('shutdown'), result.carts.word('shutdown')]).toEqual([[], payments, carts]);
  });

  test.each([
    ['shutdown', '--assume: "shutdown" must be key=value, namespace/name:key=value, or the name of a file'],
    ['=drains', '--assume: "=drains" must be key=value, namespace/name:key=value, or the name of a file'],
    ['payments:shutdown=drains', '--assume: "payments:shutdown=drains" must be key=value, namespace/name:key=value, or the name of a file'],
    ['shutdown=', '--assume: shutdown "" must be drains or exits-at-once'],
    ['shutdown=a=b', '--assume: shutdown "a=b" must be drains or exits-at-once'],
    ['evictions=-1', '--assume: evictions "-1" must be a whole number from 0 to 1000000'],
    ['eviction=1', '--assume: "eviction" is nothing that can be assumed; did you mean "evictions"?'],
  ])('%j is refused', (pair, problem) => {
    expect(read(pair).problems).toEqual([problem]);
  });
});

describe('a file', () => {
  const FILE = 'longest-request-seconds: 20\nshutdown: drains\nworkloads:\n  shop/payments: { longest-request-seconds: 30 }\n';

  test('says what holds for all, and for single workloads', () => {
    const { problems, payments, carts } = read(FILE);
    expect([problems, payments.number('longest-request-seconds'), carts.number('longest-request-seconds'), carts.word('shutdown')]).toEqual([[], 30, 20, 'drains']);
    expect(payments.tryFind('longest-request-seconds')).toMatchObject({ origin: 'given', source: 'bounds.yaml' });
  });

  test('takes numbers in quotes', () => {
    expect(read('longest-request-seconds: "20"\n').payments.number('longest-request-seconds')).toBe(20);
  });

  test('holds over what came before it, and what comes later over it', () => {
    expect(read('evictions=5', 'evictions: 2\n').payments.number('evictions')).toBe(2);
    expect(read('evictions: 2\n', 'evictions=5').payments.number('evictions')).toBe(5);
    expect(read('evictions: 2\n', 'evictions: 3\n').payments.number('evictions')).toBe(3);
  });

  test('for all never holds over what is given for one workload', () => {
    expect(read(FILE, 'longest-request-seconds=99').payments.number('longest-request-seconds')).toBe(30);
  });

  test.each([
    ['evictions: many\n', ['bounds.yaml:1:1: evictions "many" must be a whole number from 0 to 1000000']],
    ['evictions: [1]\n', ['bounds.yaml:1:1: evictions must be a whole number or a text, not a list']],
    ['evictions: null\n', ['bounds.yaml:1:1: evictions "" must be a whole number from 0 to 1000000']],
    ['workloads: [a]\n', ['bounds.yaml:1:1: workloads must be a map, not a list']],
    ['workloads: { shop/payments: 5 }\n', ['bounds.yaml:1:14: workloads["shop/payments"] 5 must be a map, not a number']],
    ['workloads: { shop/payments: { nodse: 5 } }\n', ['bounds.yaml:1:31: "nodse" is nothing that can be assumed; did you mean "nodes"?']],
    ['evictions: -1\nnodse: 3\n', [
      'bounds.yaml:1:1: evictions "-1" must be a whole number from 0 to 1000000', 'bounds.yaml:2:1: "nodse" is nothing that can be assumed; did you mean "nodes"?',
    ]],
    ['evictions: [1]\nnodes: {}\nworkloads: { a/b: 5, shop/payments: { nodse: 5 } }\n', [
      'bounds.yaml:1:1: evictions must be a whole number or a text, not a list', 'bounds.yaml:2:1: nodes must be a whole number or a text, not a map',
      'bounds.yaml:3:14: workloads["a/b"] 5 must be a map, not a number', 'bounds.yaml:3:39: "nodse" is nothing that can be assumed; did you mean "nodes"?',
    ]],
  ])('%j is refused', (file, problems) => {
    expect(read(file).problems).toEqual(problems);
  });

  test('of which one value is wrong is read for the others', () => {
    const { problems, payments } = read('evictions: many\nshutdown: drains\n');
    expect([problems.length, payments.word('shutdown'), payments.number('evictions')]).toEqual([1, 'drains', 1]);
  });
});
