import { AssumptionsReader } from '../assumptions/read-assumptions';
import type { CheckSettings } from '../checks/check-cluster';
import { settingsFrom } from '../checks/settings-from';
import { problemText, type InputProblem } from '../reading/input-problem';
import { refuse } from '../spec/declaration-error';

/** Settings as programs and cdk8s.yaml give them. */
export interface Given {
  readonly kubernetesVersion: string;
  readonly assume?: Readonly<Record<string, string>>;
  readonly ignore?: Readonly<Record<string, string>>;
}

/** The settings of checks and verdicts, or throws everything that is wrong with what was given. */
export function settingsOfGiven({ kubernetesVersion, assume = {}, ignore = {} }: Given): CheckSettings {
  const reader = new AssumptionsReader();
  Object.entries(assume).forEach(([key, value]) => reader.addPair(`${key}=${value}`, 'assume'));
  const { settings, problems } = settingsFrom({
    kubernetesVersion,
    assumptions: reader.read(),
    ignore: Object.entries(ignore).map(([rule, reason]) => `${rule}=${reason}`),
  });
  refuseProblems(problems);
  return settings;
}

/** Throws all problems together, where there are any. */
export function refuseProblems(problems: readonly InputProblem[]): void {
  if (problems.length > 0) {
    refuse(problems.map(problemText).join('\n'));
  }
}
