import { join } from 'path';
import { folderWith, run, runOn, type Given } from './run';
import { configMap, documentText } from '../analysis/documents';
import { answerJson, answerWith, serverOf, type Handler, type TestServer } from '../analysis/servers';

const METRICS = [{ name: 'error-rate', text: 'requests that fail', max: 0.01, query: 'errors' }, { name: 'p99', unit: 's', max: 0.5, query: 'latency' }];
const QUICK = { metrics: METRICS, initialDelaySeconds: 0, intervalSeconds: 1, count: 2 };

/** Answers each query with a value, or by a handler. */
function answering(values: Readonly<Record<string, string | undefined>>): Handler {
  return (response, { form }) => answerWith(response, values[form.get('query') ?? '']);
}

async function analyze(handler: Handler, args: readonly string[] = [], { changes = {}, given = {} }: { changes?: object; given?: Given } = {}) {
  const server = await serverOf(handler);
  const ran = await runOn(configMap(documentText({ ...QUICK, ...changes, source: { kind: 'prometheus', address: server.address } })), ['analyze', ...args], given);
  return { ...ran, server };
}

const GOOD = answering({ errors: '0.004', latency: '0.3' });
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

describe('the exit code', () => {
  test.each([
    ['0 where all is good', { errors: '0.004', latency: '0.3' }, 0], ['1 where something is not', { errors: '0.02', latency: '0.3' }, 1], ['1 where something else is unknown', { errors: '0.02' }, 1],
    ['3 where there is no data', { errors: '0.004' }, 3], ['3 where there is no number', { errors: 'NaN', latency: '0.3' }, 3],
  ])('is %s', async (_, values, code) => {
    expect((await analyze(answering(values))).code).toBe(code);
  });

  test('is 3 where the server gives no answer', async () => {
    expect(await analyze((response) => response.end('<html>'))).toMatchObject({ code: 3, error: '', out: expect.stringContaining('Error: the answer is no JSON of Prometheus but a page of HTML') });
  });

  test('is 3 of a part of the data, however good', async () => {
    expect(await analyze((response) => answerWith(response, '0', { warnings: ['no store answers'] }))).toMatchObject({ code: 3, out: expect.stringContaining('Inconclusive: of a part only: no store answers') });
  });
});

describe('bad input that a server finds', () => {
  test.each<[string, Handler, RegExp]>([
    ['a query', (response, { form }) => form.get('query') === 'errors' ? answerJson(response, 400, { status: 'error', errorType: 'bad_data', error: 'parse error' }) : answerWith(response, '0'),
      /^<stdin>:5:3 analysis\.json:12:7: the query of error-rate is refused by Prometheus: "parse error"\n$/],
    ['several series', (response) => answerJson(response, 200, { status: 'success', data: { resultType: 'vector', result: [{}, {}] } }), /the query of error-rate gives 2 series.+\n.+the query of p99 gives 2 series/],
    ['an address', (response) => response.writeHead(404).end(), /^<stdin>:5:3 analysis\.json:5:5: address "http:\/\/127\.0\.0\.1:\d+" has no instant queries of Prometheus \(404\).+\n$/],
    ['missing credentials', (response) => answerJson(response, 401, { status: 'error', error: 'no org id' }), /^credentials: "http:.+" asks for some, and none were given: they are not accepted \(401\): "no org id"; see --bearer-token-file and --username\n$/],
    ['another address', (response) => response.writeHead(302, { location: 'https://sso.example.com/?x=y' }).end(), /redirects to "https:\/\/sso\.example\.com\/" \(302\)/],
  ])('%s ends it with 2 and nothing else', async (_, handler, error) => {
    const ran = await analyze(handler);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.error).toMatch(error);
  });

  test('later on is told after what was measured', async () => {
    const ran = await analyze((response, _, number) => number > 2 ? response.writeHead(401).end() : answerWith(response, '0'), ['--watch']);
    expect(ran).toMatchObject({ code: 2, out: expect.stringMatching(/p99 .+Successful\n[^]+: ended by bad input\n$/), error: expect.stringContaining('credentials:') });
  });
});

describe('text', () => {
  test('of a single look tells each measurement, and asks each query once', async () => {
    const { out, error, server } = await analyze(GOOD);
    expect(out.replace(TIME, 'T').replace(/127\.0\.0\.1:\d+/, 'P')).toBe([
      'shop/payments-analysis at http://P, a single look', '  error-rate  ≤ 0.01   requests that fail', '  p99         ≤ 0.5 s', '',
      'T  error-rate  0.004       ≤ 0.01   Successful', 'T  p99         0.3 s       ≤ 0.5 s  Successful', '', 'shop/payments-analysis: Successful', '',
    ].join('\n'));
    expect([error, server.asked.map(({ form }) => form.get('query'))]).toEqual(['', ['errors', 'latency']]);
  });

  test('is painted only where that is asked for', async () => {
    expect((await analyze(GOOD)).out).not.toContain('\u001b');
    expect((await analyze(GOOD, [], { given: { hasColour: true } })).out).toContain('\u001b[32mSuccessful\u001b[0m');
  });
});

describe('--watch', () => {
  test('measures as often as the analysis says', async () => {
    const { code, out, server } = await analyze(GOOD, ['--watch']);
    expect([code, server.asked.length]).toEqual([0, 4]);
    expect(out).toContain('error-rate  Successful: all 2 measured, within the limits (2 Successful)\n');
  });

  test('ends with the first metric beyond its limits', async () => {
    const { code, out, server } = await analyze(answering({ errors: '1', latency: '0' }), ['--watch'], { changes: { count: 50, failureLimit: 0 } });
    expect([code, server.asked.length]).toEqual([1, 2]);
    expect(out).toContain('error-rate  Failed: failed 1 > failureLimit 0 (1 Failed)\n');
  });

  test('keeps the limits that a single look does not', async () => {
    const handler: Handler = (response, { form }, number) => answerWith(response, form.get('query') === 'errors' && number < 3 ? '1' : '0');
    expect([(await analyze(handler)).code, (await analyze(handler, ['--watch'])).code]).toEqual([1, 0]);
  });

  test('shows on a terminal what it waits for, and nowhere else', async () => {
    const [plain, terminal] = await Promise.all([analyze(GOOD, ['--watch']), analyze(GOOD, ['--watch'], { given: { isTerminal: true } })]);
    expect(plain.error).toBe('');
    // eslint-disable-next-line no-control-regex
    expect(terminal.error).toMatch(/\r\u001b\[Knext measurement at \d{4}-.+Z\r\u001b\[K/);
    expect(terminal.out).not.toContain('next measurement');
  });
});

describe('json', () => {
  test('has everything', async () => {
    const { out, server } = await analyze(answering({ errors: 'NaN', latency: '0.7' }), ['--format', 'json', '--watch'], { changes: { failureLimit: 0 } });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    expect(JSON.parse(out)).toEqual({
      command: 'analyze',
      analysis: 'shop/payments-analysis',
      phase: 'Failed',
      isInterrupted: false,
      startedAt: time,
      endedAt: time,
      address: server.address,
      initialDelaySeconds: 0,
      intervalSeconds: 1,
      count: 2,
      windowSeconds: 60,
      failureLimit: 0,
      inconclusiveLimit: 2,
      consecutiveErrorLimit: 3,
      problems: [],
      metrics: [
        { name: 'error-rate', text: 'requests that fail', unit: '', max: 0.01, query: 'errors', phase: null, message: 'the analysis ended before all was measured', counts: { successful: 0, failed: 0, inconclusive: 1, error: 0, consecutiveError: 0 } },
        { name: 'p99', text: '', unit: 's', max: 0.5, query: 'latency', phase: 'Failed', message: 'failed 1 > failureLimit 0', counts: { successful: 0, failed: 1, inconclusive: 0, error: 0, consecutiveError: 0 } },
      ],
      measurements: [
        { metric: 'error-rate', at: time, phase: 'Inconclusive', value: 'NaN', message: 'no finite number' },
        { metric: 'p99', at: time, phase: 'Failed', value: '0.7', message: 'more than 0.5' },
      ],
    });
  });

  test('tells bad input that showed later on', async () => {
    const { out, code } = await analyze((response, _, number) => number > 2 ? response.writeHead(404).end() : answerWith(response, '0'), ['--watch', '--format', 'json']);
    expect([code, (JSON.parse(out) as { phase: unknown; problems: object[] })]).toEqual([2, expect.objectContaining({ phase: null, problems: [{ source: '<stdin>:5:3 analysis.json', line: 5, column: 5, message: expect.stringContaining('404') as string }] })]);
  });
});

describe('the analysis', () => {
  test('may be the document itself, in a file or by standard input', async () => {
    const server = await serverOf(GOOD);
    const text = documentText({ ...QUICK, source: { kind: 'prometheus', address: server.address } });
    const path = join(folderWith({ 'analysis.json': text }), 'analysis.json');
    expect(await run(['analyze', path], { files: { [path]: text } })).toMatchObject({ code: 0, out: expect.stringContaining(`${path} at http`) });
    expect(await runOn(text, ['analyze'])).toMatchObject({ code: 0, out: expect.stringContaining('<stdin> at http') });
  });

  test('is found in a folder, and chosen by its name', async () => {
    const server = await serverOf(GOOD);
    const text = documentText({ ...QUICK, source: { kind: 'prometheus', address: server.address } });
    const folder = folderWith({ 'a.yaml': configMap(text), 'b.yaml': configMap(text, 'name: cart') });
    expect(await run(['analyze', folder])).toMatchObject({ code: 2, out: '', error: 'analyze: there are 2 analyses; choose one by --name: shop/payments-analysis, default/cart\n' });
    expect(await run(['analyze', folder, '--name', 'pay/cart', '-n', 'pay'])).toMatchObject({ code: 0, out: expect.stringMatching(/^pay\/cart at /) });
  });

  test('of a folder that holds none is refused', async () => {
    expect(await run(['analyze', folderWith({ 'a.json': '{}' })])).toMatchObject({ code: 2, out: '', error: expect.stringContaining('there is no ConfigMap with the label zero-downtime/analysis: "true"') });
  });

  test('of a document that is wrong is refused with its place', async () => {
    expect(await runOn('{ "version": 3 }', ['analyze'])).toMatchObject({ code: 2, out: '', error: '<stdin>:1:3: version 3 must be 1, the version of the format that is known here; use a newer zero-downtime\n' });
  });
});

describe('options', () => {
  const asked = async (args: readonly string[]): Promise<TestServer['asked'][number] | string> => {
    const { server, error } = await analyze(GOOD, args);
    return server.asked[0] ?? error;
  };

  test('--address is asked instead, with its path', async () => {
    const other = await serverOf(GOOD);
    const { code, server } = await analyze(GOOD, ['--address', `${other.address}/prometheus`]);
    expect([code, server.asked.length, other.asked.length, other.asked[0].url]).toEqual([0, 0, 2, '/prometheus/api/v1/query']);
  });

  test('--header is sent, with all after the first =', async () => {
    expect(await asked(['--header', 'X-Scope-OrgID=a=b', '--header', 'x-other=c'])).toMatchObject({ headers: { 'x-scope-orgid': 'a=b', 'x-other': 'c' } });
  });

  test('--timeout bounds a measurement', async () => {
    expect(await analyze(() => undefined, ['--timeout', '0.2'])).toMatchObject({ code: 3, out: expect.stringContaining('Error: no answer within 0.2 s') });
  });

  test.each([
    ['--address', 'prometheus:9090', '--address: "prometheus:9090" must be an address that starts with http:// or https://\n'],
    ['--address', 'http://u:hunter2@a', '--address: must hold no user and no password; give them by --username and --password-file, or in the environment\n'],
    ['--timeout', '0', '--timeout: "0" must be a number of seconds, more than 0 and at most 600\n'], ['--timeout', '10s', '--timeout: "10s" must be a number of seconds, more than 0 and at most 600\n'],
    ['--timeout', '601', '--timeout: "601" must be a number of seconds, more than 0 and at most 600\n'], ['--header', 'hunter2', '--header: must be name=value, with the name of an HTTP header, such as X-Scope-OrgID=shop\n'],
    ['--header', 'a b=hunter2', '--header: must be name=value, with the name of an HTTP header, such as X-Scope-OrgID=shop\n'], ['--header', 'x=hunter2\nb: c', '--header: "x" must have a value of ASCII, in one line\n'],
    ['--header', 'Authorization=hunter2', '--header: "Authorization" is not for an option to set; see --bearer-token-file and --username\n'], ['--header', 'host=a', '--header: "host" is not for an option to set\n'],
  ])('%s %j is refused, without a secret', async (option, value, error) => {
    const ran = await analyze(GOOD, [option, value]);
    expect([ran.code, ran.out, ran.error, ran.server.asked]).toEqual([2, '', error, []]);
  });

  test('that are wrong in several ways are all told', async () => {
    expect((await analyze(GOOD, ['--timeout', 'x', '--header', 'y'])).error.trimEnd().split('\n')).toHaveLength(2);
  });
});
