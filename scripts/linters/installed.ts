import { existsSync, mkdirSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from './program';

const FOLDER = join(tmpdir(), 'zero-downtime-postgres', 'linters');

/** The crates make bindings of PostgreSQL's parser with it; with the package, none of the system is needed. */
const LIBCLANG = '18.1.1';

/** A program of a package of npm, installed beside the other temporary files, once. */
export function fromNpm(name: string, version: string, program: string): string {
  return installed(`${program}-${version}`, `node_modules/.bin/${program}`, (folder) => {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    succeed('npm', ['install', '--no-audit', '--no-fund', `${name}@${version}`], folder);
  });
}

/** A program of a package of PyPI, in an environment of its own, once. */
export function fromPip(name: string, version: string): string {
  return installed(`${name}-${version}`, `bin/${name}`, (folder) => {
    succeed('python3', ['-m', 'venv', folder], folder);
    succeed(join(folder, 'bin/pip'), ['install', '--quiet', `${name}==${version}`], folder);
  });
}

/** The program of a crate, which is compiled: minutes, once. */
export function fromCargo(name: string, version: string): string {
  return installed(`${name}-${version}`, `bin/${name}`, (folder) => {
    process.stderr.write(`${name} ${version} is compiled, which takes some minutes\n`);
    // What crates have in common is compiled once.
    const target = join(FOLDER, 'target');
    succeed('cargo', ['install', '--quiet', '--locked', '--root', folder, '--target-dir', target, '--version', version, name], folder, clang());
  });
}

/** Where a build finds libclang, and the headers that come with a compiler and not with the library. */
function clang(): NodeJS.ProcessEnv {
  if (process.env.LIBCLANG_PATH !== undefined) {
    return {};
  }
  const library = installed(`libclang-${LIBCLANG}`, 'clang/native', (folder) => {
    succeed('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, `libclang==${LIBCLANG}`], folder);
  });
  const headers = run('cc', ['-print-file-name=include'], library).stdout.trim();
  return { LIBCLANG_PATH: library, BINDGEN_EXTRA_CLANG_ARGS: `-I${headers}` };
}

function installed(title: string, path: string, install: (folder: string) => void): string {
  const folder = join(FOLDER, title);
  const found = join(folder, path);
  if (!existsSync(found)) {
    mkdirSync(folder, { recursive: true });
    install(folder);
  }
  return found;
}

function succeed(program: string, args: readonly string[], folder: string, environment?: NodeJS.ProcessEnv): void {
  const { status, stderr } = run(program, args, folder, environment);
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr.trim()}`);
  }
}
