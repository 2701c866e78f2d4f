import { settingsOfGiven } from './given-settings';
import { nameConstructs, type RecordedPaths } from './recorded-paths';
import { checkIn, contextOf, type CheckSettings } from '../checks/check-cluster';
import { isAtLeast, SEVERITIES, type Finding, type Severity } from '../checks/finding';
import type { RuleContext } from '../checks/rule';
import { DEFAULT_KUBERNETES_VERSION } from '../checks/settings-from';
import { clusterOf } from '../cluster/cluster';
import { readPaths } from '../reading/expand-paths';
import { problemText, type InputProblem } from '../reading/input-problem';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';
import { problemOf } from '../reading/wrong-field';
import { timelineText } from '../report/timeline-text';
import { refuse } from '../spec/declaration-error';
import { verifyCluster } from '../verify/verify-cluster';

/** The `properties` of the validation in cdk8s.yaml. */
export interface ReleaseValidationProps {
  /**
   * Findings of this severity and worse fail: `error`, `warning` or `info`.
   * @default "warning"
   */
  readonly severity?: string;
  /**
   * The oldest Kubernetes version that the manifests must work on, such as `1.34`.
   * @default "1.30"
   */
  readonly kubernetesVersion?: string;
  /**
   * What manifests do not show, by the keys that `zero-downtime explain` lists.
   * @default - what annotations of the workloads say, and the documented defaults
   */
  readonly assume?: Record<string, string>;
  /**
   * Rules to ignore, each with the reason.
   * @default - those that annotations of the objects accept
   */
  readonly ignore?: Record<string, string>;
}

const PROPERTIES: readonly string[] = ['severity', 'kubernetesVersion', 'assume', 'ignore'];

/** A violation as cdk8s-cli takes it. */
interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/** What of cdk8s-cli's context is used. */
interface Context {
  readonly manifests: readonly string[];
  readonly metadata: RecordedPaths;
  readonly report: { addViolation(violation: Violation): void; submit(status: 'success' | 'failure', metadata?: Record<string, string>): void };
  readonly logger: { log(message: string): void };
}

/**
 * A plugin for the `validations` of cdk8s.yaml: `cdk8s synth` then checks and verifies every chart, whoever wrote it, and fails where
 * a release of it would lose a request. UNKNOWN verdicts are told and do not fail.
 */
export class ReleaseValidation {
  private readonly severity: Severity;
  private readonly settings: CheckSettings;

  /**
   * Called by cdk8s-cli.
   *
   * @param properties the `properties` of the validation in cdk8s.yaml
   * @throws where one of them cannot be taken
   */
  constructor(properties: ReleaseValidationProps = {}) {
    const { severity = 'warning', kubernetesVersion = DEFAULT_KUBERNETES_VERSION, assume, ignore } = properties;
    const unknown = Object.keys(properties).find((name) => !PROPERTIES.includes(name));
    if (unknown !== undefined) {
      refuse(`${quoted(unknown)} is no property of this validation${didYouMean(unknown, PROPERTIES)}`);
    }
    if (!(SEVERITIES as readonly string[]).includes(severity)) {
      refuse(`severity ${JSON.stringify(severity)} must be ${SEVERITIES.join(', ')}`);
    }
    this.severity = severity as Severity;
    this.settings = settingsOfGiven({ kubernetesVersion: String(kubernetesVersion), assume, ignore });
  }

  /**
   * Called by cdk8s-cli.
   *
   * @param context cdk8s-cli's ValidationContext
   */
  async validate(context: any): Promise<void> {
    const { manifests, metadata, report, logger } = context as Context;
    const reading = readPaths(manifests, { stdin: () => '' });
    const { cluster, problems } = clusterOf(reading.objects);
    const ruleContext = contextOf(cluster, this.settings);
    const checked = checkIn(ruleContext, this.settings);
    const all = [...reading.problems, ...problems, ...checked.problems];
    const violations = all.length > 0 ? [unreadable(all)]
      : [...this.findingsOf(checked.findings), ...orUnreadable(() => this.lossesOf(ruleContext, logger))];
    nameConstructs(metadata, cluster.objects);
    violations.forEach((violation) => report.addViolation(violation));
    report.submit(violations.length > 0 ? 'failure' : 'success');
  }

  private findingsOf(findings: readonly Finding[]): Violation[] {
    return findings
      .filter(({ ignored, severity }) => !ignored && isAtLeast(severity, this.severity))
      .map(({ ruleId, kind, name, path, source, message, fix }) => violationOf(ruleId, { kind, name, source }, path, message, fix));
  }

  private lossesOf(context: RuleContext, logger: Context['logger']): Violation[] {
    const { workloads } = verifyCluster(context, { ignores: this.settings.ignores });
    return workloads.flatMap((workload) => workload.ways.flatMap(({ path, through, verdict, reason, counterexample }) => {
      if (verdict === 'UNKNOWN') {
        logger.log(`${workload.workload}, ${path} by ${through}: UNKNOWN, ${reason ?? ''}`);
      }
      const course = counterexample ? timelineText(counterexample) : 'a release loses requests';
      return verdict !== 'REFUTED' ? []
        : [violationOf('release-loses-requests', workload, `${path} by ${through}`, course, counterexample?.remedy ?? 'see what the rules say')];
    }));
  }
}

function violationOf(
  ruleName: string, { kind, name, source }: { kind: string; name: string; source: string }, location: string, recommendation: string, fix: string,
): Violation {
  return { ruleName, recommendation, fix, violatingResources: [{ resourceName: `${kind} ${name}`, locations: [location], manifestPath: source }] };
}

/** A wrong field that only a model reads is a violation like any other. */
function orUnreadable(work: () => Violation[]): Violation[] {
  try {
    return work();
  } catch (error) {
    return [unreadable([problemOf(error)])];
  }
}

function unreadable(problems: readonly InputProblem[]): Violation {
  return {
    ruleName: 'unreadable',
    recommendation: problems.map(problemText).join('\n'),
    fix: 'correct what is written there',
    violatingResources: problems.map(({ source }) => ({ resourceName: source, locations: [], manifestPath: source })),
  };
}
