import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { settingsOf, type JudgingOptions } from './judging-options';
import { readInput } from './read-input';
import { checkCluster } from '../checks/check-cluster';
import { renderFindings } from '../report/render-findings';
import { reported } from '../report/reported';

/** `zero-downtime check`: holds every rule against manifests. */
export function runCheck(paths: readonly string[], options: JudgingOptions, io: CommandIo): ExitCode {
  const settings = settingsOf(options, io);
  const input = readInput(paths, options.namespace, io);
  const { findings, problems } = checkCluster(input.cluster, settings);
  if (problems.length > 0) {
    throw new BadInput(problems);
  }
  const report = reported(findings, options.severity, input);
  io.out(renderFindings(report, options.format, io.hasColour));
  return report.findings.length > 0 ? ExitCode.FOUND : ExitCode.OK;
}
