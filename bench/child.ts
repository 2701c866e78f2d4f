import { createHash } from 'crypto';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Request, Sample } from './measurement';
import { timedByPhase } from './stopwatches';
import { synthesisOf } from './synthesis';

/** One measurement: everything is loaded and prepared before the clock starts. */
function measure(request: Request): Sample {
  const synthesis = synthesisOf(request);
  // What the preparation left behind is not the synthesis' to clean up.
  globalThis.gc?.();
  const start = performance.now();
  const phases = request.withPhases ? timedByPhase(synthesis) : undefined;
  if (!phases) {
    synthesis.declare();
    synthesis.synth();
  }
  const milliseconds = performance.now() - start;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return { milliseconds, peakMegabytes, phases, ...written(request.outdir) };
}

function written(outdir: string): { digest: string; objects: number } {
  const hash = createHash('sha256');
  let objects = 0;
  for (const file of readdirSync(outdir).sort()) {
    const content = readFileSync(join(outdir, file), 'utf8');
    hash.update(file).update(content);
    objects += content.split('\n---\n').length;
  }
  return { digest: hash.digest('hex'), objects };
}

process.stdout.write(JSON.stringify(measure(JSON.parse(process.argv[2]))));
