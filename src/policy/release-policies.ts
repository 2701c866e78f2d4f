import type { EnforcementLevel, Policies, StackValidationPolicy } from '@pulumi/policy';
import { Levels } from './levels';
import { policySettingsOf, SETTINGS_SCHEMA, type GivenPolicySettings } from './policy-settings';
import { rdsPolicies } from './rds/policies';
import { refusal } from './refusal';
import { StackRun } from './stack-run';
import { TOLD_BESIDE_RULES } from './told';
import { SEVERITIES } from '../checks/finding';
import { RULES } from '../checks/rules';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';

/** What policies are told. */
export interface ReleasePoliciesOptions {
  /**
   * Rules of this severity and worse are enforced; those below are disabled, and a pack's configuration may enable them one by one.
   * @default "warning"
   */
  readonly severity?: 'error' | 'warning' | 'info';
  /**
   * The oldest Kubernetes version that the manifests must work on, from `1.20`, such as `1.34`.
   * @default "1.30"
   */
  readonly kubernetesVersion?: string;
  /**
   * What manifests do not show, by the keys that `zero-downtime explain` lists: `{ shutdown: 'drains' }`. A key may name one workload:
   * `shop/payments:longest-request-seconds`.
   * @default - what annotations of the workloads say, and the documented defaults
   */
  readonly assume?: Readonly<Record<string, string | number>>;
  /**
   * Rules to ignore, each with the reason.
   * @default - those that annotations of the objects accept
   */
  readonly ignore?: Readonly<Record<string, string>>;
  /**
   * How it is enforced that no request is lost: rules of severity `error`, refuted releases, and objects that cannot be read. All
   * else is advisory.
   * @default "mandatory"
   */
  readonly enforcementLevel?: 'mandatory' | 'advisory' | 'disabled';
}

const OPTIONS = ['severity', 'kubernetesVersion', 'assume', 'ignore', 'enforcementLevel'];
const LEVELS = ['mandatory', 'advisory', 'disabled'];

/**
 * Pulumi policies that check and verify every Kubernetes object of a stack, whoever wrote it, and that an update of an RDS instance
 * is a switch to a copy rather than an outage.
 *
 * Each rule is a policy under its permanent id. The stack is judged once for all of them.
 */
export class ReleasePolicies {
  /**
   * The policies of a `PolicyPack`.
   *
   * @throws where an option cannot be taken
   */
  static of(options: ReleasePoliciesOptions = {}): Policies {
    refuseWrong(options);
    const { severity = 'warning', enforcementLevel = 'mandatory', kubernetesVersion, assume, ignore } = options;
    const given: GivenPolicySettings = { kubernetesVersion, assume, ignore };
    const read = policySettingsOf(given);
    if ('problems' in read) {
      throw refusal(read.problems);
    }
    const run = new StackRun(given, read.settings);
    const levels = new Levels(severity, enforcementLevel);
    return [declaredInputs(run), settings(run), ...besideRules(run, enforcementLevel), ...rulePolicies(run, levels), ...rdsPolicies(levels)];
  }

  private constructor() {}
}

function refuseWrong(options: ReleasePoliciesOptions): void {
  const { severity = 'warning', enforcementLevel = 'mandatory' } = options;
  const wrong = [
    ...Object.keys(options).filter((name) => !OPTIONS.includes(name)).map((name) => `${quoted(name)} is no option of ReleasePolicies${didYouMean(name, OPTIONS)}`),
    ...(SEVERITIES as readonly string[]).includes(severity) ? [] : [`severity ${quoted(String(severity))} must be ${SEVERITIES.join(', ')}`],
    ...LEVELS.includes(enforcementLevel) ? [] : [`enforcementLevel ${quoted(String(enforcementLevel))} must be ${LEVELS.join(', ')}`],
  ];
  if (wrong.length > 0) {
    throw refusal(wrong);
  }
}

/** Only a remediation is shown which values are secret. This one changes nothing. */
function declaredInputs(run: StackRun): Policies[number] {
  return {
    name: 'declared-inputs',
    description: 'Notes what the program declares and which of it is secret, so that no message shows a secret; changes nothing.',
    enforcementLevel: 'remediate',
    remediateResource: (args) => run.declare(args),
  };
}

function settings(run: StackRun): StackValidationPolicy {
  return {
    name: TOLD_BESIDE_RULES.settings,
    description: 'The settings of the policies can be taken.',
    enforcementLevel: 'mandatory',
    configSchema: SETTINGS_SCHEMA,
    validateStack: (args, reportViolation) => run.configure(args.getConfig()).forEach((problem) => reportViolation(problem)),
  };
}

function besideRules(run: StackRun, enforcementLevel: EnforcementLevel): StackValidationPolicy[] {
  const { unreadable, loses, unknown, notJudged } = TOLD_BESIDE_RULES;
  return [
    stackPolicy(run, unreadable, { description: 'Every Kubernetes object can be read.', enforcementLevel, severity: 'high' }),
    stackPolicy(run, loses, { description: 'No release loses a request.', enforcementLevel, severity: 'high' }),
    stackPolicy(run, unknown, { description: 'It is known whether a release loses requests.', enforcementLevel: 'advisory', severity: 'low' }),
    stackPolicy(run, notJudged, { description: 'Every Kubernetes object is judged as a whole.', enforcementLevel: 'advisory', severity: 'low' }),
  ];
}

function rulePolicies(run: StackRun, levels: Levels): StackValidationPolicy[] {
  return RULES.map(({ id, severity, title, why }) => stackPolicy(run, id, { ...levels.of(severity), description: title, remediationSteps: why }));
}

function stackPolicy(run: StackRun, name: string, policy: Omit<StackValidationPolicy, 'name' | 'validateStack'>): StackValidationPolicy {
  return {
    ...policy,
    name,
    validateStack: (args, reportViolation) => run.told(name, args).forEach(({ message, urn }) => reportViolation(message, urn)),
  };
}
