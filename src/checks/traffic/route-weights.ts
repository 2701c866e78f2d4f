import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { PAYMENTS_VIRTUAL_SERVICE } from './route-examples';

const TWO = (first: number, second: number) => PAYMENTS_SERVICE + '---' + PAYMENTS_SERVICE.replace('{ name: payments }', '{ name: payments-canary }')
  + '---' + PAYMENTS_VIRTUAL_SERVICE.replace('[{ destination: { host: payments } }]', `
        - { destination: { host: payments }, weight: ${first} }
        - { destination: { host: payments-canary }, weight: ${second} }`);

/** Istio accepts the weights of every route. */
export const ROUTE_WEIGHTS: Rule = {
  id: 'route-weights',
  severity: 'error',
  title: 'The weights of several destinations are not negative, and not all 0.',
  why: 'Weights are shares of their sum, which need not be 100. A weight that is left out among several destinations is 0. Where all of them are 0, '
    + 'or one is negative, Istio\'s validation refuses the VirtualService, so the release stops at the apply and the old routes stay.',
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination',
    'https://istio.io/latest/docs/reference/config/analysis/ist0106/'],
  failing: TWO(0, 0),
  passing: TWO(100, 0),
  check: ({ cluster }) => cluster.virtualServices.flatMap((virtualService) => virtualService.routes.flatMap(({ field }) => {
    const written = field.get('route').items().map((route) => route.get('weight'));
    const wrong = wrongIn(written);
    return wrong ? [{
      object: virtualService,
      field: wrong === 'negative' ? written.find((weight) => (weight.integer() ?? 0) < 0) ?? field : field.get('route'),
      message: `the weights ${written.map((weight) => weight.integer() ?? 'none').join(', ')} of ${field.text.replace(/^spec\./, '')} `
        + `${wrong === 'negative' ? 'hold a negative one' : 'sum to 0'}, so Istio refuses the VirtualService`,
      actual: written.map((weight) => weight.integer() ?? 0).join(' + '),
      required: wrong === 'negative' ? 'each ≥ 0' : '> 0',
      fix: 'write the weight of each destination, for example 100 and 0',
    }] : [];
  })),
};

function wrongIn(weights: readonly Field[]): 'negative' | 'zero' | undefined {
  const values = weights.map((weight) => weight.integer() ?? 0);
  if (values.some((value) => value < 0)) {
    return 'negative';
  }
  return values.length > 1 && values.every((value) => value === 0) ? 'zero' : undefined;
}
