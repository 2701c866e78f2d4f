import fc from 'fast-check';
import { METRIC } from './documents';
import type { Value } from '../../src/analysis/answer';
import { measurementOf } from '../../src/analysis/measure';
import type { Phase } from '../../src/analysis/phase';

const value = (number: number, warnings: string[] = []): Value => ({ kind: 'value', value: number, written: String(number), warnings });

interface Bounds {
  readonly max?: number;
  readonly min?: number;
}

function phaseOf(number: number, bounds: Bounds): Phase {
  return measurementOf({ ...METRIC, max: undefined, ...bounds }, 0, value(number)).phase;
}

test.each([
  [0.01, { max: 0.01 }, 'Successful'], [0.010000001, { max: 0.01 }, 'Failed'], [-1, { max: 0 }, 'Successful'], [5, { min: 5 }, 'Successful'], [4.999, { min: 5 }, 'Failed'],
  [1, { min: 1, max: 1 }, 'Successful'], [2, { min: 0, max: 1 }, 'Failed'], [-1, { min: 0, max: 1 }, 'Failed'], [NaN, { max: 1 }, 'Inconclusive'], [NaN, { min: 1 }, 'Inconclusive'],
  [Infinity, { max: 1 }, 'Failed'], [Infinity, { min: 1 }, 'Inconclusive'], [-Infinity, { min: 1 }, 'Failed'], [-Infinity, { max: 1 }, 'Inconclusive'],
] as const)('%d within %j is %s', (number, bounds, phase) => {
  expect(phaseOf(number, bounds)).toBe(phase);
});

test('no data is never success', () => {
  expect(measurementOf(METRIC, 7, { kind: 'no data', warnings: ['a store is down'] })).toEqual({ metric: 'error-rate', at: 7, phase: 'Inconclusive', message: 'no data; a store is down' });
});

test('a value of a part shows neither good nor bad', () => {
  expect([0, 1].map((number) => measurementOf(METRIC, 7, value(number, ['a store is down'])))).toEqual([0, 1].map((number) => ({
    metric: 'error-rate', at: 7, phase: 'Inconclusive', written: String(number), value: number, message: 'of a part only: a store is down',
  })));
});

test('no answer is an error', () => {
  expect(measurementOf(METRIC, 7, { kind: 'error', message: 'gone' })).toEqual({ metric: 'error-rate', at: 7, phase: 'Error', message: 'gone' });
});

test('only a finite number within its bounds is Successful', () => {
  const bound = fc.option(fc.double({ noNaN: true }), { nil: undefined });
  fc.assert(fc.property(fc.double(), bound, bound, (number, max, min) => {
    const isGood = Number.isFinite(number) && !(number > (max ?? Infinity)) && !(number < (min ?? -Infinity));
    expect(phaseOf(number, { max, min }) === 'Successful').toBe(isGood);
  }));
});
