import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { buildSync } from 'esbuild';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const PROJECT = join(__dirname, '..');

/** The sources as JavaScript in a folder of their own, so that no child process spends time or memory on compiling. */
export class CompiledCopy {
  static make(): CompiledCopy {
    const copy = new CompiledCopy(mkdtempSync(join(tmpdir(), 'zero-downtime-bench-')));
    symlinkSync(join(PROJECT, 'node_modules'), join(copy.folder, 'node_modules'), 'junction');
    // The command line tells the version that its package.json has.
    copyFileSync(join(PROJECT, 'package.json'), join(copy.folder, 'package.json'));
    copy.compile('src');
    copy.compile('bench');
    buildSync({
      entryPoints: [join(copy.folder, 'src/cli/run.js')], bundle: true, platform: 'node', target: 'node20', outfile: copy.bundle, external: ['@kubernetes/client-node', 'libpg-query', 'pg'],
    });
    writeFileSync(copy.commandLine, `require(${JSON.stringify(copy.bundle)}).run();`);
    return copy;
  }

  private constructor(readonly folder: string) {}

  /** The program of the child processes. */
  get child(): string {
    return join(this.folder, 'bench', 'child.js');
  }

  /** The program that runs the command line. */
  get commandLine(): string {
    return join(this.folder, 'src/cli/command-line.js');
  }

  /** The command line in one file, as a package has it. */
  get bundle(): string {
    return join(this.folder, 'src/cli/run.bundle.js');
  }

  /** The program that verifies one workload. */
  get verifier(): string {
    return join(this.folder, 'bench', 'verifier-child.js');
  }

  /** The program that registers services in Pulumi. */
  get registrar(): string {
    return join(this.folder, 'bench', 'pulumi-child.js');
  }

  /** The program that declares services with migrations. */
  get declarer(): string {
    return join(this.folder, 'bench', 'declaring-child.js');
  }

  /** A place for manifests, which does not exist yet. */
  get outdir(): string {
    return join(this.folder, 'manifests');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private compile(part: string): void {
    const sources = readdirSync(join(PROJECT, part), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    for (const source of sources) {
      const { outputText } = transpileModule(readFileSync(join(PROJECT, part, source), 'utf8'), {
        fileName: source,
        compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
      });
      const target = join(this.folder, part, source.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
  }
}
