import * as fc from 'fast-check';
import { virtualService } from './manifests';
import { told } from './told';
import { ROUTE_WEIGHTS } from '../../../src/checks/traffic/route-weights';

const weighted = (...weights: (number | undefined)[]) => virtualService([`{ route: [${weights.map((weight) =>
  `{ destination: { host: cart }${weight === undefined ? '' : `, weight: ${weight}`} }`).join(', ')}] }`]);

describe('route-weights', () => {
  test('tells weights that sum to 0, left out or written', () => {
    expect(told(ROUTE_WEIGHTS, weighted(0, undefined))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].route',
      message: 'the weights 0, none of http[0] sum to 0, so Istio refuses the VirtualService',
      actual: '0 + 0',
      required: '> 0',
      fix: 'write the weight of each destination, for example 100 and 0',
    }]);
  });

  test('tells a negative weight at its place', () => {
    expect(told(ROUTE_WEIGHTS, weighted(101, -1))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].route[1].weight',
      message: 'the weights 101, -1 of http[0] hold a negative one, so Istio refuses the VirtualService',
      actual: '101 + -1',
      required: 'each ≥ 0',
      fix: 'write the weight of each destination, for example 100 and 0',
    }]);
  });

  test('a lone destination needs no weight', () => {
    expect([weighted(undefined), weighted(0)].flatMap((yaml) => told(ROUTE_WEIGHTS, yaml))).toEqual([]);
  });

  test('weights need not sum to 100: any sum above 0 of several will do', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 }), (weights) => {
      expect(told(ROUTE_WEIGHTS, weighted(...weights))).toHaveLength(weights.some((weight) => weight > 0) ? 0 : 1);
    }), { numRuns: 60 });
  });
});
