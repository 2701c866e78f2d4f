import { documentWith } from './documents';
import { AnalysisText, boundsText, timeText } from '../../src/analysis/analysis-text';
import type { Measurement } from '../../src/analysis/measure';
import type { AnalysisRun } from '../../src/analysis/run-analysis';

const document = documentWith({ metrics: [{ name: 'error-rate', text: 'requests\u001b[2J that fail', unit: '', max: 0.01, query: 'a' }, { name: 'p99', unit: 's', max: 0.5, min: 0.001, query: 'b' }] });
const text = (hasColour = false) => new AnalysisText({ name: 'shop/payments', document }, false, hasColour);
const AT = Date.UTC(2030, 0, 2, 3, 4, 5, 678);
const measurement = (changes: Partial<Measurement> = {}): Measurement => ({ metric: 'error-rate', at: AT, phase: 'Successful', value: 0.004, written: '0.004', message: 'within its bounds', ...changes });
const shownValue = (value: number, metric = 'error-rate') => text().measurement(measurement({ metric, value, written: String(value) })).split(/ {2,}/)[2];

test('the heading tells what is measured, when and within which bounds', () => {
  expect(text().heading()).toBe([
    'shop/payments at http://127.0.0.1:9090, 5 measurements, the first after 90 s, then every 60 s',
    '  error-rate  ≤ 0.01            requests\\u001b[2J that fail', '  p99         ≥ 0.001, ≤ 0.5 s', '', '',
  ].join('\n'));
});

test.each([
  [{}, '2030-01-02T03:04:05Z  error-rate  0.004       ≤ 0.01            Successful\n'],
  [{ phase: 'Failed', value: 0.5, written: '0.5', message: 'more than 0.01' }, '2030-01-02T03:04:05Z  error-rate  0.5         ≤ 0.01            Failed\n'],
  [{ phase: 'Inconclusive', value: undefined, written: undefined, message: 'no data' }, '2030-01-02T03:04:05Z  error-rate  -           ≤ 0.01            Inconclusive: no data\n'],
  [{ metric: 'p99', phase: 'Inconclusive', value: NaN, written: 'NaN', message: 'no finite number' }, '2030-01-02T03:04:05Z  p99         NaN s       ≥ 0.001, ≤ 0.5 s  Inconclusive: no finite number\n'],
  [{ phase: 'Error', value: undefined, message: 'a \u001b[31mserver\n' }, '2030-01-02T03:04:05Z  error-rate  -           ≤ 0.01            Error: a \\u001b[31mserver\\u000a\n'],
] as const)('a measurement is a line: %j', (changes, line) => {
  expect(text().measurement(measurement(changes))).toBe(line);
});

test.each([[0.00318471337579, '0.003185'], [0.0100000001, '0.0100000001'], [0.00999999999, '0.00999999999'], [0.01, '0.01'], [1e-9, '1e-9'], [123456, '123500'], [0, '0']])('%d is shown as %s, on its side of the bound', (value, shown) => {
  expect(shownValue(value)).toBe(shown);
});

test('only phases are painted', () => {
  expect(text(true).measurement(measurement())).toBe(text().measurement(measurement()).replace('Successful', '\u001b[32mSuccessful\u001b[0m'));
});

describe('the summary', () => {
  const counts = { successful: 1, failed: 2, inconclusive: 0, error: 3, consecutiveError: 0 };
  const run: AnalysisRun = {
    phase: 'Failed',
    startedAt: AT,
    endedAt: AT,
    measurements: [],
    refused: [],
    isInterrupted: false,
    results: [{ metric: document.metrics[0], counts, phase: 'Failed', message: 'failed 2 > failureLimit 1' }, { metric: document.metrics[1], counts: { ...counts, successful: 0, failed: 0, error: 0 }, message: 'ended' }],
  };

  test('tells what each metric has come to, and by which limit', () => {
    expect(text().summary(run)).toBe('\nerror-rate  Failed: failed 2 > failureLimit 1 (1 Successful, 2 Failed, 3 Error)\np99         undecided: ended (nothing measured)\nshop/payments: Failed\n');
  });

  test('of a single look is the verdict alone', () => {
    expect(new AnalysisText({ name: 'a', document }, true, false).summary(run)).toBe('\na: Failed\n');
  });

  test.each([[true, 'interrupted'], [false, 'ended by bad input']])('of what has no verdict says why', (isInterrupted, why) => {
    expect(text().summary({ ...run, phase: undefined, isInterrupted }).trimEnd().split('\n').at(-1)).toBe(`shop/payments: ${why}`);
  });
});

test('bounds and times are as people write them', () => {
  expect([boundsText({ min: 5, unit: '' }), boundsText({ max: 0.5, unit: 's' }), timeText(0)]).toEqual(['≥ 5', '≤ 0.5 s', '1970-01-01T00:00:00Z']);
});
