import { type ChildProcess, execFileSync, spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';

/** Something that is scraped: what it answers now, and the labels that its series get as those of a pod do. */
export interface Target {
  readonly labels: Readonly<Record<string, string>>;
  /** The text of `/metrics`, asked for at every scrape. */
  readonly metrics: () => string;
}

/** A Prometheus that runs. */
export interface RunningPrometheus {
  /** Such as `http://127.0.0.1:40123`. */
  readonly address: string;
  /** The result of an instant query: the values of its vector, as text (`NaN` and `+Inf` are no JSON numbers). */
  readonly query: (query: string) => Promise<string[]>;
  /** Settles once every target has been scraped so many times. */
  readonly scraped: (times: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The version of the Prometheus on this machine, or nothing. It is Debian's package `prometheus`. */
export function prometheusVersion(): string | undefined {
  try {
    // Debian's prints its version to standard output, older ones to standard error: both say it by exit code 0.
    return /version (\S+)/.exec(execFileSync('prometheus', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))?.[1] ?? 'unknown';
  } catch {
    return undefined;
  }
}

/** Starts a Prometheus on a free port of the loopback interface, which scrapes the targets every second into a folder of its own. */
export async function startPrometheus(targets: readonly Target[], flags: readonly string[] = []): Promise<RunningPrometheus> {
  const servers = await Promise.all(targets.map(serve));
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(configurationOf(targets, servers.map(portOf))));
  const port = await freePort();
  const child = spawn('prometheus', [
    `--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`, '--log.level=error', ...flags,
  ], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = `http://127.0.0.1:${port}`;
  const stop = () => stopAll(child, servers, folder);
  try {
    await ready(child, address);
  } catch (error) {
    await stop();
    throw error;
  }
  const query = (text: string) => instantQuery(address, text);
  return { address, query, stop, scraped: (times) => scraped(query, targets.length, times) };
}

function serve({ metrics }: Target): Promise<Server> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/plain; version=0.0.4').end(metrics()));
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** JSON is YAML. */
function configurationOf(targets: readonly Target[], ports: readonly number[]): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [{
      job_name: 'pods',
      static_configs: targets.map(({ labels }, index) => ({ targets: [`127.0.0.1:${ports[index]}`], labels })),
    }],
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ready(child: ChildProcess, address: string): Promise<void> {
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => said += chunk.toString());
  const ended = new Promise<never>((_, reject) => child.on('exit', (code) => reject(new Error(`prometheus ended with ${code}: ${said}`))));
  ended.catch(() => undefined);
  await Promise.race([ended, until(async () => (await fetch(`${address}/-/ready`)).ok, 30)]);
}

/** Waits for a condition; what it throws counts as not yet. */
export async function until(condition: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!await condition().catch(() => false)) {
    if (Date.now() > end) {
      throw new Error(`it did not come about within ${seconds} seconds`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function instantQuery(address: string, query: string): Promise<string[]> {
  const response = await fetch(`${address}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query }) });
  const { status, error, data } = await response.json() as Answer;
  if (status !== 'success') {
    throw new Error(`${error}\n${query}`);
  }
  return data.result.map(({ value }) => value[1]);
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: { readonly result: ReadonlyArray<{ readonly value: [number, string] }> };
}

function scraped(query: RunningPrometheus['query'], targets: number, times: number): Promise<void> {
  return until(async () => {
    const counts = await query(`count_over_time(up{job="pods"}[1h]) >= ${times}`);
    return counts.length === targets;
  }, times + 30);
}

async function stopAll(child: ChildProcess, servers: readonly Server[], folder: string): Promise<void> {
  const ended = child.exitCode === null ? new Promise((resolve) => child.on('exit', resolve)) : undefined;
  child.kill('SIGTERM');
  await ended;
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
}
