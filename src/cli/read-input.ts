import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { clusterOf, type Cluster } from '../cluster/cluster';
import { readPaths } from '../reading/expand-paths';

/** What a command was given to judge. */
export interface Input {
  readonly cluster: Cluster;
  readonly files: number;
  /** Documents that are no Kubernetes object. */
  readonly passedOver: number;
}

/** Reads all that the paths lead to, or throws `BadInput` with every problem there is. */
export function readInput(paths: readonly string[], namespace: string, io: CommandIo): Input {
  const reading = readPaths(paths, { stdin: io.stdin });
  const { cluster, problems } = clusterOf(reading.objects, namespace);
  const all = [...reading.problems, ...problems];
  if (all.length > 0) {
    throw new BadInput(all);
  }
  return { cluster, files: reading.files, passedOver: reading.passedOver };
}
