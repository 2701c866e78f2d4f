import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { Agent, get, IncomingMessage } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart, Duration, Testing } from 'cdk8s';
import { blocksOf } from './markdown';
import { Database, Health, Traffic, ZeroDowntimeService } from '../../src';

const PAGE = join(__dirname, '../../docs/runtime.md');

interface Container { env: Array<{ name: string; value: string }> }
interface Deployment { kind: string; metadata: { annotations: Record<string, string> }; spec: { template: { spec: { containers: Container[] } } } }

/** A declaration that has something to say for every fact. */
function deploymentOf(): Deployment {
  const app = Testing.app();
  const chart = new Chart(app, 'shop');
  new ZeroDowntimeService(chart, 'payments', {
    image: 'registry.example.com/payments:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/healthz', startup: '/startup' }),
    longestRequest: Duration.seconds(2),
    maxConnectionAge: Duration.seconds(60),
    traffic: [Traffic.istio()],
    database: Database.postgres({ poolSize: 2, maxConnections: 100 }),
  });
  return (Testing.synth(chart) as Deployment[]).find(({ kind }) => kind === 'Deployment')!;
}

const { metadata, spec } = deploymentOf();
const page = readFileSync(PAGE, 'utf8');

test.each(spec.template.spec.containers[0].env.map(({ name }) => name))('the page explains the variable %s', (name) => {
  expect(page).toContain(`\`${name}\``);
});

test.each(Object.keys(metadata.annotations))('the page explains the annotation %s', (name) => {
  expect(page).toContain(`\`${name.replace(/seconds\..*/, 'seconds.<path>')}\``);
});

describe('the server of the page, run with the variables of a synthesized manifest', () => {
  let folder: string;
  let server: ChildProcess;
  let port: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'runtime-'));
    const example = blocksOf(PAGE).find(({ language }) => language === 'js')!.text;
    writeFileSync(join(folder, 'server.js'), [
      "const server = require('http').createServer((request, response) => setTimeout(() => response.end('done'), 600));",
      example,
      "server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\\n`));",
    ].join('\n'));
    const env = Object.fromEntries(spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]));
    server = spawn(process.execPath, [join(folder, 'server.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(server.stdout!, 'data') as [Buffer];
    port = Number(line.toString());
  });

  afterEach(() => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  test('keeps idle connections as long as the plan asks', async () => {
    const agent = new Agent({ keepAlive: true });
    const response = await respond(port, agent);
    const asked = spec.template.spec.containers[0].env.find(({ name }) => name === 'ZERO_DOWNTIME_KEEP_ALIVE_SECONDS')!.value;
    expect(response.headers['keep-alive']).toBe(`timeout=${asked}`);
    agent.destroy();
  });

  test('finishes what is in flight on SIGTERM, refuses what comes later, and exits', async () => {
    const inFlight = respond(port, new Agent());
    await new Promise((resolve) => setTimeout(resolve, 200));
    const exited = once(server, 'exit');
    server.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(respond(port, new Agent())).rejects.toThrow(/ECONNREFUSED/);
    expect((await inFlight).statusCode).toBe(200);
    expect(await exited).toEqual([0, null]);
  });
});

function respond(port: number, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume().once('end', () => resolve(response));
    }).once('error', reject);
  });
}
