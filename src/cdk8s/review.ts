import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { refuseProblems, settingsOfGiven } from './given-settings';
import { Severity, type ReviewFinding, type ReviewVerdict, type Verdict } from './review-result';
import { checkIn, contextOf } from '../checks/check-cluster';
import type { Finding } from '../checks/finding';
import { clusterOf, type Cluster } from '../cluster/cluster';
import { problemText } from '../reading/input-problem';
import type { ReadObject } from '../reading/read-object';
import { problemOf } from '../reading/wrong-field';
import { findingsText } from '../report/findings-text';
import { reported } from '../report/reported';
import { timelineText } from '../report/timeline-text';
import { verdictsText } from '../report/verdicts-text';
import { refuse } from '../spec/declaration-error';
import { KubernetesVersion } from '../spec/kubernetes-version';
import type { Verified } from '../verify/verdict';
import { verifyCluster } from '../verify/verify-cluster';

/** What a review is told beside the constructs. */
export interface ReviewOptions {
  /**
   * Findings of this severity and worse count.
   * @default Severity.WARNING
   */
  readonly severity?: Severity;
  /**
   * The oldest Kubernetes version that the manifests must work on.
   * @default KubernetesVersion.V1_30
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * What manifests do not show, by the keys that `zero-downtime explain` lists: `{ shutdown: 'drains' }`. A key may name one
   * workload: `shop/payments:longest-request-seconds`.
   * @default - what annotations of the workloads say, and the documented defaults
   */
  readonly assume?: Record<string, string>;
  /**
   * Rules to ignore, each with the reason.
   * @default - those that annotations of the objects accept
   */
  readonly ignore?: Record<string, string>;
}

/**
 * Checks and verifies what a construct tree synthesizes: an App, a Chart, or a single construct with its children.
 *
 * It sees the objects as a stranger would, whoever made them, so a test can hold a whole App to it.
 */
export class Review {
  /**
   * Reviews all objects of a construct tree as they are at this moment.
   *
   * @param scope an App, a Chart, or any construct
   * @throws where an option, or a field that is read, is of a wrong type
   */
  static of(scope: IConstruct, options: ReviewOptions = {}): Review {
    return new Review(scope, options);
  }

  /** What the rules found, in the order of construct paths; ignored findings are among them. */
  readonly findings: ReviewFinding[];
  /** The verdict on each way in to each workload. */
  readonly verdicts: ReviewVerdict[];

  private readonly severity: Severity;
  private readonly found: readonly Finding[];
  private readonly cluster: Cluster;
  private readonly verified: Verified;

  private constructor(scope: IConstruct, options: ReviewOptions) {
    this.severity = options.severity ?? Severity.WARNING;
    const settings = settingsOfGiven({ ...options, kubernetesVersion: (options.kubernetesVersion ?? KubernetesVersion.V1_30).toString() });
    const { cluster, problems } = clusterOf(objectsOf(scope));
    const context = contextOf(cluster, settings);
    const checked = checkIn(context, settings);
    refuseProblems([...problems, ...checked.problems]);
    this.cluster = cluster;
    this.found = checked.findings;
    this.verified = orRefused(() => verifyCluster(context, { ignores: settings.ignores }));
    this.findings = this.found.map(findingOf);
    this.verdicts = verdictsOf(this.verified);
  }

  /** Whether no finding counts, and every workload is PROVED. */
  get isSound(): boolean {
    return this.report.findings.length === 0 && this.verified.workloads.every(({ verdict }) => verdict === 'PROVED');
  }

  /**
   * Does nothing where the review is sound, so that a test needs no more than this.
   *
   * @throws where a finding counts or a workload is not PROVED, with all of them as `explain` tells them
   */
  assertSound(): void {
    if (!this.isSound) {
      refuse(`the release is not sound\n\n${this.explain()}`);
    }
  }

  /** The findings that count and the verdicts with their margins or counterexamples, as the command line prints them. */
  explain(): string {
    const { report } = this;
    return `${findingsText(report, false)}\n${verdictsText(this.verified, report.judged, false)}`;
  }

  private get report(): ReturnType<typeof reported> {
    return reported(this.found, this.severity, { cluster: this.cluster, files: 1, passedOver: 0 });
  }
}

function objectsOf(scope: IConstruct): ReadObject[] {
  return scope.node.findAll().filter(ApiObject.isApiObject).map((object) => ({
    value: object.toJson() as Record<string, unknown>,
    source: { name: object.node.path, position: () => undefined },
  }));
}

/** A wrong field that only a model reads is refused like any other. */
function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return refuse(problemText(problemOf(error)));
  }
}

function findingOf({ ruleId, severity, source, object, path, message, fix, ignored }: Finding): ReviewFinding {
  return { ruleId, severity: severity as Severity, constructPath: source, object, path, message, fix, ignoredBecause: ignored?.reason };
}

function verdictsOf({ workloads }: Verified): ReviewVerdict[] {
  return workloads.flatMap(({ source, workload, ways }) => ways.map(({ path, through, verdict, counterexample, missing }) => ({
    constructPath: source,
    workload,
    way: path,
    through,
    verdict: verdict as Verdict,
    counterexample: counterexample && timelineText(counterexample),
    missing: [...missing],
  })));
}
