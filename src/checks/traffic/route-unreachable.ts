import type { GatewayRoute } from '../../cluster/gateway-route';
import type { VirtualService } from '../../cluster/istio';
import type { Violation } from '../finding';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { normalMatchesOf } from './gateway-match';
import { conditionsOf, covers, isNeverMet, type Conditions } from './http-match';

const TWO_ROUTES = (first: string, second: string) => `${PAYMENTS_SERVICE}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
    - ${first}
    - ${second}
`;
const TO_ALL = 'route: [{ destination: { host: payments } }]';
const TO_CANARY = '{ match: [{ headers: { x-canary: { exact: "true" } } }], route: [{ destination: { host: payments } }] }';

/** Every route gets some requests. */
export const ROUTE_UNREACHABLE: Rule = {
  id: 'route-unreachable',
  severity: 'warning',
  title: 'No route stands behind others that match everything that it would.',
  why: 'A VirtualService takes the first of its routes that matches, so one that stands behind a route for everything, or for the same requests, '
    + 'gets none. In an HTTPRoute or GRPCRoute the more specific match wins, and of two equal ones the first. What the route was for, such as a '
    + 'canary or a timeout, silently does not happen.',
  sources: ['https://istio.io/latest/docs/concepts/traffic-management/#routing-rule-precedence',
    'https://istio.io/latest/docs/reference/config/analysis/ist0130/', 'https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule'],
  failing: TWO_ROUTES(TO_ALL, TO_CANARY),
  passing: TWO_ROUTES(TO_CANARY, TO_ALL),
  check: ({ cluster }) => [...cluster.virtualServices.flatMap(ofVirtualService), ...cluster.gatewayRoutes.flatMap(ofGatewayRoute)],
};

interface Place {
  readonly index: number;
  readonly conditions: Conditions;
}

function ofVirtualService(virtualService: VirtualService): readonly Violation[] {
  const earlier: Place[] = [];
  return virtualService.routes.filter(({ protocol }) => protocol === 'http').flatMap(({ field, matches }, index) => {
    const wanted = matches.length === 0 ? [new Map()] : matches.map((match) => conditionsOf(match, virtualService.gateways));
    const before = wanted.map((conditions) => earlier.find((place) => covers(place.conditions, conditions)));
    // What a delegate leaves unmatched goes on to the routes behind.
    earlier.push(...field.get('delegate').exists ? [] : wanted.map((conditions) => ({ index, conditions })));
    if (wanted.every(isNeverMet)) {
      return [{
        object: virtualService,
        field,
        message: `http[${index}] is never taken: it matches requests that have a header and do not have it`,
        fix: 'remove the header from headers or from withoutHeaders',
      }];
    }
    return before.includes(undefined) ? [] : [{
      object: virtualService,
      field,
      message: `http[${index}] is never taken: http[${before[0]?.index}] before it matches every request that it would`,
      fix: `move it before http[${before[0]?.index}], or remove it`,
    }];
  });
}

function ofGatewayRoute(route: GatewayRoute): readonly Violation[] {
  const earlier = new Map<string, number>();
  return route.rules.flatMap(({ field, matches }, index) => {
    const wanted = normalMatchesOf(matches, route.kind);
    const before = wanted.map((match) => earlier.get(match));
    wanted.filter((match) => !earlier.has(match)).forEach((match) => earlier.set(match, index));
    return before.includes(undefined) ? [] : [{
      object: route,
      field,
      message: `rules[${index}] is never taken: rules[${before[0]}] before it has the same matches`,
      fix: `change its matches, or move its backendRefs to rules[${before[0]}]`,
    }];
  });
}
