import { randomUUID } from 'crypto';
import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { kubernetesClient, loadClientNode, type ClusterOptions } from './promote-kubernetes';
import { readInput } from './read-input';
import { visible } from '../reading/quoted';
import { WrongField } from '../reading/wrong-field';
import { Claim } from '../release/claim';
import type { Clock } from '../release/clock';
import type { ClusterClient } from '../release/cluster-client';
import type { NativeRelease } from '../release/native-release';
import { promotionActions, type PromotionGoal } from '../release/promotion';
import { releaseOf } from '../release/read-release';
import type { ReleaseAction } from '../release/release-action';
import { ReleaseEnd } from '../release/release-end';
import { planText, resultText, type ReleaseFormat } from '../release/release-report';
import { ReleaseSession } from '../release/release-session';
import { runActions, type ReleaseResult } from '../release/run-actions';

/** The options that `promote` and `rollback` share. */
export interface ReleaseOptions extends ClusterOptions {
  readonly format: ReleaseFormat;
  /** Where objects are that name no namespace; that of the context where nothing is said. */
  readonly namespace?: string;
  readonly dryRun?: boolean;
}

/** The options of `promote`. */
export interface PromoteOptions extends ReleaseOptions {
  readonly weight?: string;
  readonly step?: string;
}

/** What a command meets outside: a cluster, and time. */
export interface ReleaseOutside {
  readonly clientOf: (options: ClusterOptions) => Promise<ClusterClient>;
  readonly clock: Clock;
}

const OUTSIDE: ReleaseOutside = {
  clientOf: async (options) => kubernetesClient(await loadClientNode(), options),
  clock: { now: () => performance.now(), sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)) },
};

/** `zero-downtime promote`: leads a release forward, to a share or to its end. */
export async function runPromote(paths: readonly string[], options: PromoteOptions, io: CommandIo, outside = OUTSIDE): Promise<ExitCode> {
  const goal = goalOf(options);
  return runRelease('promote', paths, options, (release) => promotionActions(release, goal), io, outside);
}

/** Runs one of the two commands over a release. */
export async function runRelease(
  command: 'promote' | 'rollback', paths: readonly string[], options: ReleaseOptions,
  actionsOf: (release: NativeRelease) => readonly ReleaseAction[], io: CommandIo, outside = OUTSIDE,
): Promise<ExitCode> {
  const client = options.dryRun ? undefined : await outside.clientOf(options);
  const { cluster } = readInput(paths, options.namespace ?? client?.namespace ?? 'default', io);
  const { release, actions } = orBadInput(command, () => {
    const read = releaseOf(cluster);
    return { release: read, actions: actionsOf(read) };
  });
  if (!client) {
    io.out(planText(command, release, actions, options.format));
    return ExitCode.OK;
  }
  const progress = (text: string) => io.error(`${visible(text)}\n`);
  const session = new ReleaseSession({ client, clock: outside.clock, claim: new Claim(`${command} ${randomUUID()}`), progress });
  const result = await runActions(actions, session, progress);
  if (result.outcome === 'BAD_INPUT') {
    throw BadInput.of(command, result.message ?? '');
  }
  io.out(resultText(command, release, result, options.format));
  return exitCodeOf(result);
}

function goalOf({ weight, step }: PromoteOptions): PromotionGoal {
  if (weight !== undefined && step !== undefined) {
    throw BadInput.of('--weight', 'must not be given beside --step; give one of them');
  }
  if (weight !== undefined && !/^\d{1,3}(\.\d+)?$/.test(weight)) {
    throw BadInput.of('--weight', `${JSON.stringify(weight)} must be a number of percent, such as 25`);
  }
  return { weight: weight === undefined ? undefined : Number(weight), step };
}

function orBadInput<T>(command: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReleaseEnd) {
      throw BadInput.of(command, error.message);
    }
    if (error instanceof WrongField) {
      throw new BadInput([error.problem]);
    }
    throw error;
  }
}

function exitCodeOf({ outcome }: ReleaseResult): ExitCode {
  return outcome === 'DONE' ? ExitCode.OK : outcome === 'NOT_REACHED' ? ExitCode.FOUND : ExitCode.UNKNOWN;
}
