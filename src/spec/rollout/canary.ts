import type { Duration } from 'cdk8s';
import { type HeaderMatch, headerMatch } from './header-match';
import { type EngineSpec, engineSpecOf, type RolloutEngine } from './rollout-engine';
import { type SessionCookieOptions, sessionCookieOf, SessionCookieSpec } from './session-cookie';
import { type Analysis, analysisOf } from '../analysis/analysis';
import { refuse } from '../declaration-error';
import { listOf, optionalSeconds, settingsOf, shown, wholeNumber } from '../values';

/** Settings of a canary release. */
export interface CanaryOptions {
  /**
   * The shares of the traffic that the new version takes one after another, in percent: whole numbers from 1 to 100, each larger
   * than the one before. After the last one it takes everything. Where no way in splits traffic, pods are the shares: one that is no
   * pod of the fewest replicas, or as many as the one before, is refused.
   * @default - 5, 25, 50
   */
  readonly steps?: number[];

  /**
   * How long each share is held, from 1 second to 7 days. Refused where it is shorter than the analysis of one share takes, than the
   * slowest way in takes to learn of new weights, or under Flagger than its load tests may take.
   * @default - 5 minutes, or as long as the analysis and the load tests take
   */
  readonly stepDuration?: Duration;

  /**
   * Shares, out of `steps`, that are held until somebody approves of what comes next. Flagger asks a webhook, which must be given:
   * `FlaggerWebhook.confirmPromotion` for the last share, `FlaggerWebhook.confirmTrafficIncrease` for any other.
   * @default - none: the release goes on by itself
   */
  readonly approvalAt?: number[];

  /**
   * Requests with this header reach the new version from the first step on, whatever its share. Its pods are counted for the first share,
   * so few requests should carry it. Flagger takes none beside shares: see `Rollout.abTest`. Argo Rollouts takes none beside another
   * `path` of `Traffic.awsLoadBalancer` than `/`.
   * @default - none
   */
  readonly header?: HeaderMatch;

  /**
   * The share of the requests, in percent, of which the new version gets a copy before its first share of the traffic; its answers
   * are thrown away. It is held and judged as long as the first share is, and pods are there for all of the copies. Every request must
   * then be safe to execute twice. A whole number from 1 to 100; refused through any other way in than Istio.
   * @default - none
   */
  readonly mirrorPercent?: number;

  /**
   * Keeps a client on the version that answered it first. Flagger can through Istio and an HTTPRoute, the native engine through a load
   * balancer of AWS, and Argo Rollouts not at all.
   * @default - each request is drawn anew
   */
  readonly sessionCookie?: SessionCookieOptions;

  /**
   * What must hold of the new version at each share, and before the first one while it gets copies; where it does not, everything goes
   * back to the old version.
   * @default - none: only pods that do not become ready stop a release
   */
  readonly analysis?: Analysis;

  /**
   * What moves the traffic. What an engine cannot do through a declared way in is refused with what to do instead.
   * @default RolloutEngine.argoRollouts()
   */
  readonly engine?: RolloutEngine;
}

/** A canary release, in the planner's form. */
export interface CanarySpec {
  readonly kind: 'canary';
  readonly engine: EngineSpec;
  readonly steps: readonly number[];
  readonly stepSeconds?: number;
  readonly approvalAt: readonly number[];
  readonly header?: HeaderMatch;
  readonly mirrorPercent?: number;
  readonly sessionCookie?: SessionCookieSpec;
  readonly analysis?: Analysis;
}

/** Reads the settings of a canary release. */
export function canarySpecOf(options: CanaryOptions): CanarySpec {
  settingsOf('Rollout.canary options', options);
  const steps = [...listOf('Rollout.canary steps', options.steps ?? [5, 25, 50])];
  const approvalAt = [...listOf('Rollout.canary approvalAt', options.approvalAt ?? [])];
  checkSteps(steps);
  const stray = approvalAt.find((weight) => !steps.includes(weight));
  if (stray !== undefined) {
    refuse(`Rollout.canary approvalAt ${shown(stray)} must be one of the steps ${steps.join(', ')}`);
  }
  return {
    kind: 'canary',
    engine: engineSpecOf('Rollout.canary engine', options.engine),
    steps,
    stepSeconds: optionalSeconds('Rollout.canary stepDuration', options.stepDuration, 1, 604_800),
    approvalAt,
    header: options.header === undefined ? undefined : headerMatch('Rollout.canary header', options.header),
    mirrorPercent: options.mirrorPercent === undefined ? undefined : wholeNumber('Rollout.canary mirrorPercent', options.mirrorPercent, 1, 100),
    sessionCookie: options.sessionCookie === undefined ? undefined : sessionCookieOf('Rollout.canary sessionCookie', options.sessionCookie),
    analysis: analysisOf('Rollout.canary analysis', options.analysis),
  };
}

function checkSteps(steps: readonly number[]): void {
  if (steps.length === 0) {
    refuse('Rollout.canary steps must hold at least one share, such as 5; without any use Rollout.rolling or Rollout.blueGreen');
  }
  steps.forEach((weight, index) => {
    wholeNumber(`Rollout.canary steps ${index + 1}:`, weight, 1, 100);
    if (index > 0 && weight <= steps[index - 1]) {
      refuse(`Rollout.canary steps ${index + 1}: ${weight} must be more than the one before, ${steps[index - 1]}; a share only grows`);
    }
  });
}
