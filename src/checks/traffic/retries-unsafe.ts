import type { VirtualService, VirtualServiceRoute } from '../../cluster/istio';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { conditionsOf, covers, type Conditions } from './http-match';
import { PAYMENTS_VIRTUAL_SERVICE } from './route-examples';

const RETRIED = (retryOn: string) => `${PAYMENTS_SERVICE}---${PAYMENTS_VIRTUAL_SERVICE}      retries: { attempts: 2, retryOn: "${retryOn}" }\n`;

/** What may have been executed is not tried again. */
export const RETRIES_UNSAFE: Rule = {
  id: 'retries-unsafe',
  severity: 'warning',
  title: 'Requests that may have been executed are retried only where the route takes idempotent methods alone.',
  why: 'A connection that fails or a refused stream tells that no program saw the request, so trying again is safe. An answer 5xx, a reset or a '
    + 'timeout may come after the request was executed: trying a POST again then books or pays twice, most of all during a release, when pods end.',
  sources: ['https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on',
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry', 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2'],
  failing: RETRIED('5xx,connect-failure'),
  passing: RETRIED('connect-failure,refused-stream,reset-before-request'),
  check: ({ cluster }) => cluster.virtualServices.flatMap((virtualService) => virtualService.routes.flatMap((route, index) => {
    const retries = route.field.get('retries');
    const retryOn = (retries.get('retryOn').string() ?? '').split(',').map((condition) => condition.trim());
    const unsafe = retryOn.filter((condition) => UNSAFE.has(condition) || /^\d{3}$/.test(condition));
    const isSafe = unsafe.length === 0 || retries.get('attempts').integer() === 0 || !takesUnsafeMethod(virtualService, route);
    return isSafe ? [] : [{
      object: virtualService,
      field: retries.get('retryOn'),
      message: `http[${index}] retries requests of every method on ${unsafe.join(', ')}, which may come after the request was executed: `
        + 'it is then executed twice',
      actual: retryOn.join(','),
      required: 'connect-failure,refused-stream,reset-before-request',
      fix: 'set retryOn to connect-failure,refused-stream,reset-before-request, or let the route match GET and other idempotent methods only',
    }];
  })),
};

/** Conditions that can follow execution. Istio's own defaults, among them unavailable and cancelled, are not held against anybody. */
const UNSAFE = new Set(['5xx', 'gateway-error', 'reset', 'retriable-4xx', 'retriable-status-codes', 'retriable-headers', 'deadline-exceeded', 'internal']);

/** Executing these twice is not the same as executing them once. */
const NOT_IDEMPOTENT = ['POST', 'PATCH'];

/** Whether a request that is not idempotent can come to the route: past those before it, and into one of its matches. */
function takesUnsafeMethod({ routes, gateways }: VirtualService, route: VirtualServiceRoute): boolean {
  const conditions = ({ matches }: VirtualServiceRoute): Conditions[] =>
    matches.length === 0 ? [new Map()] : matches.map((match) => conditionsOf(match, gateways));
  const earlier = routes.slice(0, routes.indexOf(route)).filter(({ field }) => !field.get('delegate').exists).flatMap(conditions);
  return NOT_IDEMPOTENT.some((method) => conditions(route).filter((match) => allows(match.get('method'), method)).some((match) => {
    const request = new Map([...match, ['method', { exact: method }]]);
    return !earlier.some((before) => covers(before, request));
  }));
}

function allows(condition: unknown, method: string): boolean {
  const { exact, prefix, regex } = (condition ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof exact === 'string') {
    return exact === method;
  }
  // A list such as GET|HEAD is the one form of expression that is read; any other may allow everything.
  const listed = typeof regex === 'string' && /^\^?\(?[A-Z|]+\)?\$?$/.test(regex) ? regex.replace(/[^A-Z|]/g, '').split('|') : [method];
  return (typeof prefix !== 'string' || method.startsWith(prefix)) && listed.includes(method);
}
