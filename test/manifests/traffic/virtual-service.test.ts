import { Duration } from 'cdk8s';
import { IstioOptions, IstioRetries, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from '../synthesized';

const virtualServiceOf = (options: IstioOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  synthesize({ traffic: [Traffic.istio(options)], ...props }).find('VirtualService');
const routeOf = (options: IstioOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) => virtualServiceOf(options, props).spec.http[0];
const SAFE = 'connect-failure,refused-stream,reset-before-request';


describe('hosts and gateways', () => {
  test('by default only calls to the service inside the mesh are routed', () => {
    const { apiVersion, metadata, spec } = virtualServiceOf();
    expect(apiVersion).toBe('networking.istio.io/v1');
    expect(metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
    expect(spec.hosts).toEqual(['payments']);
    expect(spec).not.toHaveProperty('gateways');
  });

  test('gateways are named beside the mesh, which naming any would otherwise leave out', () => {
    const { spec } = virtualServiceOf({ hosts: ['api.example.com'], gateways: ['istio-system/public', 'local'] });
    expect(spec.hosts).toEqual(['payments', 'api.example.com']);
    expect(spec.gateways).toEqual(['mesh', 'istio-system/public', 'local']);
  });

  test('hosts without gateways are routed inside the mesh', () => {
    const { spec } = virtualServiceOf({ hosts: ['api.example.com'] });
    expect(spec.hosts).toEqual(['payments', 'api.example.com']);
    expect(spec).not.toHaveProperty('gateways');
  });

  test.each([
    ['the service\'s own name again', ['payments'], 'payments', 'payments'],
    ['one host twice', ['api.example.com', 'api.example.com'], 'api.example.com', 'api.example.com'],
    ['one wildcard twice', ['*.example.com', '*.example.com'], '*.example.com', '*.example.com'],
    ['a host behind a wildcard that covers it', ['*.example.com', 'api.example.com'], 'api.example.com', '*.example.com'],
    ['a host before a wildcard that covers it', ['api.example.com', '*.example.com'], 'api.example.com', '*.example.com'],
    ['a host several labels below a wildcard', ['*.example.com', 'a.b.example.com'], 'a.b.example.com', '*.example.com'],
    ['a wildcard below a wildcard', ['*.example.com', '*.api.example.com'], '*.api.example.com', '*.example.com'],
  ])('%s is refused, because Istio takes no hosts that match each other', (_, hosts, covered, covering) => {
    expect(() => virtualServiceOf({ hosts }))
      .toThrow(`[chart/payments] istio.host "${covered}" is covered by "${covering}" already, and Istio refuses both together`);
  });

  test('each covered host is told of', () => {
    expect(() => virtualServiceOf({ hosts: ['payments', 'api.example.com', '*.example.com'] })).toThrow('2 problems in the declaration');
  });

  test('hosts that only look alike are taken', () => {
    const hosts = ['example.com', '*.example.com', 'api.example.org', 'myexample.com', 'payments.example.org', '*.payments'];
    expect(virtualServiceOf({ hosts }).spec.hosts).toEqual(['payments', ...hosts]);
  });

  test('twelve hosts are written in their order', () => {
    const hosts = Array.from({ length: 12 }, (_, i) => `h${i}.example.com`);
    expect(virtualServiceOf({ hosts }).spec.hosts).toEqual(['payments', ...hosts]);
  });

  test('all requests go to the service\'s port', () => {
    expect(routeOf({}, { servicePort: 8080 })).toMatchObject({
      name: 'primary', route: [{ destination: { host: 'payments', port: { number: 8080 } } }],
    });
  });
});

describe('retries', () => {
  test('by default only what was surely not executed is repeated', () => {
    expect(routeOf().retries).toEqual({ attempts: 2, perTryTimeout: '35s', retryOn: SAFE });
  });

  test('their number and time are written as declared', () => {
    const retries = IstioRetries.safe({ attempts: 4, perTryTimeout: Duration.seconds(45) });
    expect(routeOf({ retries }).retries).toEqual({ attempts: 4, perTryTimeout: '45s', retryOn: SAFE });
  });

  test('a try may not end sooner than five seconds after the longest request', () => {
    const tryOf = (seconds: number) => routeOf({ retries: IstioRetries.safe({ perTryTimeout: Duration.seconds(seconds) }) });
    expect(tryOf(35).retries.perTryTimeout).toBe('35s');
    expect(() => tryOf(34)).toThrow(/istio\.perTryTimeout 34s must be at least .*35s/);
  });

  test('further conditions of an idempotent service are added to the safe ones', () => {
    const retries = IstioRetries.idempotent({ on: ['gateway-error', 'connect-failure'] });
    expect(routeOf({ retries }).retries.retryOn).toBe(`${SAFE},gateway-error`);
  });

  test('none are written as no attempts, because without a word Istio retries', () => {
    expect(routeOf({ retries: IstioRetries.none() }).retries).toEqual({ attempts: 0 });
  });
});

describe('timeout', () => {
  test('it has room for every try at its longest', () => {
    expect(routeOf({}, { longestRequest: Duration.seconds(10) }).timeout).toBe('46s');
  });

  test('without retries it has room for one', () => {
    expect(routeOf({ retries: IstioRetries.none() }, { longestRequest: Duration.seconds(10) }).timeout).toBe('15s');
  });

  test('a declared try counts at its own length', () => {
    expect(routeOf({ retries: IstioRetries.safe({ attempts: 3, perTryTimeout: Duration.seconds(40) }) }).timeout).toBe('161s');
  });

  test('a declared one is written', () => {
    expect(routeOf({ timeout: Duration.minutes(5) }).timeout).toBe('300s');
  });

  test('a declared one may not cut the last try off', () => {
    expect(routeOf({ timeout: Duration.seconds(106) }).timeout).toBe('106s');
    expect(() => routeOf({ timeout: Duration.seconds(105) })).toThrow(/istio\.timeout 105s must be at least .*106s/);
  });

  test('streams have none, neither for the route nor for a try', () => {
    const route = routeOf({}, { maxConnectionAge: Duration.minutes(5) });
    expect(route).not.toHaveProperty('timeout');
    expect(route.retries).toEqual({ attempts: 2, retryOn: SAFE });
  });

  test('streams without retries have no attempts', () => {
    const route = routeOf({ retries: IstioRetries.none() }, { maxConnectionAge: Duration.minutes(5) });
    expect(route.retries).toEqual({ attempts: 0 });
  });

  test.each<[string, IstioOptions]>([
    ['timeout', { timeout: Duration.minutes(10) }],
    ['perTryTimeout', { retries: IstioRetries.safe({ perTryTimeout: Duration.minutes(10) }) }],
    ['perTryTimeout', { retries: IstioRetries.idempotent({ on: ['gateway-error'], perTryTimeout: Duration.minutes(10) }) }],
  ])('a %s that is declared for streams is refused', (field, options) => {
    expect(() => routeOf(options, { maxConnectionAge: Duration.minutes(5) }))
      .toThrow(`[chart/payments] istio.${field} cannot be given with maxConnectionAge, because it would end streams as well; leave it out`);
  });
});
