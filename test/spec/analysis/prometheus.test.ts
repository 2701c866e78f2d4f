import { Duration } from 'cdk8s';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { PrometheusAuthentication } from '../../../src/spec/analysis/credentials';
import type { PrometheusAnalysisOptions } from '../../../src/spec/analysis/prometheus';
import { refusalOf, seconds } from '../../plan/declare';

const ADDRESS = 'http://prometheus.monitoring:9090';
const analysis = (options: Partial<PrometheusAnalysisOptions> = {}) => () =>
  Analysis.prometheus({ address: ADDRESS, maxErrorRate: 0.01, ...options });
const query = (text: string, more: object = {}) => analysis({ queries: [{ name: 'own', query: text, max: 1, ...more }] });

test('an analysis needs something that must hold', () => {
  expect(refusalOf(() => Analysis.prometheus({ address: ADDRESS })))
    .toBe('Analysis.prometheus needs something that must hold; give maxErrorRate, another threshold or a query');
});

test.each(['prometheus:9090', 'ftp://prometheus', '//prometheus', 'javascript:alert(1)', ''])('an address of %j is refused', (address) => {
  expect(refusalOf(analysis({ address }))).toMatch(/^Analysis\.prometheus address .* must be an address that starts with http:\/\/ or https:\/\/$/);
});

test('an address with a password is refused without repeating it', () => {
  const refusal = refusalOf(analysis({ address: 'https://reader:s3cr3t@prometheus.example' }));
  expect(refusal).toMatch(/must not hold a user or a password/);
  expect(refusal).not.toContain('s3cr3t');
});

describe('a threshold', () => {
  test.each([-0.001, 1.001, NaN, Infinity])('on the share of failed requests of %d is refused', (rate) => {
    expect(refusalOf(analysis({ maxErrorRate: rate }))).toBe(`Analysis.prometheus maxErrorRate ${rate} must be a number from 0 to 1`);
    expect(refusalOf(analysis({ maxErrorRateIncrease: rate }))).toBe(`Analysis.prometheus maxErrorRateIncrease ${rate} must be a number from 0 to 1`);
  });

  test.each([0, 1])('on the share of failed requests may be %d', (rate) => {
    expect(analysis({ maxErrorRate: rate })()._spec.thresholds).toEqual([{ kind: 'errorRate', max: rate }]);
  });

  test.each([0.99, 1001, NaN])('on the ratio of times of %d is refused', (ratio) => {
    expect(refusalOf(analysis({ maxP99Ratio: ratio }))).toBe(`Analysis.prometheus maxP99Ratio ${ratio} must be a number from 1 to 1000`);
  });

  test('on a time is from a millisecond to an hour, and kept in seconds', () => {
    expect(refusalOf(analysis({ maxP50: Duration.millis(0) }))).toBe('Analysis.prometheus maxP50 0ms must be from 1ms to 1 hour');
    expect(refusalOf(analysis({ maxP95: seconds(3601) }))).toBe('Analysis.prometheus maxP95 3601000ms must be from 1ms to 1 hour');
    expect(analysis({ maxErrorRate: undefined, maxP99: Duration.millis(1) })()._spec.thresholds).toEqual([{ kind: 'quantile', percent: 99, max: 0.001 }]);
  });
});

describe('a rate of requests', () => {
  test.each([0, -1, NaN, Infinity, 1_000_001])('of %d is refused', (requestsPerSecond) => {
    expect(refusalOf(analysis({ requestsPerSecond })))
      .toBe(`Analysis.prometheus requestsPerSecond ${requestsPerSecond} must be a number above 0 and at most 1000000; leave it out where the rate is unknown`);
  });

  test('may be a fraction', () => {
    expect(analysis({ requestsPerSecond: 0.2 })()._spec.timing.requestsPerSecond).toBe(0.2);
  });
});

describe('limits and times', () => {
  test.each([
    ['measurements', 0], ['measurements', 1001], ['measurements', 1.5], ['minRequests', 0], ['failureLimit', -1], ['inconclusiveLimit', 1001], ['consecutiveErrorLimit', NaN],
  ])('%s of %d is refused', (name, value) => {
    expect(refusalOf(analysis({ [name]: value }))).toMatch(new RegExp(`^Analysis\\.prometheus ${name} ${value} must be a whole number from `));
  });

  test.each([['window', 9], ['window', 86_401], ['interval', 9], ['initialDelay', 86_401], ['scrapeInterval', 0], ['scrapeInterval', 601]])('%s of %d s is refused', (name, value) => {
    expect(refusalOf(analysis({ [name]: seconds(value) }))).toMatch(new RegExp(`^Analysis\\.prometheus ${name} ${value}s must be from `));
  });
});

describe('a query', () => {
  test('that does not select the new version is refused', () => {
    expect(refusalOf(query('sum(rate(errors_total[5m]))'))).toMatch(/query "own" must hold \$canary where series are selected/);
    expect(refusalOf(query('sum(rate(errors_total{$canaryish}[5m]))'))).toMatch(/must hold \$canary/);
  });

  test('that an engine would take for its own template is refused', () => {
    expect(refusalOf(query('errors{$canary,ns="{{ namespace }}"}'))).toMatch(/must not hold \{\{, which Argo Rollouts and Flagger take for templates of their own/);
  });

  test.each([[{ max: undefined }], [{ max: NaN }], [{ max: Infinity }]])('with bounds of %j is refused', (bounds) => {
    expect(refusalOf(query('x{$canary}', bounds))).toBe('Analysis.prometheus query "own" needs max or min, a number');
  });

  test('with bounds that nothing satisfies is refused', () => {
    expect(refusalOf(query('x{$canary}', { max: 1, min: 2 }))).toBe('Analysis.prometheus query "own" min 2 must be at most max 1; exchange them');
  });

  test.each(['', '   '])('of %j is refused', (text) => {
    expect(refusalOf(query(text))).toBe('Analysis.prometheus query "own" query must not be empty');
  });

  test('needs a name of its own', () => {
    const named = (...names: string[]) => analysis({ queries: names.map((name) => ({ name, query: 'x{$canary}', max: 1 })) });
    expect(refusalOf(named('own', 'own'))).toBe('Analysis.prometheus query "own" is given twice; give one of them another name');
    expect(refusalOf(named('error-rate'))).toBe('Analysis.prometheus query "error-rate" has the name of a threshold; give it another name');
    expect(refusalOf(named('a'.repeat(41)))).toMatch(/has a name of 41 characters; give it one of at most 40$/);
    expect(refusalOf(named('Own name'))).toMatch(/^Analysis\.prometheus query name "Own name" must be at most 63 lower-case letters/);
  });
});

describe('credentials', () => {
  test('are a reference, by bearer token unless told otherwise', () => {
    const spec = analysis({ credentials: { secretName: 'prometheus' } })()._spec.source;
    expect(spec).toMatchObject({ credentials: { secretName: 'prometheus', authentication: PrometheusAuthentication.BEARER } });
  });

  test.each(['Prometheus', 'a b', '', '../x'])('of a Secret %j are refused', (secretName) => {
    expect(refusalOf(analysis({ credentials: { secretName } }))).toMatch(/^Analysis\.prometheus credentials secretName /);
  });
});
