import { runOn, type Given } from './run';
import { configMap, documentText } from '../analysis/documents';
import { answerJson, answerWith, serverOf, type Handler } from '../analysis/servers';

const TOKEN = 'ZERO_DOWNTIME_PROMETHEUS_TOKEN';
const USERNAME = 'ZERO_DOWNTIME_PROMETHEUS_USERNAME';
const PASSWORD = 'ZERO_DOWNTIME_PROMETHEUS_PASSWORD';
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

interface Settings {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Given['files'];
  readonly handler?: Handler;
  readonly address?: string;
}

async function analyze(args: readonly string[], { env = {}, files = {}, handler = (response) => answerWith(response, '0'), address }: Settings = {}) {
  const server = await serverOf(handler);
  Object.assign(process.env, env);
  const text = documentText({ source: { kind: 'prometheus', address: address ?? server.address }, initialDelaySeconds: 0, intervalSeconds: 1, count: 2 });
  const ran = await runOn(configMap(text), ['analyze', ...args], { files });
  return { ...ran, sent: server.asked.map(({ headers }) => headers.authorization) };
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const FILES = { token: 'hunter2-file\n', password: 'hunter2-file\r\n' };

test.each([
  ['nothing', [], {}, undefined], ['a token of a file', ['--bearer-token-file', 'token'], {}, 'Bearer hunter2-file'], ['a token of the environment', [], { [TOKEN]: 'hunter2-env' }, 'Bearer hunter2-env'],
  ['a file before the environment', ['--bearer-token-file', 'token'], { [TOKEN]: 'hunter2-env', [USERNAME]: 'a', [PASSWORD]: 'b' }, 'Bearer hunter2-file'],
  ['a user with the password of a file', ['--username', 'ops', '--password-file', 'password'], { [TOKEN]: 'hunter2-env' }, basic('ops:hunter2-file')],
  ['a user with the password of the environment', ['--username', 'ops'], { [PASSWORD]: 'hunter2-env' }, basic('ops:hunter2-env')],
  ['a user of the environment', [], { [USERNAME]: 'ops', [PASSWORD]: 'hunter2-env' }, basic('ops:hunter2-env')],
  ['a user of the environment with a file', ['--password-file', 'password'], { [USERNAME]: 'ops', [TOKEN]: 'hunter2-env' }, basic('ops:hunter2-file')],
])('%s says who asks', async (_, args, env, authorization) => {
  const { code, sent } = await analyze(args, { env, files: FILES });
  expect([code, sent[0]]).toEqual([0, authorization]);
});

test.each([
  ['both a token and a user', ['--bearer-token-file', 'token', '--username', 'a'], {}, '--bearer-token-file: must not be given with --username or --password-file; choose one of the two\n'],
  ['both in the environment', [], { [TOKEN]: 'hunter2', [USERNAME]: 'a' }, `${TOKEN}: must not be set with ${USERNAME} or ${PASSWORD}; choose one of the two\n`],
  ['a user without a password', ['--username', 'ops'], {}, `--password-file: must be given with a user; or set ${PASSWORD}\n`],
  ['a password without a user', ['--password-file', 'password'], {}, `--username: must be given with a password; or set ${USERNAME}\n`],
  ['a file that is not there', ['--bearer-token-file', 'none'], {}, '--bearer-token-file: none cannot be read (ENOENT); name a file that can be\n'],
  ['an empty file', ['--bearer-token-file', 'empty'], {}, '--bearer-token-file: must be one word of ASCII, without spaces\n'],
  ['a token that is no header', ['--bearer-token-file', 'lines'], {}, '--bearer-token-file: must be one word of ASCII, without spaces\n'],
  ['an empty token of the environment', [], { [TOKEN]: '' }, `${TOKEN}: must be one word of ASCII, without spaces\n`],
  ['a user with a colon', ['--username', 'a:b', '--password-file', 'password'], {}, '--username: must be a user without a colon, which ends a name in HTTP\n'],
])('%s is refused before anything is asked', async (_, args, env, error) => {
  expect(await analyze(args, { env, files: { ...FILES, empty: '\n', lines: 'hunter2\nX-Other: hunter2' } })).toMatchObject({ code: 2, out: '', error, sent: [] });
});

describe('the way', () => {
  const args = ['--bearer-token-file', 'token', '--timeout', '0.1'];

  test('to another machine must be encrypted', async () => {
    expect(await analyze(args, { files: FILES, address: 'http://prometheus.invalid:9090' })).toMatchObject({
      code: 2, out: '', error: 'credentials: would go to "http://prometheus.invalid:9090" unencrypted, for everybody on the way to read; give an https:// address, or --allow-plain-http where all of the way is trusted\n',
    });
  });

  test.each([[['--allow-plain-http'], 'http://prometheus.invalid:9090'], [[], 'https://prometheus.invalid:9090']])('may be unencrypted where that is allowed: %j %s', async (more, address) => {
    expect(await analyze([...args, ...more], { files: FILES, address })).toMatchObject({ code: 3 });
  });

  test('may be unencrypted without credentials', async () => {
    expect(await analyze(['--timeout', '0.1'], { address: 'http://prometheus.invalid:9090' })).toMatchObject({ code: 3 });
  });
});

const LONG = { token: `hunter2${'-hunter2'.repeat(30)}`, password: `hunter2"<${'-hunter2'.repeat(30)}` };

test.each(['text', 'json'])('no output tells credentials, whatever the server says: %s', async (format) => {
  const handlers: Handler[] = [
    (response, { headers }) => answerJson(response, 401, { status: 'error', error: headers.authorization }),
    (response, { headers }) => answerJson(response, 400, { status: 'error', errorType: 'bad_data', error: headers.authorization }),
    (response, { headers }) => answerJson(response, 422, { status: 'error', error: headers.authorization }),
    (response, { headers }) => answerWith(response, '0', { warnings: [headers.authorization] }),
    (response, { headers }) => response.end(headers.authorization),
    (response, { headers }) => response.writeHead(302, { location: `/${headers.authorization?.slice('Bearer '.length)}` }).end(),
  ];
  for (const handler of handlers) {
    const token = await analyze(['--format', format, '--bearer-token-file', 'token'], { files: LONG, handler });
    const user = await analyze(['--format', format, '--username', 'ops', '--password-file', 'password'], { files: LONG, handler });
    expect([token.code, user.code]).not.toContain(0);
    expect([token, user].map(({ out, error }) => out + error).join()).not.toMatch(/hunter2|b3BzOmh1bnRlcjI/);
  }
});

test('a token that is refused is told without it', async () => {
  expect((await analyze(['--bearer-token-file', 'token'], { files: FILES, handler: (response) => response.writeHead(401).end() })).error)
    .toMatch(/^credentials: those for "http:.+" are not accepted \(401\); correct them, or the tenant in --header X-Scope-OrgID=…\n$/);
});

test('a token that is replaced is read again', async () => {
  const files = { token: 'first' };
  const { sent } = await analyze(['--watch', '--bearer-token-file', 'token'], {
    files,
    handler: (response, _, number) => {
      files.token = number === 2 ? 'second' : files.token;
      answerWith(response, '0');
    },
  });
  expect(sent).toEqual(['Bearer first', 'Bearer first', 'Bearer second', 'Bearer second']);
});

test('a token that cannot be read for a while stays the last one', async () => {
  const files: Record<string, string> = { token: 'first' };
  const { sent, code } = await analyze(['--watch', '--bearer-token-file', 'token'], {
    files,
    handler: (response, _, number) => {
      files.token = number === 2 ? '' : files.token;
      answerWith(response, '0');
    },
  });
  expect([code, sent]).toEqual([0, Array(4).fill('Bearer first')]);
});
