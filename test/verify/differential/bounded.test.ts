import * as fc from 'fast-check';
import { anyModel } from './models';
import { searchCapacity } from '../../../src/verify/capacity/search-capacity';
import { rollingLimits } from '../../../src/verify/controller/rolling-limits';
import { searchForNoTarget } from '../../../src/verify/timed/search';
import { turnoverOf } from '../../../src/verify/timed/turnover';
import type { WorkloadModel } from '../../../src/verify/workload-model';

/** States that one round may add beyond the limit before it is noticed. */
const ROUND = 200;

const large: fc.Arbitrary<WorkloadModel> = fc.tuple(anyModel, fc.integer({ min: 1, max: 100 }), fc.nat(3))
  .map(([model, min, more]) => ({ ...model, replicas: { min, max: Math.min(100, min + more) } }));

test('a search for the fewest pods keeps to its bound of states, for up to a hundred of them', () => {
  fc.assert(fc.property(large, fc.constantFrom(500, 5000), (model, maxStates) => {
    const answer = searchCapacity(model, { maxStates });
    expect(answer.states).toBeLessThan(maxStates + ROUND * (2 + model.replicas.max - model.replicas.min));
    expect(answer.exact || answer.counterexample !== undefined || answer.fewest >= model.requiredReady || answer.reason !== undefined).toBe(true);
  }), { numRuns: 60 });
});

test('a course without a target is found, if there is one, within a few thousand states', () => {
  fc.assert(fc.property(large, (model) => {
    const { strategy } = model;
    fc.pre(strategy.kind === 'rollingUpdate');
    const resolved = strategy.kind === 'rollingUpdate' ? rollingLimits(model.replicas.min, strategy) : undefined!;
    const turnover = turnoverOf(model, model.waysIn[0], resolved);
    const found = searchForNoTarget({ ...turnover, attachSeconds: 3600 }, 5000);
    expect(found.kind).toBe('empty');
  }), { numRuns: 60 });
});
