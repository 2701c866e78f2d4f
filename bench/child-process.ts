import { execFile } from 'child_process';
import { rmSync } from 'fs';
import { promisify } from 'util';
import { CompiledCopy } from './compiled-copy';
import { Layout, Request, Sample, Subject } from './measurement';

/** Measures one synthesis in a process of its own, so that none inherits another's memory or compiled code. */
export class ChildProcess {
  constructor(private readonly copy: CompiledCopy, private readonly interrupted: AbortSignal) {}

  /** @throws where the child does, and on interruption */
  async measure(subject: Subject, layout: Layout, services: number, withPhases = false): Promise<Sample> {
    const { outdir } = this.copy;
    const request: Request = { subject, layout, services, outdir, withPhases };
    const options = { signal: this.interrupted, env: { ...process.env, NODE_OPTIONS: '' } };
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', this.copy.child, JSON.stringify(request)], options);
    rmSync(outdir, { recursive: true, force: true });
    return JSON.parse(stdout);
  }
}
