import type { Duration } from 'cdk8s';
import { type HeaderMatch, headerMatch } from './header-match';
import { type EngineSpec, RolloutEngine } from './rollout-engine';
import type { Analysis } from '../analysis/analysis';
import { optionalSeconds } from '../values';

/** Settings of a release that is tried on requests with a header. */
export interface AbTestOptions {
  /** Requests with this header reach the new version; all others stay with the old one until it is promoted. */
  readonly header: HeaderMatch;

  /**
   * How long it is tried, from 1 second to 7 days, and no shorter than the analysis needs.
   * @default - 10 minutes, or as long as the analysis needs
   */
  readonly duration?: Duration;

  /**
   * What must hold of the new version; where it does not, everything goes back to the old version.
   * @default - none: only pods that do not become ready stop a release
   */
  readonly analysis?: Analysis;

  /**
   * What moves the traffic.
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
export function abTestSpecOf({ header, duration, analysis, engine }: AbTestOptions): AbTestSpec {
  return {
    kind: 'abTest',
    engine: (engine ?? RolloutEngine.argoRollouts())._spec,
    header: headerMatch('Rollout.abTest header', header),
    seconds: optionalSeconds('Rollout.abTest duration', duration, 1, 604_800),
    analysis,
  };
}
