import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { CHECKOUT } from '../checkout';
import { attempt, type Outcome, run } from '../command';

const NEEDED_GO = 26;

/** Why Pulumi's engine cannot be built on this machine, if so. */
export function whyNoEngine(): string | undefined {
  const { stdout, status } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
  const minor = Number(/go1\.(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
  return status === 0 && minor >= NEEDED_GO ? undefined : `it takes Go 1.${NEEDED_GO}`;
}

/** Pulumi's engine with the provider for Kubernetes, which writes files in the place of a cluster. */
export class PulumiEngine {
  /** Builds all of it. What Go downloads and compiles it keeps in caches of its own. */
  static async build(folder: string): Promise<PulumiEngine> {
    const target = join(folder, 'engine');
    await run('bash', [join(__dirname, 'build.sh'), target], { env: { GOTOOLCHAIN: 'local' }, seconds: 1500 });
    return new PulumiEngine(target);
  }

  private constructor(readonly target: string) {}

  /** A project of one stack, in a folder of its own, whose program finds the compiled package by its name. */
  async project(folder: string, packageFolder: string, program: Readonly<Record<string, string>>): Promise<PulumiProject> {
    const modules = join(folder, 'node_modules');
    mkdirSync(modules, { recursive: true });
    for (const name of ['@pulumi', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'typescript', 'ts-node']) {
      symlinkSync(join(CHECKOUT, 'node_modules', name), join(modules, name), 'dir');
    }
    symlinkSync(packageFolder, join(modules, 'zero-downtime'), 'dir');
    mkdirSync(join(folder, 'state'));
    const project = new PulumiProject(this, folder);
    project.write(program);
    await project.pulumi('stack', 'init', 'dev');
    await project.pulumi('config', 'set', 'kubernetes:renderYamlToDirectory', join(folder, 'rendered'));
    return project;
  }
}

/** A project that the engine runs for real. */
export class PulumiProject {
  constructor(private readonly engine: PulumiEngine, private readonly folder: string) {}

  /** Writes the files of the program, TypeScript as what it compiles to. */
  write(program: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(program)) {
      writeFileSync(join(this.folder, name.replace(/\.ts$/, '.js')), name.endsWith('.ts') ? compiled(text) : text);
    }
  }

  /** Runs a command, which must succeed, and returns what it printed. */
  async pulumi(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.attempt(...args);
    expect([args[0], status, status === 0 ? '' : stdout + stderr]).toEqual([args[0], 0, '']);
    return stdout;
  }

  /** Runs a command to its end, however it ends. */
  async attempt(...args: string[]): Promise<Outcome> {
    const { target } = this.engine;
    return attempt(join(target, 'bin/pulumi'), [...args, '--non-interactive'], {
      cwd: this.folder,
      seconds: 300,
      env: {
        PATH: `${join(target, 'bin')}:${process.env.PATH}`,
        PULUMI_HOME: join(target, 'home'),
        PULUMI_BACKEND_URL: `file://${join(this.folder, 'state')}`,
        PULUMI_CONFIG_PASSPHRASE: 'none of a real stack',
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      },
    });
  }

  /** Updates the stack. */
  async up(): Promise<string> {
    return this.pulumi('up', '--yes', '--skip-preview');
  }

  /** The objects that the provider has written so far. */
  objects(): Record<string, any>[] {
    const rendered = join(this.folder, 'rendered');
    return readdirSync(rendered, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort()
      .flatMap((file) => parseAllDocuments(readFileSync(join(rendered, file), 'utf8')).map((document) => document.toJS()));
  }

  /** Adds a policy pack of this program, and returns its folder. */
  policyPack(text: string): string {
    const pack = join(this.folder, 'pack');
    rmSync(pack, { recursive: true, force: true });
    mkdirSync(pack);
    cpSync(join(this.folder, 'node_modules'), join(pack, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(pack, 'PulumiPolicy.yaml'), 'runtime: nodejs\nmain: index.js\n');
    writeFileSync(join(pack, 'package.json'), '{ "name": "pack", "version": "1.0.0" }\n');
    writeFileSync(join(pack, 'index.js'), compiled(text));
    return pack;
  }
}

function compiled(text: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
