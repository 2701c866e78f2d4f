import { readFileSync, writeFileSync } from 'fs';
import { connect, type AddressInfo } from 'net';
import { join } from 'path';
import { createServer, type Server } from 'tls';
import { attempt, describeUnless, run, works, type Outcome } from './command';
import { scratchFolder } from './scratch';
import { blocksOf } from '../docs/markdown';
import { prometheusVersion, startPrometheus, type RunningPrometheus } from '../support/prometheus';

const ROOT = join(__dirname, '../..');
const PROGRAM = join(ROOT, 'bin/zero-downtime');
const EXAMPLE = join(ROOT, 'examples/analysis/payments-analysis.yaml');
const PAGE = join(ROOT, 'docs/analyze.md');

/** The user `ops` with the password `hunter2`, hashed with bcrypt at its least cost. */
const USERS = 'basic_auth_users:\n  ops: $2b$04$cE86xBHfTs8jWsIJ5SLJieFZJaW/P92EbZtRvmqw0gKyb.CpsjYku\n';

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;

/** Output without what is another each time: times, ports, how often is measured and how wide columns are. */
function comparable(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME').replace(ADDRESS, 'ADDRESS').replace(/\d+ measurements.+/, 'MEASUREMENTS').replace(/ +/g, ' ').trim();
}

/** A version of a program as its metrics show it: so many requests a second, a share of which fails, each taking so long. */
class Version {
  private requests = 0;
  private failures = 0;

  constructor(private readonly perScrape: number, private readonly failing: number, private readonly takes: number) {}

  readonly metrics = (): string => {
    this.requests += this.perScrape;
    this.failures += this.perScrape * this.failing;
    const below = (bound: number) => bound >= this.takes ? this.requests : 0;
    return [
      `http_requests_total{code="200"} ${this.requests - this.failures}`, `http_requests_total{code="500"} ${this.failures}`,
      ...[0.1, 0.25, 0.5, 1, 5].map((bound) => `http_request_duration_seconds_bucket{le="${bound}"} ${below(bound)}`),
      `http_request_duration_seconds_bucket{le="+Inf"} ${this.requests}`, '',
    ].join('\n');
  };
}

const analyze = (args: readonly string[], env = {}): Promise<Outcome> => attempt(process.execPath, [PROGRAM, 'analyze', ...args], { env });

describeUnless(prometheusVersion() === undefined ? 'prometheus is not there' : undefined, 'analyze with a real Prometheus', () => {
  const folder = scratchFolder('analyze');
  let prometheus: RunningPrometheus;
  let files = 0;

  /** The example as it is for one pod, with a window that a test can wait for. */
  function analysisOf(pod: string, changes: readonly (readonly [string | RegExp, string])[] = []): string {
    const quick: typeof changes = [
      [/\[1m\]/g, '[4s]'], [/payments-canary/g, pod], ['http://127.0.0.1:9090', prometheus.address], [/"initialDelaySeconds": \d+/, '"initialDelaySeconds": 2'],
      [/"intervalSeconds": \d+/, '"intervalSeconds": 1'], [/"count": \d+/, '"count": 3'], ...changes,
    ];
    const path = join(folder, `${pod}-${files += 1}.yaml`);
    writeFileSync(path, quick.reduce((text, [from, to]) => text.replace(from, to), readFileSync(EXAMPLE, 'utf8')));
    return path;
  }

  beforeAll(async () => {
    prometheus = await startPrometheus([
      { labels: { pod: 'good-1' }, metrics: new Version(1000, 0.004, 0.2).metrics },
      { labels: { pod: 'bad-1' }, metrics: new Version(1000, 0.1, 0.2).metrics },
      { labels: { pod: 'slow-1' }, metrics: new Version(1000, 0, 3).metrics },
      { labels: { pod: 'idle-1' }, metrics: new Version(0, 0, 0).metrics },
    ]);
    await prometheus.scraped(6);
  });

  afterAll(() => prometheus?.stop());

  test.each([
    ['good', 0, 'Successful', /error-rate {2}0\.004 .+Successful\n.+p99 .+Successful\n/], ['bad', 1, 'Failed', /error-rate {2}0\.1 .+Failed\n/], ['slow', 1, 'Failed', /p99 {9}4\.\d+ s .+Failed\n/],
    ['idle', 3, 'Inconclusive', /error-rate {2}NaN .+Inconclusive: no finite number\n/], ['absent', 3, 'Inconclusive', /error-rate {2}- .+Inconclusive: no data\n/],
  ])('a version that is %s ends a single look with %i', async (pod, status, phase, line) => {
    const outcome = await analyze([analysisOf(pod)]);
    expect(outcome).toMatchObject({ status, stderr: '' });
    expect(outcome.stdout).toMatch(line);
    expect(outcome.stdout).toMatch(new RegExp(`^shop/payments-analysis: ${phase}\n`, 'm'));
  });

  test.each([['good', 0, 6], ['bad', 1, 4], ['slow', 1, 4], ['idle', 3, 4]])('a version that is %s ends --watch with %i after %i measurements', async (pod, status, measurements) => {
    const { status: code, stdout } = await analyze([analysisOf(pod), '--watch', '--format', 'json']);
    expect([code, (JSON.parse(stdout) as { measurements: object[] }).measurements.length]).toEqual([status, measurements]);
  });

  test.each([
    ['a query that is none', [[/"query": ".*"/, '"query": "sum("']], /^.+\.yaml:10:3 analysis\.json:10:7: the query of error-rate is refused by Prometheus: ".*parse error.*"\n$/],
    ['a query for ranges', [[/"query": ".*"/, '"query": "up[1m]"']], /the query of error-rate gives ranges of values/],
    ['a query for every pod', [[/"query": ".*"/, '"query": "up"']], /the query of error-rate gives 4 series where one value is judged; aggregate them/],
    ['a query for a text', [[/"query": ".*"/, '"query": "\\"a\\""']], /the query of error-rate gives a text/],
    ['an address below another path', [[ADDRESS, '$&/mimir']], /address "http:\/\/127\.0\.0\.1:\d+\/mimir" has no instant queries of Prometheus \(404\)/],
  ] as const)('%s is bad input', async (_, changes, error) => {
    const outcome = await analyze([analysisOf('good', changes)]);
    expect(outcome).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(error) });
  });

  test('a query that takes too long is an error', async () => {
    expect(await analyze([analysisOf('good'), '--timeout', '0.001'])).toMatchObject({ status: 3, stdout: expect.stringContaining('Error: no answer within 0.001 s') });
  });

  test('a query that fails where it is run is an error', async () => {
    const path = analysisOf('good', [[/"query": ".*"/, '"query": "sum(up * on(job) up)"']]);
    expect(await analyze([path])).toMatchObject({ status: 3, stdout: expect.stringMatching(/Error: the server answers 422: "found duplicate series for the match group .+"/) });
  });

  test('the output is that of the page', async () => {
    const shown = blocksOf(PAGE).filter(({ language, text }) => language === 'example' && text.startsWith('$ zero-downtime analyze'));
    const printed = await Promise.all([analyze([analysisOf('good')]), analyze([analysisOf('bad'), '--watch'])]);
    expect(shown.map(({ text }) => comparable(text.split('\n').slice(1).join('\n').replace(/exit code \d/, '')))).toEqual(printed.map(({ stdout }) => comparable(stdout)));
    expect(shown.map(({ text }) => Number(/exit code (\d)/.exec(text)?.[1]))).toEqual(printed.map(({ status }) => status));
  });

  test('a Prometheus that goes down is an error, as often as the limit allows', async () => {
    const other = await startPrometheus([{ labels: { pod: 'good-1' }, metrics: new Version(1000, 0, 0.2).metrics }]);
    const path = analysisOf('good', [[ADDRESS, other.address], [/"count": \d+/, '"count": 1000'], [/"consecutiveErrorLimit": \d+/, '"consecutiveErrorLimit": 1']]);
    await other.scraped(6);
    const ended = analyze([path, '--watch', '--timeout', '2']);
    setTimeout(() => void other.stop(), 8000);
    expect(await ended).toMatchObject({ status: 3, stdout: expect.stringMatching(/Successful\n[^]+Error: the server cannot be reached: nothing listens there[^]+Error: consecutive errors 2 > consecutiveErrorLimit 1/) });
  });

  describe('that asks for a user and a password', () => {
    let guarded: RunningPrometheus;

    beforeAll(async () => {
      const users = join(folder, 'web.yml');
      writeFileSync(users, '');
      writeFileSync(join(folder, 'right'), 'hunter2\n');
      writeFileSync(join(folder, 'wrong'), 'hunter3\n');
      guarded = await startPrometheus([{ labels: { pod: 'good-1' }, metrics: new Version(1000, 0.004, 0.2).metrics }], [`--web.config.file=${users}`]);
      await guarded.scraped(6);
      // The file is read again at each request.
      writeFileSync(users, USERS);
    });

    afterAll(() => guarded?.stop());

    test.each([
      ['the right password', ['--username', 'ops', '--password-file', 'right'], {}, 0, /^$/], ['the right password in the environment', [], { ZERO_DOWNTIME_PROMETHEUS_USERNAME: 'ops', ZERO_DOWNTIME_PROMETHEUS_PASSWORD: 'hunter2' }, 0, /^$/],
      ['a wrong password', ['--username', 'ops', '--password-file', 'wrong'], {}, 2, /^credentials: those for "http:.+" are not accepted \(401\)/], ['none', [], {}, 2, /^credentials: "http:.+" asks for some, and none were given/],
    ])('with %s ends with its code', async (_, args, env, status, error) => {
      const given = args.map((arg) => ['right', 'wrong'].includes(arg) ? join(folder, arg) : arg);
      const outcome = await analyze([analysisOf('good'), '--address', guarded.address, ...given], env);
      expect(outcome).toMatchObject({ status, stderr: expect.stringMatching(error) });
      expect(outcome.stdout + outcome.stderr).not.toMatch(/hunter|b3Bz/);
    });
  });

  describeUnless(works('openssl', ['version']) ? undefined : 'openssl is not there', 'behind TLS', () => {
    let address: string;
    let server: Server;

    beforeAll(async () => {
      const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
      await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']);
      const { port } = new URL(prometheus.address);
      // What comes by TLS goes on to the Prometheus as it is.
      server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
        const onward = connect(Number(port), '127.0.0.1');
        socket.on('error', () => onward.destroy()).pipe(onward).on('error', () => socket.destroy()).pipe(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterAll(() => server?.close());

    test('a certificate of an unknown CA is bad input', async () => {
      expect(await analyze([analysisOf('good'), '--address', address])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/has a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/) });
    });

    test('a CA of NODE_EXTRA_CA_CERTS is known', async () => {
      expect(await analyze([analysisOf('good'), '--address', address], { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') })).toMatchObject({ status: 0 });
    });
  });
});
