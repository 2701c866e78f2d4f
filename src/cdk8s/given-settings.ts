import type { CheckSettings } from '../checks/check-cluster';
import { type ProgramSettings, settingsFromProgram } from '../checks/settings-from';
import { problemText, type InputProblem } from '../reading/input-problem';
import { refuse } from '../spec/declaration-error';

/** The settings of checks and verdicts, or throws everything that is wrong with what was given. */
export function settingsOfGiven(given: ProgramSettings): CheckSettings {
  const { settings, problems } = settingsFromProgram(given);
  refuseProblems(problems);
  return settings;
}

/** Throws all problems together, where there are any. */
export function refuseProblems(problems: readonly InputProblem[]): void {
  if (problems.length > 0) {
    refuse(problems.map(problemText).join('\n'));
  }
}
