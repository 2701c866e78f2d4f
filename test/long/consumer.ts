import { readFileSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import * as ts from 'typescript';
import { CHECKOUT } from './checkout';
import { attempt, Outcome, run } from './command';

/** The ways in which users' compilers look for a package. */
export type Resolution = 'node10' | 'node16' | 'nodenext' | 'bundler';

const MODULE: Record<Resolution, string> = { node10: 'commonjs', node16: 'node16', nodenext: 'nodenext', bundler: 'esnext' };

/** How a project is compiled. */
export interface Compilation {
  readonly resolution: Resolution;
  /**
   * The package that is the compiler.
   * @default - `typescript`, of the version that this checkout has
   */
  readonly compiler?: string;
  /** @default false */
  readonly skipLibCheck?: boolean;
}

/** A user's project with packages installed from the registry, and none of this checkout's. */
export class Consumer {
  static async install(folder: string, packages: readonly string[]): Promise<Consumer> {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: folder, seconds: 600 });
    return new Consumer(folder);
  }

  private constructor(readonly folder: string) {}

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Writes an example as the JavaScript that a user would have: `.cjs` requires, `.mjs` imports. */
  writeAsJavaScript(example: string, name: string): string {
    return this.writeCompiled(sourceOf(example), name);
  }

  /** The same for any TypeScript. */
  writeCompiled(source: string, name: string): string {
    const module = name.endsWith('.mjs') ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } });
    this.write(name, outputText);
    return outputText;
  }

  async node(program: string, outdir?: string): Promise<Outcome> {
    return attempt(process.execPath, [program], { cwd: this.folder, env: outdir === undefined ? {} : { CDK8S_OUTDIR: outdir } });
  }

  /** Runs a command that a package has installed. */
  async command(name: string, ...args: readonly string[]): Promise<Outcome> {
    return attempt(join(this.folder, 'node_modules/.bin', name), args, { cwd: this.folder });
  }

  /** What the project's own compiler says of a file, the packages' declarations included: nothing, if it is content. */
  async typeErrors(file: string, resolution: Resolution): Promise<string> {
    return this.compileErrors([file], { resolution });
  }

  /** The same of several files, compiled together. */
  async compileErrors(files: readonly string[], { resolution, compiler = 'typescript', skipLibCheck = false }: Compilation): Promise<string> {
    const name = `tsconfig.${resolution}.${compiler}.${basename(files[0])}.json`;
    const { version } = JSON.parse(readFileSync(join(this.folder, 'node_modules', compiler, 'package.json'), 'utf8'));
    this.write(name, JSON.stringify({
      compilerOptions: {
        moduleResolution: resolution,
        module: MODULE[resolution],
        target: 'es2022',
        strict: true,
        skipLibCheck,
        noEmit: true,
        ...resolution === 'node10' && !version.startsWith('5.') && { ignoreDeprecations: '6.0' },
      },
      files,
    }));
    const tsc = join(this.folder, 'node_modules', compiler, 'bin/tsc');
    const { status, stdout, stderr } = await attempt(process.execPath, [tsc, '-p', name], { cwd: this.folder, seconds: 300 });
    return status === 0 ? '' : `${stdout}${stderr}` || `tsc ended with ${status}`;
  }
}

/** The text of an example's main program, unchanged. */
export function sourceOf(example: string): string {
  return readFileSync(join(CHECKOUT, 'examples', example, 'main.ts'), 'utf8');
}
