import { createServer as createTcpServer, type AddressInfo } from 'net';
import { gzipSync } from 'zlib';
import { answerJson, answerWith, serverOf, type Handler, type TestServer } from './servers';
import type { Answer } from '../../src/analysis/answer';
import { askPrometheus, type Outside, type Prometheus } from '../../src/analysis/ask-prometheus';
import type { Credentials } from '../../src/analysis/credentials';
import { processOutside } from '../../src/cli/outside';

const TOKEN: Credentials = { kind: 'bearer', token: 'hunter2-token' };
const USER: Credentials = { kind: 'basic', username: 'ops', password: 'hunter2' };

interface Asking {
  readonly settings?: Partial<Prometheus>;
  readonly credentials?: Credentials;
  readonly signal?: AbortSignal;
  /** How many times as fast waits are. */
  readonly speed?: number;
}

/** What a server's address is answered with, and how long was waited in between. */
async function ask(
  address: string, { settings, credentials, signal = new AbortController().signal, speed = 1 }: Asking = {},
): Promise<{ answer: Answer; waits: number[] }> {
  const { fetch, sleep } = processOutside();
  const waits: number[] = [];
  const outside: Outside = {
    fetch,
    now: Date.now,
    sleep: (milliseconds, until) => {
      waits.push(milliseconds);
      // The first is the timeout, which stays what it is.
      return sleep(waits.length === 1 ? milliseconds : milliseconds / speed, until);
    },
  };
  const prometheus = { address, headers: {}, timeoutSeconds: 10, credentials: () => credentials, ...settings };
  const answer = await askPrometheus(prometheus, 'sum(rate(x[1m])) + 1 & "é"', outside, signal);
  return { answer, waits: waits.slice(1) };
}

async function answerOf(handler: Handler, asking: Asking = {}): Promise<{ answer: Answer; waits: number[]; server: TestServer }> {
  const server = await serverOf(handler);
  return { ...await ask(server.address, asking), server };
}

describe('a request', () => {
  test('is a form at the instant queries below the path of the address', async () => {
    const server = await serverOf((response) => answerWith(response, '1'));
    await ask(`${server.address}/prometheus/`, { settings: { headers: { 'X-Scope-OrgID': 'shop' }, timeoutSeconds: 2.5 } });
    const [{ url, method, headers, form }] = server.asked;
    expect([method, url, headers['content-type'], headers['x-scope-orgid'], headers.authorization]).toEqual(['POST', '/prometheus/api/v1/query', 'application/x-www-form-urlencoded;charset=UTF-8', 'shop', undefined]);
    expect([...form]).toEqual([['query', 'sum(rate(x[1m])) + 1 & "é"'], ['timeout', '2500ms']]);
  });

  test.each([[TOKEN, 'Bearer hunter2-token'], [USER, `Basic ${Buffer.from('ops:hunter2').toString('base64')}`]] as const)('says who asks', async (credentials, authorization) => {
    const { server } = await answerOf((response) => answerWith(response, '1'), { credentials });
    expect(server.asked[0].headers.authorization).toBe(authorization);
  });
});

describe('an answer', () => {
  test('is a value', async () => {
    expect((await answerOf((response) => answerWith(response, '0.5', { warnings: ['part'] }))).answer).toEqual({ kind: 'value', value: 0.5, written: '0.5', warnings: ['part'] });
  });

  test('may be compressed', async () => {
    const body = gzipSync(JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '2'] } }));
    expect((await answerOf((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body))).answer).toMatchObject({ value: 2 });
  });

  test('may come in parts, which split a letter', async () => {
    const bytes = Buffer.from(JSON.stringify({ status: 'error', error: 'é' }));
    const at = bytes.indexOf(0xa9);
    const { answer } = await answerOf((response) => {
      response.write(bytes.subarray(0, at));
      setTimeout(() => response.end(bytes.subarray(at)), 20);
    });
    expect(answer).toEqual({ kind: 'error', message: 'Prometheus answers with an error: "é"' });
  });

  test.each([['as it is', (text: string) => text, {}], ['compressed', gzipSync, { 'content-encoding': 'gzip' }]] as const)('that is huge is read no further, %s', async (_, encode, headers) => {
    const { answer, server } = await answerOf((response) => response.writeHead(200, headers).end(encode('x'.repeat(3_000_000))));
    expect([answer, server.asked.length]).toEqual([{ kind: 'error', message: expect.stringContaining('more than 1 MiB') as string }, 1]);
  });

  test('that is a page is an error, and not asked for again', async () => {
    const { answer, server } = await answerOf((response) => response.end('<html>Sign in</html>'));
    expect([answer, server.asked.length]).toEqual([{ kind: 'error', message: 'the answer is no JSON of Prometheus but a page of HTML, as of a proxy or a login' }, 1]);
  });

  test.each([[400, 'bad_data', 'query'], [401, 'x', 'credentials'], [403, 'x', 'credentials'], [404, 'x', 'address']])('of %i is refused at once', async (status, errorType, what) => {
    const { answer, server } = await answerOf((response) => answerJson(response, status, { status: 'error', errorType, error: 'why' }));
    expect([answer, server.asked.length]).toEqual([expect.objectContaining({ kind: 'refused', what }), 1]);
  });

  test('of 422 is an error at once', async () => {
    const { answer, server } = await answerOf((response) => answerJson(response, 422, { status: 'error', errorType: 'execution', error: 'too many samples' }));
    expect([answer, server.asked.length]).toEqual([{ kind: 'error', message: 'the server answers 422: "too many samples"' }, 1]);
  });
});

describe('another attempt', () => {
  test.each([429, 500, 502, 503])('follows on %i, up to two more', async (status) => {
    const { answer, waits, server } = await answerOf((response) => response.writeHead(status).end('overloaded'), { speed: 50 });
    expect([answer, waits, server.asked.length]).toEqual([{ kind: 'error', message: `the server answers ${status} (3 attempts)` }, [1000, 2000], 3]);
  });

  test('may bring an answer', async () => {
    const { answer, waits } = await answerOf((response, _, number) => number < 3 ? response.writeHead(429).end() : answerWith(response, '7'), { speed: 50 });
    expect([answer, waits]).toEqual([{ kind: 'value', value: 7, written: '7', warnings: [] }, [1000, 2000]]);
  });

  test.each([['in seconds', '3', 3000], ['in seconds that are fewer than ours', '0', 1000], ['that says nothing', 'soon', 1000]])('waits as long as the server asks %s', async (_, header, wait) => {
    const { waits } = await answerOf((response, _asked, number) => number === 1 ? response.writeHead(503, { 'retry-after': header }).end() : answerWith(response, '7'), { speed: 50 });
    expect(waits).toEqual([wait]);
  });

  test('waits until the date that the server asks for', async () => {
    const { waits } = await answerOf((response, _, number) => number === 1 ? response.writeHead(503, { 'retry-after': new Date(Date.now() + 5000).toUTCString() }).end() : answerWith(response, '7'), { speed: 50 });
    expect(waits[0]).toBeGreaterThan(2500);
    expect(waits[0]).toBeLessThanOrEqual(5000);
  });

  test('is not waited for longer than the timeout', async () => {
    const { answer, server } = await answerOf((response) => response.writeHead(503, { 'retry-after': '3600' }).end());
    expect([answer, server.asked.length]).toEqual([{ kind: 'error', message: 'the server answers 503' }, 1]);
  });

  test.each<[string, Handler]>([
    ['before an answer', (response) => response.destroy()],
    ['in the middle of one', (response) => { response.writeHead(200, { 'content-length': '1000' }).write('{'); setTimeout(() => response.destroy(), 20); }],
  ])('follows on a connection that breaks %s', async (_, handler) => {
    const { answer, server } = await answerOf((response, asked, number) => number < 3 ? handler(response, asked, number) : answerWith(response, '7'), { speed: 50 });
    expect([answer, server.asked.length]).toEqual([expect.objectContaining({ value: 7 }), 3]);
  });

  test('follows where nothing listens', async () => {
    const free = createTcpServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    expect(await ask(`http://127.0.0.1:${port}`, { speed: 50 })).toEqual({ answer: { kind: 'error', message: 'the server cannot be reached: nothing listens there (ECONNREFUSED) (3 attempts)' }, waits: [1000, 2000] });
  });
});

describe('the timeout', () => {
  test.each<[string, Handler]>([
    ['never answers', () => undefined], ['never ends its answer', (response) => { response.writeHead(200).write('{"status":'); }],
    ['dribbles', (response) => { const timer = setInterval(() => response.write(' '), 20); response.on('close', () => clearInterval(timer)); }],
  ])('ends a server that %s', async (_, handler) => {
    const { answer, server } = await answerOf(handler, { settings: { timeoutSeconds: 0.3 } });
    expect([answer, server.asked.length]).toEqual([{ kind: 'error', message: 'no answer within 0.3 s' }, 1]);
  });

  test('leaves nothing behind that keeps the program', async () => {
    const { answer } = await answerOf((response) => answerWith(response, '1'), { settings: { timeoutSeconds: 600 } });
    expect(answer.kind).toBe('value');
  });
});

test('an interruption ends a request at once', async () => {
  const interruption = new AbortController();
  setTimeout(() => interruption.abort(), 50);
  const started = Date.now();
  expect((await answerOf(() => undefined, { signal: interruption.signal })).answer.kind).toBe('error');
  expect(Date.now() - started).toBeLessThan(2000);
});

test.each([301, 302, 307, 308])('a redirect of %i is not followed, and of its address no secret is told', async (status) => {
  const other = await serverOf((response) => answerWith(response, '1'));
  const { answer, server } = await answerOf((response) => response.writeHead(status, { location: `${other.address}/login?ticket=hunter2` }).end(), { credentials: TOKEN });
  expect([server.asked.length, other.asked.length]).toEqual([1, 0]);
  expect(answer).toEqual({ kind: 'refused', what: 'address', message: `redirects to "${other.address}/login" (${status}), which is not followed; give the address that answers itself` });
});

test.each([[TOKEN, 'Bearer hunter2-token'], [USER, `Basic ${Buffer.from('ops:hunter2').toString('base64')} of ops:hunter2`]] as const)('a server that repeats credentials does not make us tell them', async (credentials, said) => {
  const texts = await Promise.all([
    answerOf((response) => answerJson(response, 401, { status: 'error', error: `no right: ${said}` }), { credentials }),
    answerOf((response) => answerWith(response, '1', { warnings: [said] }), { credentials }),
  ]);
  expect(JSON.stringify(texts.map(({ answer }) => answer))).not.toMatch(/hunter2|b3BzOmh1bnRlcjI/);
});

test('a certificate that is not trusted is refused with what to do, at once', async () => {
  const fault = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }) });
  const prometheus = { address: 'https://a', headers: {}, timeoutSeconds: 10, credentials: () => undefined };
  const outside = { ...processOutside(), fetch: () => Promise.reject(fault) };
  expect(await askPrometheus(prometheus, 'x', outside, new AbortController().signal)).toEqual({
    kind: 'refused', what: 'address', message: 'has a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); name the file of its CA in NODE_EXTRA_CA_CERTS',
  });
});

test.each([9, 6000, 10080])('port %i, which fetch refuses, is refused with what to do', async (port) => {
  expect((await ask(`http://127.0.0.1:${port}`)).answer).toEqual({ kind: 'refused', what: 'address', message: 'has a port of another protocol, which fetch refuses; give Prometheus another port' });
});
