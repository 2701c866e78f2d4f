import { readdirSync } from 'fs';
import { join } from 'path';
import { installed } from './checkout';
import { attempt, Outcome, run, works } from './command';

/** Why no Python package can be tried on this machine, if so. */
export function whyNoPython(): string | undefined {
  if (!works('python3', ['--version'])) {
    return 'python3 is not there';
  }
  // A virtual environment gets its pip from the module; some systems package it apart from python3.
  return works('python3', ['-c', 'import ensurepip, venv']) ? undefined : 'python3 has no pip of its own (ensurepip, venv)';
}

/** Makes the Python package of a compiled package, as a release would, and returns its wheel. */
export async function pythonPackage(compiled: string, outdir: string): Promise<string> {
  // Without the last argument it edits .npmignore.
  const args = ['--target', 'python', '--outdir', outdir, '--no-npmignore'];
  await run(installed('jsii-pacmak'), args, { cwd: compiled, seconds: 420 });
  const wheels = readdirSync(join(outdir, 'python')).filter((file) => file.endsWith('.whl'));
  if (wheels.length !== 1) {
    throw new Error(`expected one wheel in ${outdir}, found ${wheels.length}`);
  }
  return join(outdir, 'python', wheels[0]);
}

/** A user's virtual environment, and nothing of the machine's own Python packages. */
export class PythonProject {
  static async install(folder: string, packages: readonly string[]): Promise<PythonProject> {
    const python = join(folder, 'bin', 'python');
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { seconds: 420 });
    return new PythonProject(python);
  }

  private constructor(private readonly python: string) {}

  async run(program: string, outdir: string): Promise<Outcome> {
    // UTF-8 whatever the machine's locale, for the signs in plans; no compiled files beside the programs.
    const env = { CDK8S_OUTDIR: outdir, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };
    return attempt(this.python, [program], { env });
  }
}
