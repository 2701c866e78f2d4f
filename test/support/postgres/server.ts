import { spawn, spawnSync, type ChildProcess } from 'child_process';
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Client } from 'pg';
import { binariesOf, INSTALLED } from './binaries';

/** PostgreSQL refuses to run as root: then it runs as the user that owns nothing. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A folder that the server's user owns. */
function folderWithin(within: string, major: number): string {
  const folder = mkdtempSync(join(within, `zd-pg${major}-`));
  chmodSync(folder, 0o755);
  if (NOBODY.uid !== undefined) {
    chownSync(folder, NOBODY.uid, NOBODY.gid);
  }
  return folder;
}

/** A real server in a folder of its own, reached by a socket there and by no network. */
export class PostgresServer {
  /** Starts a server of a major version, with settings beside those of a fresh installation, in a folder of its own within another one. */
  static async start(major = INSTALLED, settings: Readonly<Record<string, string>> = {}, within = tmpdir()): Promise<PostgresServer> {
    const folder = folderWithin(within, major);
    const initdb = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
    const made = spawnSync(join(binariesOf(major), 'initdb'), initdb, { ...NOBODY, cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`initdb of PostgreSQL ${major} failed: ${made.stderr}`);
    }
    return PostgresServer.begun(major, folder, settings);
  }

  private static async begun(major: number, folder: string, settings: Readonly<Record<string, string>>): Promise<PostgresServer> {
    const all = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off', full_page_writes: 'off', timezone: 'UTC', autovacuum: 'off', ...settings };
    const program = join(binariesOf(major), 'postgres');
    const args = ['-D', join(folder, 'data'), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const server = new PostgresServer(major, folder, () => spawn(program, args, { ...NOBODY, cwd: folder, stdio: 'ignore' }));
    await server.ready();
    return server;
  }

  private readonly clients = new Set<Client>();
  private process: ChildProcess;

  private constructor(readonly major: number, readonly folder: string, private readonly begin: () => ChildProcess) {
    this.process = begin();
  }

  /** A connection, which ends with the server at the latest. */
  async connect(database = 'postgres'): Promise<Client> {
    const client = new Client({ host: this.folder, user: 'postgres', database });
    // A connection that the server ends is no fault of a test.
    client.on('error', () => undefined);
    await client.connect();
    this.clients.add(client);
    return client;
  }

  /** The address of a database, as a command line takes it. */
  url(database = 'postgres'): string {
    return `postgresql://postgres@/${database}?host=${encodeURIComponent(this.folder)}`;
  }

  /** Ends the server at once, and removes all of it. */
  async stop(): Promise<void> {
    await Promise.all([...this.clients].map((client) => client.end().catch(() => undefined)));
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends the server and every connection to it, and leaves all that it holds: as a restart does, or with another signal as a crash. */
  async halt(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill(signal);
      await ended;
    }
  }

  /** Starts it again, where it was. */
  async resume(): Promise<void> {
    this.process = this.begin();
    await this.ready();
  }

  /** Another server that follows this one, which has to be restarted for that. */
  async followed(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
    await this.halt();
    const folder = folderWithin(dirname(this.folder), this.major);
    const data = join(folder, 'data');
    // The owner goes along with each file only where it is told to.
    const copied = spawnSync('cp', ['-a', join(this.folder, 'data'), data], { encoding: 'utf8' });
    if (copied.status !== 0) {
      throw new Error(`the data of PostgreSQL ${this.major} cannot be copied: ${copied.stderr}`);
    }
    writeFileSync(join(data, 'standby.signal'), '');
    appendFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = 'host=${this.folder} user=postgres'\n`);
    await this.resume();
    return PostgresServer.begun(this.major, folder, settings);
  }

  private async ready(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        const client = await this.connect();
        await client.end();
        this.clients.delete(client);
        return;
      } catch (error) {
        if (tries > 200 || this.process.exitCode !== null) {
          await this.stop();
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}
