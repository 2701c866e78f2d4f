import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { settingsOf, type JudgingOptions } from './judging-options';
import { readInput } from './read-input';
import { contextOf } from '../checks/check-cluster';
import { problemOf } from '../reading/wrong-field';
import { renderVerdicts } from '../report/render-verdicts';
import { timelineToSvg } from '../report/timeline-svg';
import { exampleTimeline } from '../verify/example-timeline';
import type { Timeline } from '../verify/timeline';
import type { Verified } from '../verify/verdict';
import { verifyCluster } from '../verify/verify-cluster';

/** The options of `verify`. */
export interface VerifyOptions extends JudgingOptions {
  /** Where to draw a timeline. */
  readonly timeline?: string;
}

/** `zero-downtime verify`: whether a release of manifests can lose a request. */
export function runVerify(paths: readonly string[], options: VerifyOptions, io: CommandIo): ExitCode {
  const settings = settingsOf(options, io);
  const input = readInput(paths, options.namespace, io);
  const progress = (text: string) => io.isTerminal && io.error(`\r\u001b[K${text}`);
  const context = contextOf(input.cluster, settings);
  const verified = orBadInput(() => verifyCluster(context, {
    ignores: settings.ignores,
    progress: (workload, index, of) => progress(`${index}/${of} ${workload}`),
  }));
  progress('');
  if (verified.problems.length > 0) {
    throw new BadInput(verified.problems);
  }
  if (options.timeline !== undefined) {
    drawTimeline(options.timeline, exampleTimeline(verified, context), io);
  }
  io.out(renderVerdicts(verified, input, options.format, io.hasColour));
  return exitCodeOf(verified);
}

function drawTimeline(path: string, timeline: Timeline | undefined, io: CommandIo): void {
  if (!timeline) {
    throw BadInput.of('--timeline', 'there is no workload to draw a timeline of');
  }
  try {
    io.writeFile(path, timelineToSvg(timeline));
  } catch (error) {
    throw BadInput.of('--timeline', `${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}; name a file in a folder that can be written to`);
  }
}

/** A wrong field that only a model reads is the input's fault like any other. */
function orBadInput<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new BadInput([problemOf(error)]);
  }
}

function exitCodeOf({ workloads }: Verified): ExitCode {
  if (workloads.some(({ verdict }) => verdict === 'REFUTED')) {
    return ExitCode.FOUND;
  }
  return workloads.some(({ verdict }) => verdict === 'UNKNOWN') ? ExitCode.UNKNOWN : ExitCode.OK;
}
