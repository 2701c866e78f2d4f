import * as fc from 'fast-check';
import { longestAttach, wavesOf } from '../../../src/verify/timed/attach-limit';
import { searchForNoTarget } from '../../../src/verify/timed/search';
import type { Turnover } from '../../../src/verify/timed/turnover';

const turnover = (changes: Partial<Turnover> = {}): Turnover => ({
  replicas: 3, maxSurge: 1, maxUnavailable: 0, startSeconds: 5, minReadySeconds: 10, attachSeconds: 30, servesSeconds: 0, ...changes,
});

const number = (min: number, max: number) => fc.integer({ min, max });
const turnovers: fc.Arbitrary<Turnover> = fc.record({
  replicas: number(1, 4),
  maxSurge: number(0, 3),
  maxUnavailable: number(0, 3),
  startSeconds: number(0, 3),
  minReadySeconds: number(0, 4),
  attachSeconds: number(0, 20),
  servesSeconds: number(0, 3),
}).filter(({ maxSurge, maxUnavailable }) => maxSurge + maxUnavailable > 0);

describe('the longest attach', () => {
  test.each([
    [{}, 3, 10 + 2 * 15],
    [{ replicas: 1 }, 1, 10],
    [{ maxSurge: 3 }, 1, 10],
    [{ replicas: 10, maxSurge: 3, maxUnavailable: 2 }, 2, 10 + 15],
    [{ servesSeconds: 4 }, 3, 44],
  ])('of %p is that of %d waves', (changes, waves, seconds) => {
    expect(wavesOf(turnover(changes))).toBe(waves);
    expect(longestAttach(turnover(changes))).toBe(seconds);
  });

  test('is not known where every pod may be unavailable', () => {
    expect(longestAttach(turnover({ maxUnavailable: 3 }))).toBeUndefined();
  });

  test('is what the search finds, neither more nor less', () => {
    fc.assert(fc.property(turnovers, (drawn) => {
      const limit = longestAttach(drawn);
      expect(searchForNoTarget(drawn).kind).toBe(limit !== undefined && drawn.attachSeconds <= limit ? 'none' : 'empty');
    }), { numRuns: 300 });
  });
});

/** A release played second by second, with pods that start as slowly as they like and a controller that acts when it likes. */
function emptiedInPlay(drawn: Turnover, choices: readonly number[]): boolean {
  let [at, next] = [0, 0];
  const choose = () => choices[next++ % choices.length];
  let old = drawn.replicas;
  const ended: number[] = [];
  const ready: number[] = [];
  for (; at < 80; at++) {
    for (let turn = 0; turn < 8; turn++) {
      const available = old + ready.filter((since) => at >= since + drawn.minReadySeconds).length;
      const choice = choose() % 3;
      if (choice === 0 && ready.length < drawn.replicas && old + ready.length < drawn.replicas + drawn.maxSurge) {
        ready.push(at + drawn.startSeconds + choose() % 3);
      } else if (choice === 1 && old > 0 && available > drawn.replicas - drawn.maxUnavailable) {
        old -= 1;
        ended.push(at);
      }
    }
    const serving = old + ended.filter((since) => at < since + drawn.servesSeconds).length
      + ready.filter((since) => at >= since + drawn.attachSeconds).length;
    if (serving === 0) {
      return true;
    }
  }
  return false;
}

test('no release that is played at random empties a load balancer of which the bound says that it cannot', () => {
  const choices = fc.array(fc.nat(11), { minLength: 40, maxLength: 120 });
  fc.assert(fc.property(turnovers, choices, (drawn, chosen) => {
    const limit = longestAttach(drawn);
    fc.pre(limit !== undefined);
    expect(emptiedInPlay({ ...drawn, attachSeconds: limit! }, chosen)).toBe(false);
  }), { numRuns: 300 });
});

describe('the search', () => {
  test('finds the soonest course in which one pod is replaced too early', () => {
    expect(searchForNoTarget(turnover({ replicas: 1, attachSeconds: 11 }))).toMatchObject({
      kind: 'empty', at: 15, steps: [{ at: 0, does: 'create' }, { at: 15, does: 'delete' }],
    });
  });

  test('finds a course in a large release at once', () => {
    const found = searchForNoTarget(turnover({ replicas: 200, maxSurge: 50, attachSeconds: 60 }));
    expect(found).toMatchObject({ kind: 'empty', at: 60 });
    expect(found.states).toBeLessThan(500);
  });

  test('gives up where it is told to', () => {
    expect(searchForNoTarget(turnover({ attachSeconds: 40 }), 5)).toEqual({ kind: 'tooMany', states: 5 });
  });
});
