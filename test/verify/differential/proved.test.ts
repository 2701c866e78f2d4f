import * as fc from 'fast-check';
import { lossesOf, play, provedWays } from './judging';
import { anyModel, nearlySound, someModel } from './models';
import { searchCapacity } from '../../../src/verify/capacity/search-capacity';

/** So few find most of what can be found where one hundred models are drawn; test/long plays ten thousand. */
const RUNS = 15;

test('what the verifier proves loses nothing in any run, and could not have', () => {
  fc.assert(fc.property(someModel, (model) => {
    const proved = provedWays(model);
    const losses = proved.length === 0 ? [] : play(model, RUNS).flatMap(({ perWay, scenario }, seed) => proved
      .filter((way) => lossesOf(perWay[way]).length > 0)
      .map((way) => ({ way, seed, scenario, losses: lossesOf(perWay[way]) })));
    expect(losses).toEqual([]);
  }), { numRuns: 120 });
});

test('models that are nearly sound are proved often enough for that to say something, and refuted as well', () => {
  const models = fc.sample(nearlySound, { numRuns: 100, seed: 1 });
  const proved = models.filter((model) => provedWays(model).length === model.waysIn.length).length;
  expect(proved).toBeGreaterThan(20);
  expect(models.length - proved).toBeGreaterThan(20);
});

test('no run has fewer pods ready than the fewest', () => {
  fc.assert(fc.property(anyModel, (model) => {
    const { fewest } = searchCapacity(model);
    expect(play(model, RUNS).filter(({ fewestReady }) => fewestReady < fewest)).toEqual([]);
  }), { numRuns: 60 });
});

test('most often some run has as few pods ready as the fewest', () => {
  const models = fc.sample(anyModel, { numRuns: 50, seed: 1 });
  const reached = models.filter((model) => Math.min(...play(model, 60).map(({ fewestReady }) => fewestReady)) === searchCapacity(model).fewest);
  expect(reached.length).toBeGreaterThan(35);
});
