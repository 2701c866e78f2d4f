import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { CHECKOUT, installed } from './checkout';
import { run } from './command';

/** What a checkout holds but a clean one does not; all of it is made anew. */
const MADE_BY_COMMANDS = ['node_modules', '.git', 'lib', '.jsii', 'tsconfig.tsbuildinfo', 'dist', 'packages', 'coverage'];

/** What other commands leave in a checkout. A package that is made afterwards must hold none of it. */
const LEFT_BEHIND = [
  'coverage/lcov.info', 'dist/hello.k8s.yaml', 'examples/hello/dist/hello.k8s.yaml', 'packages/js/old.tgz', 'test/long/left.js', 'bench/left.js',
];

/** The package as it is published. */
export interface Tarball {
  readonly file: string;
  /** The paths in it. */
  readonly contents: readonly string[];
}

/** Copies the checkout and compiles it there, so that nothing that lies about in the checkout is needed or touched. */
export async function compileIn(folder: string): Promise<void> {
  for (const entry of readdirSync(CHECKOUT).filter((name) => !MADE_BY_COMMANDS.includes(name))) {
    cpSync(join(CHECKOUT, entry), join(folder, entry), { recursive: true });
  }
  symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await run(installed('jsii'), ['--silence-warnings=reserved-word'], { cwd: folder, seconds: 300 });
  const { steps } = JSON.parse(readFileSync(join(folder, '.projen/tasks.json'), 'utf8')).tasks.bundle;
  await run('bash', ['-c', steps[0].exec], { cwd: folder, env: { PATH: `${join(CHECKOUT, 'node_modules/.bin')}:${process.env.PATH}` } });
}

/** Packs what was compiled in a folder. */
export async function pack(folder: string): Promise<Tarball> {
  for (const file of LEFT_BEHIND) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'left behind');
  }
  const [{ filename, files }] = JSON.parse(await run('npm', ['pack', '--json'], { cwd: folder }));
  return { file: join(folder, filename), contents: files.map(({ path }: { path: string }) => path).sort() };
}
