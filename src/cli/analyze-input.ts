import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { addressProblem } from '../analysis/address';
import { findAnalysis, readAnalysis, type FoundAnalysis, type NamedAnalysis } from '../analysis/find-analyses';
import { readPaths } from '../reading/expand-paths';

/** The options that say which analysis is meant. */
export interface AnalysisOptions {
  readonly namespace: string;
  readonly name?: string;
  readonly address?: string;
}

/** Reads the one analysis that paths lead to, or throws `BadInput` with every problem there is. */
export function analysisOf(paths: readonly string[], options: AnalysisOptions, io: CommandIo): NamedAnalysis {
  const found = foundIn(paths, options, io);
  if ('problems' in found) {
    throw new BadInput(found.problems);
  }
  const { address } = options;
  const problem = address === undefined ? undefined : addressProblem(address);
  if (problem !== undefined) {
    throw BadInput.of('--address', problem);
  }
  return address === undefined ? found : { ...found, document: { ...found.document, address, addressPlace: { source: '--address' } } };
}

function foundIn(paths: readonly string[], { namespace, name }: AnalysisOptions, io: CommandIo): FoundAnalysis {
  let input: string | undefined;
  const stdin = () => input ??= io.stdin();
  const { objects, problems, passedOver } = readPaths(paths, { stdin });
  if (problems.length > 0) {
    return { problems };
  }
  const [path] = paths;
  // One file that holds one document and no object is the analysis itself, as it stands within a ConfigMap.
  if (paths.length === 1 && objects.length === 0 && passedOver === 1) {
    const text = path === '-' ? stdin() : textOf(path, io);
    if (text !== undefined) {
      const source = path === '-' ? '<stdin>' : path;
      return readAnalysis(source, source, text);
    }
  }
  return findAnalysis(objects, namespace, name);
}

/** A folder, or a pattern, is no file that could be the document. */
function textOf(path: string, io: CommandIo): string | undefined {
  try {
    return io.readFile(path);
  } catch {
    return undefined;
  }
}
