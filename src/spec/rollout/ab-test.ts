import type { Duration } from 'cdk8s';
import { type HeaderMatch, headerMatch } from './header-match';
import { type EngineSpec, engineSpecOf, type RolloutEngine } from './rollout-engine';
import { type Analysis, analysisOf } from '../analysis/analysis';
import { optionalSeconds, settingsOf } from '../values';

/** Settings of a release that is tried on requests with a header. */
export interface AbTestOptions {
  /**
   * Requests with this header reach the new version; all others stay with the old one until it is promoted. The new version has all of
   * its pods, because all requests may carry it. Refused without a way in that looks at headers, and under Argo Rollouts
   * beside another `path` of `Traffic.awsLoadBalancer` than `/`.
   */
  readonly header: HeaderMatch;

  /**
   * How long it is tried, from 1 second to 7 days. Refused where it is shorter than the analysis takes, or than the slowest way in takes
   * to learn of the header.
   * @default - 10 minutes, or as long as the analysis takes
   */
  readonly duration?: Duration;

  /**
   * What must hold of the new version for as long as it is tried; where it does not, its header leads to the old version again. Read as a
   * share of 100 %: how many requests carry the header is unknown.
   * @default - none: only pods that do not become ready stop a release
   */
  readonly analysis?: Analysis;

  /**
   * What moves the traffic. What an engine cannot do through a declared way in is refused with what to do instead.
   * @default RolloutEngine.argoRollouts()
   */
  readonly engine?: RolloutEngine;
}

/** A release that is tried on requests with a header, in the planner's form. */
export interface AbTestSpec {
  readonly kind: 'abTest';
  readonly engine: EngineSpec;
  readonly header: HeaderMatch;
  readonly seconds?: number;
  readonly analysis?: Analysis;
}

/** Reads the settings of such a release. */
export function abTestSpecOf(options: AbTestOptions): AbTestSpec {
  const { header, duration, analysis, engine } = settingsOf('Rollout.abTest options', options);
  return {
    kind: 'abTest',
    engine: engineSpecOf('Rollout.abTest engine', engine),
    header: headerMatch('Rollout.abTest header', header),
    seconds: optionalSeconds('Rollout.abTest duration', duration, 1, 604_800),
    analysis: analysisOf('Rollout.abTest analysis', analysis),
  };
}
