import type { CommandIo } from './command-io';
import type { ExitCode } from './exit-code';
import { runRelease, type ReleaseOptions, type ReleaseOutside } from './promote-command';
import { rollbackActions } from '../release/rollback';

/** `zero-downtime rollback`: leads a release back, whatever it has reached. */
export async function runRollback(paths: readonly string[], options: ReleaseOptions, io: CommandIo, outside?: ReleaseOutside): Promise<ExitCode> {
  return runRelease('rollback', paths, options, rollbackActions, io, outside);
}
