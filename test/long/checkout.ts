import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { parseAllDocuments } from 'yaml';
import { run } from './command';

export const CHECKOUT = resolve(__dirname, '..', '..');

/** A command that `npm ci` put there. */
export function installed(command: string): string {
  return join(CHECKOUT, 'node_modules', '.bin', command);
}

/** The versions that this package is developed with, as npm takes them: `cdk8s@2.70.106`. */
export function developedWith(...names: string[]): string[] {
  const { devDependencies } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
  return names.map((name) => `${name}@${devDependencies[name]}`);
}

/** Runs a TypeScript program against the sources, as `npm run example` does, and returns what it printed. */
export async function runFromSource(program: string, outdir: string): Promise<string> {
  return run(installed('ts-node'), ['-P', join(CHECKOUT, 'examples/tsconfig.json'), join(CHECKOUT, program)], {
    cwd: CHECKOUT,
    env: { CDK8S_OUTDIR: outdir },
  });
}

/** The manifest files in a folder by name. */
export function manifestFiles(outdir: string): string[] {
  return readdirSync(outdir).filter((file) => file.endsWith('.yaml')).sort().map((file) => join(outdir, file));
}

/** The objects in all manifests of a folder, in the order in which they are applied. */
export function objectsIn(outdir: string): any[] {
  return manifestFiles(outdir).flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()));
}
