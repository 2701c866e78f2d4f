import fc from 'fast-check';
import { assessed, counted, NO_COUNTS, taken, type Counts } from '../../src/analysis/metric-result';
import { worstOf, type Phase } from '../../src/analysis/phase';

const PHASES = ['Successful', 'Failed', 'Inconclusive', 'Error'] as const;
const limits = (changes: object = {}) => ({ count: 3, failureLimit: 1, inconclusiveLimit: 1, consecutiveErrorLimit: 1, ...changes });
const countsOf = (phases: readonly Phase[]): Counts => phases.reduce(counted, NO_COUNTS);
const after = (letters: string, changes: object = {}) => assessed(countsOf([...letters].map((letter) => PHASES['SFIE'.indexOf(letter)])), limits(changes));

test.each([
  ['nothing yet', '', undefined], ['too few', 'SS', undefined], ['all good', 'SSS', 'Successful'], ['as many failures as the limit', 'SFS', 'Successful'], ['one more', 'FSF', 'Failed'],
  ['as many inconclusive as the limit', 'SIS', 'Successful'], ['one more inconclusive', 'II', 'Inconclusive'], ['one of each', 'FIS', 'Successful'], ['as many errors in a row as the limit', 'SSE', undefined],
  ['one more error in a row', 'SEE', 'Error'], ['errors with another between them', 'ESESES', 'Successful'], ['errors, which count for none', 'SES', undefined], ['a failure between errors', 'EFE', undefined],
])('%s (%s)', (_, letters, phase) => {
  expect(after(letters)?.phase).toBe(phase);
});

test('limits of zero allow none', () => {
  expect(['F', 'I', 'E', 'S'].map((letter) => after(letter, { count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 0 })?.phase))
    .toEqual(['Failed', 'Inconclusive', 'Error', 'Successful']);
});

test('the message names the limit and what exceeds it', () => {
  expect(['FF', 'II', 'EE', 'SSS'].map((letters) => after(letters)?.message)).toEqual([
    'failed 2 > failureLimit 1', 'inconclusive 2 > inconclusiveLimit 1', 'consecutive errors 2 > consecutiveErrorLimit 1', 'all 3 measured, within the limits',
  ]);
});

/** Argo's rules said another way: over the whole list at once, without a running count. */
function oracle(phases: readonly Phase[], settings: ReturnType<typeof limits>): Phase | undefined {
  const { count, failureLimit, inconclusiveLimit, consecutiveErrorLimit } = settings;
  const text = phases.map((phase) => phase[0]).join('');
  const many = (letter: string) => text.split(letter).length - 1;
  const trailing = /E*$/.exec(text)![0].length;
  if (many('F') >= failureLimit + 1) {
    return 'Failed';
  }
  if (many('I') >= inconclusiveLimit + 1) {
    return 'Inconclusive';
  }
  if (trailing >= consecutiveErrorLimit + 1) {
    return 'Error';
  }
  return text.replace(/E/g, '').length >= count ? 'Successful' : undefined;
}

const anyLimit = fc.nat(3);
const anyLimits = fc.record({
  count: fc.integer({ min: 1, max: 6 }), failureLimit: anyLimit, inconclusiveLimit: anyLimit, consecutiveErrorLimit: anyLimit,
});

test('every course of measurements comes to what Argo Rollouts would say', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...PHASES), { maxLength: 12 }), anyLimits, (phases, settings) => {
    expect(assessed(countsOf(phases), settings)?.phase).toBe(oracle(phases, settings));
    expect(taken(countsOf(phases))).toBe(phases.filter((phase) => phase !== 'Error').length);
  }), { numRuns: 2000 });
});

test.each([
  [[], undefined], [['Successful', 'Inconclusive'], 'Inconclusive'], [['Error', 'Inconclusive'], 'Error'], [['Failed', 'Error', 'Inconclusive'], 'Failed'], [['Successful', 'Successful'], 'Successful'],
] as const)('the worst of %j is %s', (phases, worst) => {
  expect(worstOf(phases)).toBe(worst);
});
