import fc from 'fast-check';
import { SOUND_MANIFESTS } from './mutations';
import { KNOWN_ASSUMPTIONS } from '../../src/assumptions/known-assumptions';
import { readText } from '../../src/reading/read-text';

/** What a field of 32 bits holds at the most, what overflows smaller ones, what is next to a bound of ours, and what people write. */
const NUMBERS = [2_147_483_647, 2_000_000_000, 1e9, 1e6, 65_536, 65_535, 32_768, 32_767, 10_001, 10_000, 9_999, 1000, 51, 50, 21, 20, 3, 2, 1, 0];
const SOME_NUMBER = fc.constantFrom(...NUMBERS);
/** In a text: a percentage, a duration, a quantity, or the value of an attribute. */
const IN_TEXT = /(?<=^|=|: )\d+(?=$|%|s|m)/g;

/** The value with every number in it replaced by what is chosen for it: numbers of pods, seconds, ports and weights, in texts too. */
function withNumbers(value: unknown, choose: (number: number) => number): unknown {
  if (typeof value === 'number') {
    return choose(value);
  }
  if (typeof value === 'string') {
    return value.replace(IN_TEXT, (digits) => String(choose(Number(digits))));
  }
  if (Array.isArray(value)) {
    return value.map((item) => withNumbers(item, choose));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumbers(item, choose)]))
    : value;
}

/** Sound manifests in which one number in so many is another. */
export const HUGE_MANIFESTS: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom(...SOUND_MANIFESTS), fc.constantFrom(1, 3, 10),
  fc.array(fc.tuple(fc.nat({ max: 29 }), SOME_NUMBER), { minLength: 120, maxLength: 120 }),
).map(([yaml, every, draws]) => readText('a.yaml', yaml).objects.map(({ value }, document) => {
  let next = document * 10;
  return JSON.stringify(withNumbers(value, (number) => {
    const [roll, other] = draws[next++ % draws.length];
    return roll % every === 0 ? other : number;
  }));
}).join('\n---\n'));

/** Numbers that are assumed, as the command line takes them. */
export const HUGE_ASSUMPTIONS: fc.Arbitrary<readonly string[]> = fc.tuple(
  fc.subarray(KNOWN_ASSUMPTIONS.filter(({ words }) => words === undefined).map(({ key }) => key)),
  fc.array(SOME_NUMBER, { minLength: 30, maxLength: 30 }),
).map(([keys, numbers]) => keys.flatMap((key, index) => ['--assume', `${key}=${Math.min(numbers[index], 1e6)}`]));
