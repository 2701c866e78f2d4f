import { KedaTrigger } from '../../src/spec/keda-trigger';
import { type KedaOptions, Replicas } from '../../src/spec/replicas';
import { refusalOf } from '../plan/declare';

const keda = (options: Partial<KedaOptions> = {}) => Replicas.keda({ min: 2, max: 8, triggers: [KedaTrigger.cpu(70)], ...options });

test('KEDA is an autoscaler like the other', () => {
  const { min, max, isAutoscaled } = keda();
  expect([min, max, isAutoscaled]).toEqual([2, 8, true]);
});

test('its bounds are those of every autoscaler', () => {
  expect(refusalOf(() => keda({ min: 0 }))).toBe('Replicas.keda min 0 must be a whole number from 1 to 10000');
  expect(refusalOf(() => keda({ max: 10_001 }))).toBe('Replicas.keda max 10001 must be a whole number from 1 to 10000');
  expect(refusalOf(() => keda({ min: 9 }))).toBe('Replicas.keda max 8 must be at least min 9');
});

test('it needs something to scale by', () => {
  expect(refusalOf(() => keda({ triggers: [] }))).toBe('Replicas.keda triggers must hold at least one, such as KedaTrigger.cpu(70)');
});

test.each([1, 9, 2.5])('the fallback is within the bounds, and %p is not', (fallbackReplicas) => {
  expect(refusalOf(() => keda({ fallbackReplicas }))).toBe(`Replicas.keda fallbackReplicas ${fallbackReplicas} must be a whole number from 2 to 8`);
});

describe('names of triggers', () => {
  const named = (name?: string) => KedaTrigger.of('redis', { listName: 'a' }, { name });

  test('are given once', () => {
    expect(refusalOf(() => keda({ triggers: [named('a'), named('a')] }))).toBe('Replicas.keda trigger name "a" is given twice; give one of them another');
  });

  test('do not repeat one that is made up', () => {
    expect(refusalOf(() => keda({ triggers: [named('trigger-2'), named()] })))
      .toBe('Replicas.keda trigger name "trigger-2" is given twice; give one of them another');
  });

  test('may be left out', () => {
    expect(keda({ triggers: [named(), named()] }).isAutoscaled).toBe(true);
  });
});
