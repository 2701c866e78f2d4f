import { join } from 'path';
import { run, works } from './command';

/** Why no tool can be built on this machine, if so. */
export function whyNoGo(): string | undefined {
  return works('go', ['version']) ? undefined : 'go is not there';
}

/** Builds a tool into a folder and returns its path. What Go downloads and compiles it keeps in caches of its own. */
export async function goInstall(pkg: string, version: string, folder: string): Promise<string> {
  await run('go', ['install', `${pkg}@${version}`], { env: { GOBIN: folder }, seconds: 480 });
  return join(folder, pkg.split('/').at(-1)!);
}
