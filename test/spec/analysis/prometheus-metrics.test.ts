import * as fc from 'fast-check';
import { PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { DeclarationError } from '../../../src/spec/declaration-error';
import { refusalOf } from '../../plan/declare';

const NO_NAMES = ['', '1requests', 'requests total', 'a-b', 'x{', 'x"}', 'a\nb', 'ä', 'x[5m]'];

test.each(NO_NAMES)('%j is no name of a metric', (name) => {
  expect(refusalOf(() => PrometheusMetrics.http({ requests: name }))).toMatch(/^PrometheusMetrics\.http requests .* must be a metric's name/);
  expect(refusalOf(() => PrometheusMetrics.http({ duration: name }))).toMatch(/^PrometheusMetrics\.http duration .* must be a metric's name/);
});

test.each([...NO_NAMES, 'a:b', '__name__'])('%j is no name of a label', (name) => {
  expect(refusalOf(() => PrometheusMetrics.http({ statusLabel: name }))).toMatch(/^PrometheusMetrics\.http statusLabel .* must be a label's name/);
  expect(refusalOf(() => PrometheusMetrics.http({ podLabel: name }))).toMatch(/podLabel .* must be a label's name/);
  expect(refusalOf(() => PrometheusMetrics.http({ namespaceLabel: name }))).toMatch(/namespaceLabel .* must be a label's name/);
  expect(refusalOf(() => PrometheusMetrics.istio({ podLabel: name }))).toMatch(/^PrometheusMetrics\.istio podLabel .* must be a label's name/);
  expect(refusalOf(() => PrometheusMetrics.ingressNginx({ namespaceLabel: name }))).toMatch(/^PrometheusMetrics\.ingressNginx namespaceLabel /);
});

test('recording rules have colons in their names', () => {
  expect(PrometheusMetrics.http({ requests: 'job:http_requests:total' })._spec).toMatchObject({ requests: 'job:http_requests:total' });
});

test.each(['', '5.."}', '5.."} or up{x="', '(5..)', '5\\d\\d', '[9-0]', '(?!x)', '5..\n', '[', '{{x}}'])('%j is no status of failed requests', (errorStatus) => {
  expect(refusalOf(() => PrometheusMetrics.http({ errorStatus }))).toMatch(/^PrometheusMetrics\.http errorStatus .* must be a regular expression of letters, digits/);
});

test.each(['5..', '5xx', '500|503', '[45]..', 'Internal|Unavailable', 'DATA_LOSS'])('%s is one', (errorStatus) => {
  expect(PrometheusMetrics.http({ errorStatus })._spec).toMatchObject({ errorStatus });
});

test('whatever is taken for a status can stand in a string of PromQL as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (errorStatus) => {
    try {
      PrometheusMetrics.http({ errorStatus });
      expect(errorStatus).toMatch(/^[\w.|[\]-]+$/);
    } catch (error) {
      expect(error).toBeInstanceOf(DeclarationError);
    }
  }), { numRuns: 500 });
});
