import type { PolicyConfigSchema } from '@pulumi/policy';
import type { CheckSettings } from '../checks/check-cluster';
import { DEFAULT_KUBERNETES_VERSION, type ProgramSettings, settingsFromProgram } from '../checks/settings-from';
import { isMap } from '../reading/found-objects';
import { problemText } from '../reading/input-problem';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';

/** What checks and verdicts are told, in the program of the pack or in its configuration. */
export type GivenPolicySettings = Partial<ProgramSettings>;

/** Settings, or everything that is wrong with what was given: one sentence each. */
export type PolicySettings = { readonly settings: CheckSettings } | { readonly problems: readonly string[] };

/** How Pulumi is told of the settings that a pack can be configured with. */
export const SETTINGS_SCHEMA: PolicyConfigSchema = {
  properties: {
    kubernetesVersion: { type: 'string', description: 'The oldest Kubernetes version that the manifests must work on, such as "1.34".' },
    assume: {
      type: 'object',
      additionalProperties: { type: ['string', 'number'] },
      description: 'What manifests do not show, by the keys that `zero-downtime explain` lists.',
    },
    ignore: { type: 'object', additionalProperties: { type: 'string' }, description: 'Rules to ignore, each with the reason.' },
  },
};

const NAMES = Object.keys(SETTINGS_SCHEMA.properties);

/** Reads settings; those of the configuration are added to those of the program, and hold where both say something. */
export function policySettingsOf(program: GivenPolicySettings, configuration: unknown = {}): PolicySettings {
  const shape = shapeProblems(configuration);
  if (shape.length > 0) {
    return { problems: shape };
  }
  const configured = configuration as GivenPolicySettings;
  const { settings, problems } = settingsFromProgram({
    kubernetesVersion: String(configured.kubernetesVersion ?? program.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION),
    assume: { ...program.assume, ...configured.assume },
    ignore: { ...program.ignore, ...configured.ignore },
  });
  return problems.length > 0 ? { problems: problems.map(problemText) } : { settings };
}

/** What is wrong with the names and types of settings; the engine checks no names. */
export function shapeProblems(given: unknown): string[] {
  if (!isMap(given)) {
    return ['the settings must be a map of names to values'];
  }
  const unknown = Object.keys(given).filter((name) => !NAMES.includes(name))
    .map((name) => `${quoted(name)} is no setting of this policy${didYouMean(name, NAMES, `write one of ${NAMES.join(', ')}`)}`);
  const maps = ['assume', 'ignore'].filter((name) => given[name] !== undefined && !isMapOfScalars(given[name]))
    .map((name) => `${name} must be a map of ${name === 'assume' ? 'keys to values' : 'rules to reasons'}`);
  return [...unknown, ...maps];
}

function isMapOfScalars(value: unknown): boolean {
  return isMap(value) && Object.values(value).every((each) => typeof each === 'string' || typeof each === 'number');
}
