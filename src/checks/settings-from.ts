import type { CheckSettings } from './check-cluster';
import type { Ignore } from './ignore';
import { RULES, tryFindRule } from './rules';
import { AssumptionsReader, type AssumptionsReading } from '../assumptions/read-assumptions';
import type { InputProblem } from '../reading/input-problem';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';

/** Settings as people give them. */
export interface GivenSettings {
  /** Such as `1.34`. */
  readonly kubernetesVersion: string;
  readonly assumptions: AssumptionsReading;
  /** `rule=reason` each. */
  readonly ignore: readonly string[];
}

/** Settings as programs and their configurations give them. */
export interface ProgramSettings {
  readonly kubernetesVersion: string;
  readonly assume?: Readonly<Record<string, string | number>>;
  readonly ignore?: Readonly<Record<string, string>>;
}

/** The oldest Kubernetes for which manifests are taken to be written where nobody says. */
export const DEFAULT_KUBERNETES_VERSION = '1.30';
const OLDEST_MINOR = 20;
const NEWEST_MINOR = 99;

/** Settings, and everything that is wrong with what was given. */
export function settingsFrom(
  { kubernetesVersion, assumptions, ignore }: GivenSettings,
): { readonly settings: CheckSettings; readonly problems: readonly InputProblem[] } {
  const minor = minorOf(kubernetesVersion);
  const ignores = ignore.map(ignoreOf);
  const problems = [...assumptions.problems, ...[minor, ...ignores].flatMap((result) => 'problem' in result ? [result.problem] : [])];
  return {
    problems,
    settings: {
      assumptions: assumptions.assumptions,
      kubernetesMinor: 'value' in minor ? minor.value : 0,
      ignores: ignores.flatMap((result) => 'value' in result ? [result.value] : []),
    },
  };
}

/** The same for settings that programs give. */
export function settingsFromProgram({ kubernetesVersion, assume = {}, ignore = {} }: ProgramSettings): ReturnType<typeof settingsFrom> {
  const reader = new AssumptionsReader();
  Object.entries(assume).forEach(([key, value]) => reader.addPair(`${key}=${value}`, 'assume'));
  return settingsFrom({
    kubernetesVersion, assumptions: reader.read(), ignore: Object.entries(ignore).map(([rule, reason]) => `${rule}=${reason}`),
  });
}

type Taken<T> = { readonly value: T } | { readonly problem: InputProblem };

function minorOf(version: string): Taken<number> {
  const minor = Number(/^v?1\.(\d+)(\.\d+)?([-+].*)?$/.exec(version)?.[1]);
  if (minor >= OLDEST_MINOR && minor <= NEWEST_MINOR) {
    return { value: minor };
  }
  // YAML makes 1.3 of 1.30.
  const remedy = /^1\.\d$/.test(version) ? '; in YAML put it in quotes' : '';
  return { problem: { source: 'Kubernetes version', message: `${quoted(version)} must be a version such as 1.34, from 1.${OLDEST_MINOR} on${remedy}` } };
}

function ignoreOf(text: string): Taken<Ignore> {
  const [, ruleId = '', reason = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
  const problem = (message: string) => ({ problem: { source: 'ignore', message } });
  if (!tryFindRule(ruleId)) {
    return problem(`${quoted(ruleId)} is no rule${didYouMean(ruleId, RULES.map(({ id }) => id), 'zero-downtime explain lists them')}`);
  }
  return reason.trim() === ''
    ? problem(`rule ${quoted(ruleId)} must be ignored for a reason: write ${ruleId}=why it does not matter here`)
    : { value: { ruleId, reason: reason.trim(), by: 'ignore' } };
}
