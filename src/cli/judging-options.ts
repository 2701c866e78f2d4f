import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { AssumptionsReader } from '../assumptions/read-assumptions';
import type { CheckSettings } from '../checks/check-cluster';
import type { Severity } from '../checks/finding';
import { settingsFrom } from '../checks/settings-from';
import { Field } from '../reading/field';
import { quoted } from '../reading/quoted';
import { readValues } from '../reading/read-text';
import type { Format } from '../report/render-findings';

/** The options that `check` and `verify` share, as the command line gives them. */
export interface JudgingOptions {
  readonly format: Format;
  readonly severity: Severity;
  readonly kubernetesVersion: string;
  readonly assume: readonly string[];
  readonly ignore: readonly string[];
  readonly namespace: string;
}

/** Turns options into settings, or throws `BadInput` with everything that is wrong with them. */
export function settingsOf({ assume, ignore, kubernetesVersion }: JudgingOptions, io: CommandIo): CheckSettings {
  const reader = new AssumptionsReader();
  assume.forEach((text) => text.includes('=') ? reader.addPair(text, '--assume') : reader.addFile(fileOf(text, io)));
  const { settings, problems } = settingsFrom({ kubernetesVersion, ignore, assumptions: reader.read() });
  if (problems.length > 0) {
    throw new BadInput(problems);
  }
  return settings;
}

function fileOf(path: string, io: CommandIo): Field {
  const { object, problems } = readValues(path, textOf(path, io));
  if (!object) {
    throw new BadInput(problems);
  }
  return Field.of(object);
}

function textOf(path: string, io: CommandIo): string {
  try {
    return io.readFile(path);
  } catch {
    throw BadInput.of('--assume', `${quoted(path)} must be key=value, or a file that can be read`);
  }
}
