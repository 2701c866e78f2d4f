import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { PAYMENTS_ROUTE } from './route-examples';

/** Some backend of each rule of a Gateway API route gets requests. */
export const ROUTE_WEIGHTS_ZERO: Rule = {
  id: 'route-weights-zero',
  severity: 'error',
  title: 'Some backend of every rule of an HTTPRoute or GRPCRoute has a weight above 0.',
  why: 'A weight of 0 takes a backend out. Where all backends of a rule have it, the rule still matches, nothing else is tried, and every request '
    + 'that it matches is answered with 500.',
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref'],
  failing: `${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE.replace('port: 80 }', 'port: 80, weight: 0 }')}`,
  passing: `${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE}`,
  check: ({ cluster }) => cluster.gatewayRoutes.flatMap((route) => route.rules.flatMap(({ field }, index) => {
    const weights = field.get('backendRefs').items().map((reference) => reference.get('weight').integer() ?? 1);
    return weights.length === 0 || weights.some((weight) => weight > 0) ? [] : [{
      object: route,
      field: field.get('backendRefs'),
      message: `all backends of rules[${index}] have the weight 0, so every request that it matches is answered with an error`,
      actual: weights.join(' + '),
      required: '> 0',
      fix: 'give the backend that is to have the requests a weight above 0',
    }];
  })),
};
