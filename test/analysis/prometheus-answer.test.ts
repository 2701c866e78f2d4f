import fc from 'fast-check';
import { isWorthAnotherAttempt, prometheusAnswer as answerOf, type PrometheusResponse } from '../../src/analysis/prometheus-answer';

const prometheusAnswer = (response: PrometheusResponse) => answerOf(response, (text) => text.replaceAll('hunter2', '…'));

const success = (data: unknown, more: object = {}) => prometheusAnswer({ status: 200, body: JSON.stringify({ status: 'success', data, ...more }) });
const vector = (...values: string[]) => ({ resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [1, value] })) });
const failure = (status: number, errorType: string, error: string) => prometheusAnswer({ status, body: JSON.stringify({ status: 'error', errorType, error }) });

describe('a value', () => {
  test.each([
    ['0.25', 0.25], ['-3', -3], ['1e-09', 1e-9], ['1.7976931348623157e+308', Number.MAX_VALUE], ['NaN', NaN], ['+Inf', Infinity], ['-Inf', -Infinity],
  ])('%s is read from a vector of one series and from a scalar', (written, value) => {
    expect(success(vector(written))).toEqual({ kind: 'value', value, written, warnings: [] });
    expect(success({ resultType: 'scalar', result: [1, written] })).toEqual({ kind: 'value', value, written, warnings: [] });
  });

  test.each(['', ' ', '1x', '0x10', 'Infinity', 'nan', '--1', '1e', '1_000', '0b1'])('%j is none', (written) => {
    expect(success(vector(written))).toEqual({ kind: 'error', message: `the answer holds ${JSON.stringify(written)} where a number was expected` });
  });
});

test('no series is no data', () => {
  expect(success(vector())).toEqual({ kind: 'no data', warnings: [] });
});

describe('warnings', () => {
  test('are kept, hints aside', () => {
    expect(success(vector('1'), { warnings: ['no store answers', 'PromQL info: metric might not be a counter'], infos: ['PromQL info: x'] })).toMatchObject({ warnings: ['no store answers'] });
    expect(success(vector(), { warnings: ['PromQL warning: mixed'] })).toMatchObject({ kind: 'no data', warnings: ['PromQL warning: mixed'] });
  });

  test('that are no list are none', () => {
    expect(success(vector('1'), { warnings: 'all' })).toMatchObject({ warnings: [] });
  });
});

test.each([
  ['several series', vector('1', '2', '3'), 'gives 3 series where one value is judged; aggregate them, for example with sum()'],
  ['ranges', { resultType: 'matrix', result: [] }, 'gives ranges of values where one value is judged; put a function such as rate() around them'],
  ['a text', { resultType: 'string', result: [1, 'a'] }, 'gives a text where a number is judged; correct it'],
  ['a histogram', { resultType: 'vector', result: [{ metric: {}, histogram: [1, {}] }] }, 'gives a histogram where a number is judged; take a number of it, for example with histogram_quantile()'],
])('a query for %s is refused', (_, data, message) => {
  expect(success(data)).toEqual({ kind: 'refused', what: 'query', message });
});

test.each([
  ['no data', undefined], ['nothing', null], ['a result without a type', { result: [] }], ['a vector that is a map', { resultType: 'vector', result: {} }], ['a series of nothing', { resultType: 'vector', result: [null] }],
  ['a series without a value', { resultType: 'vector', result: [{ metric: {} }] }], ['a number that is no text', { resultType: 'scalar', result: [1, 2] }], ['a sample cut short', { resultType: 'scalar', result: [1] }],
])('an answer with %s is an error', (_, data) => {
  expect(success(data)).toMatchObject({ kind: 'error', message: expect.stringMatching(/^the answer holds no /) });
});

test.each([
  ['<!DOCTYPE html><p>Sign in', 'the answer is no JSON of Prometheus but a page of HTML, as of a proxy or a login'], ['', 'the answer is no JSON of Prometheus but empty'],
  ['{"status":"succ', 'the answer is no JSON of Prometheus but begins "{\\"status\\":\\"succ"'], ['[]', 'the answer is no JSON of Prometheus but begins "[]"'], ['null', 'the answer is no JSON of Prometheus but begins "null"'],
  ['{"status":"error","error":"out of memory"}', 'Prometheus answers with an error: "out of memory"'], ['{"status":"error"}', 'Prometheus answers with an error: without a reason'],
])('the body %j is an error', (body, message) => {
  expect(prometheusAnswer({ status: 200, body })).toEqual({ kind: 'error', message });
});

describe('a status', () => {
  test.each([
    [400, 'bad_data', { kind: 'refused', what: 'query', message: 'is refused by Prometheus: "why"' }], [401, 'x', { kind: 'refused', what: 'credentials', message: 'are not accepted (401): "why"' }],
    [403, 'x', { kind: 'refused', what: 'credentials', message: 'do not give the right to query (403): "why"' }], [404, 'x', { kind: 'refused', what: 'address', message: expect.stringContaining('(404)') }],
    [422, 'execution', { kind: 'error', message: 'the server answers 422: "why"' }], [429, 'x', { kind: 'error', message: 'the server answers 429: "why"' }], [503, 'timeout', { kind: 'error', message: 'the server answers 503: "why"' }],
  ])('of %i says what must be done', (status, errorType, answer) => {
    expect(failure(status, errorType, 'why')).toEqual(answer);
  });

  test('of 400 without the word of Prometheus is of something else', () => {
    expect(prometheusAnswer({ status: 400, body: '<h1>plain HTTP was sent to an HTTPS port' })).toMatchObject({ kind: 'refused', what: 'address' });
  });

  test.each([[200, false], [400, false], [401, false], [408, false], [422, false], [429, true], [500, true], [502, true], [503, true], [599, true]])('of %i is worth another attempt: %s', (status, isWorth) => {
    expect(isWorthAnotherAttempt(status)).toBe(isWorth);
  });
});

test('what a server writes is shown in quotes, shortened, with nothing unseen', () => {
  const { message } = failure(400, 'bad_data', `\u001b[2J\u202e${'x'.repeat(1000)}`) as { message: string };
  expect(message).toMatch(/^is refused by Prometheus: "\\u001b\[2J\\u202ex{50,}…"$/);
});

test('no body makes it throw, or is taken for a value that it does not hold', () => {
  fc.assert(fc.property(fc.constantFrom(200, 400, 500), fc.oneof(fc.string(), fc.json(), fc.record({ status: fc.constant('success'), data: fc.record({ resultType: fc.constantFrom('vector', 'scalar'), result: fc.anything() }) }).map((value) => {
    try {
      return JSON.stringify(value);
    } catch {
      return '';
    }
  })), (status, body) => {
    const answer = prometheusAnswer({ status, body });
    expect(['value', 'no data', 'error', 'refused']).toContain(answer.kind);
    if (answer.kind === 'value') {
      expect(body).toContain(JSON.stringify(answer.written));
    }
  }));
});

test('what nobody may be told is taken out before a text is shortened', () => {
  const body = `${'x'.repeat(36)}hunter2`;
  const error = JSON.stringify({ status: 'error', errorType: 'bad_data', error: `${'x'.repeat(68)}hunter2 and more and more and more` });
  const written = JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, 'hunter2'] } });
  const responses = [[200, body], [400, error], [401, error], [200, error], [200, written]] as const;
  const answers = responses.map(([status, text]) => prometheusAnswer({ status, body: text }));
  expect(JSON.stringify(answers)).not.toContain('hun');
});
