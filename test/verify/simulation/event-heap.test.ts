import * as fc from 'fast-check';
import { EventHeap } from '../../../src/verify/simulation/event-heap';
import { Random } from '../../../src/verify/simulation/random';

function drained(moments: readonly number[], seed: number): string[] {
  const random = new Random(seed);
  const heap = new EventHeap(() => random.unit());
  const happened: string[] = [];
  moments.forEach((at, index) => heap.add(at, () => happened.push(`${at}#${index}`)));
  while (heap.nextAt !== undefined) {
    heap.take().happens();
  }
  return happened;
}

test('events happen in the order of time, each once', () => {
  fc.assert(fc.property(fc.array(fc.nat(50), { maxLength: 60 }), fc.nat(), (moments, seed) => {
    const happened = drained(moments, seed);
    expect(happened.map((event) => Number(event.split('#')[0]))).toEqual([...moments].sort((one, other) => one - other));
    expect(new Set(happened).size).toBe(moments.length);
  }), { numRuns: 300 });
});

test('what happens in the same millisecond comes in any order', () => {
  const orders = new Set(Array.from({ length: 100 }, (_, seed) => drained([5, 5, 5], seed).join()));
  expect(orders.size).toBe(6);
});

test('nothing is next in an empty heap', () => {
  expect(new EventHeap(() => 0).nextAt).toBeUndefined();
});
