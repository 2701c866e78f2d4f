import * as fc from 'fast-check';
import { ingress, virtualService } from './manifests';
import { pathsOf, told } from './told';
import { NGINX_RETRIES_UNSAFE } from '../../../src/checks/traffic/nginx-retries-unsafe';
import { RETRIES_NEVER_RUN } from '../../../src/checks/traffic/retries-never-run';
import { RETRIES_UNSAFE } from '../../../src/checks/traffic/retries-unsafe';

const TO = 'route: [{ destination: { host: cart } }]';

describe('retries-unsafe', () => {
  const retried = (retryOn: string, match = '', attempts = 2) => `{ ${match} ${TO}, retries: { attempts: ${attempts}, retryOn: "${retryOn}" } }`;
  const unsafe = (...routes: string[]) => pathsOf(RETRIES_UNSAFE, virtualService(routes));

  test('tells the conditions that may come after execution', () => {
    expect(told(RETRIES_UNSAFE, virtualService([retried('connect-failure, 5xx,503')]))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].retries.retryOn',
      message: 'http[0] retries requests of every method on 5xx, 503, which may come after the request was executed: it is then executed twice',
      actual: 'connect-failure,5xx,503',
      required: 'connect-failure,refused-stream,reset-before-request',
      fix: 'set retryOn to connect-failure,refused-stream,reset-before-request, or let the route match GET and other idempotent methods only',
    }]);
  });

  test.each(['5xx', 'gateway-error', 'reset', 'retriable-4xx', 'retriable-status-codes', 'deadline-exceeded', '502'])('%s is unsafe', (condition) => {
    expect(unsafe(retried(condition))).toHaveLength(1);
  });

  test.each(['connect-failure', 'refused-stream', 'reset-before-request', 'unavailable', 'cancelled'])('%s is safe, or Istio\'s own default', (condition) => {
    expect(unsafe(retried(condition))).toEqual([]);
  });

  test('no attempts, and retries without conditions of their own, are no finding', () => {
    expect(unsafe(retried('5xx', '', 0), `{ ${TO}, retries: { attempts: 3 } }`, `{ ${TO} }`)).toEqual([]);
  });

  test.each(['exact: GET', 'regex: "GET|HEAD"', 'regex: "^(GET|PUT)$"', 'prefix: GE'])('a route for method { %s } takes idempotent methods alone', (method) => {
    expect(unsafe(retried('5xx', `match: [{ method: { ${method} } }],`))).toEqual([]);
  });

  test.each(['exact: POST', 'regex: "GET|PATCH"', 'regex: ".*"', 'prefix: P'])('a route for method { %s } does not', (method) => {
    expect(unsafe(retried('5xx', `match: [{ method: { ${method} } }],`))).toHaveLength(1);
  });

  test('one of two matches is enough to take a POST', () => {
    expect(unsafe(retried('5xx', 'match: [{ method: { exact: GET } }, { uri: { prefix: /pay } }],'))).toHaveLength(1);
  });

  test('routes before it may take what is not idempotent away', () => {
    const before = (...methods: string[]) => `{ match: [${methods.map((method) => `{ method: { exact: ${method} } }`).join(', ')}], ${TO} }`;
    expect(unsafe(before('POST', 'PATCH'), retried('5xx'))).toEqual([]);
    expect(unsafe(before('POST'), retried('5xx'))).toEqual(['VirtualService shop/cart spec.http[1].retries.retryOn']);
  });
});

describe('retries-never-run', () => {
  const timed = (timeout: string, attempts: number, perTryTimeout: string) =>
    virtualService([`{ ${TO}, timeout: ${timeout}, retries: { attempts: ${attempts}, perTryTimeout: ${perTryTimeout} } }`]);

  test('tells how long all tries take', () => {
    expect(told(RETRIES_NEVER_RUN, timed('5s', 2, '2s'))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].timeout',
      message: 'http[0] gives up after 5 s, but 1 try and 2 retries of 2 s take up to 6 s, so the last are cut or never made',
      actual: '5 s',
      required: '≥ 6 s',
      fix: 'set timeout to at least 6s, or perTryTimeout or attempts lower',
    }]);
    expect(told(RETRIES_NEVER_RUN, timed('2s', 1, '1.5s'))[0].message).toContain('1 try and 1 retry of 1.5 s take up to 3 s');
  });

  test('the bound is (1 + attempts) × perTryTimeout, to the millisecond', () => {
    const near = fc.integer({ min: -1, max: 1 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 9 }), near, (tenths, attempts, off) => {
      const needed = (1 + attempts) * tenths * 100;
      const found = told(RETRIES_NEVER_RUN, timed(`${needed + off}ms`, attempts, `${tenths * 100}ms`)).map(({ required }) => required);
      expect(found).toEqual(off < 0 ? [`≥ ${needed / 1000} s`] : []);
    }), { numRuns: 60 });
  });

  test.each([
    ['a timeout that is off', timed('0s', 5, '10s')],
    ['no attempts', timed('1s', 0, '10s')],
    ['tries without a timeout', virtualService([`{ ${TO}, timeout: 1s, retries: { attempts: 3 } }`])],
    ['a route without a timeout', virtualService([`{ ${TO}, retries: { attempts: 3, perTryTimeout: 10s } }`])],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(RETRIES_NEVER_RUN, yaml)).toEqual([]);
  });
});

describe('nginx-retries-unsafe', () => {
  const KEY = 'nginx.ingress.kubernetes.io/proxy-next-upstream';
  const next = (conditions: string, className = 'nginx') => ingress('cart', { className, annotations: `${KEY}: "${conditions}"` });

  test('tells non_idempotent, and what to leave', () => {
    expect(told(NGINX_RETRIES_UNSAFE, next('error  timeout non_idempotent'))).toEqual([{
      object: 'Ingress shop/cart',
      path: `metadata.annotations["${KEY}"]`,
      message: 'non_idempotent makes nginx repeat POST, LOCK and PATCH requests that a pod may have executed already',
      actual: 'error timeout non_idempotent',
      required: 'error timeout',
      fix: 'remove non_idempotent from proxy-next-upstream',
    }]);
  });

  test('other conditions, no annotation, and another controller are no finding', () => {
    expect([next('error timeout http_502'), ingress('cart'), next('non_idempotent', 'traefik')].flatMap((yaml) => told(NGINX_RETRIES_UNSAFE, yaml))).toEqual([]);
  });
});
