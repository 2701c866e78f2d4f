import type { Duration } from 'cdk8s';
import { type EngineSpec, engineSpecOf, type RolloutEngine } from './rollout-engine';
import { type Analysis, analysisOf } from '../analysis/analysis';
import { refuse } from '../declaration-error';
import { Pods } from '../pods';
import { oneOf, optionalSeconds, settingsOf } from '../values';

/** What moves all traffic to a new version that is ready. */
export enum Promotion {
  /** It moves as soon as the new version is ready and its analysis holds. */
  AUTOMATIC = 'AUTOMATIC',
  /** It moves when somebody approves: by the engine's own command, or a webhook of Flagger, which must be given. */
  AFTER_APPROVAL = 'AFTER_APPROVAL',
}

/** Settings of a blue-green release. */
export interface BlueGreenOptions {
  /**
   * What moves all traffic to a new version that is ready.
   * @default Promotion.AUTOMATIC
   */
  readonly promotion?: Promotion;

  /**
   * What must hold of the new version before it gets any traffic, such as the result of tests on its preview. Comparisons with the old
   * version are refused. Flagger needs a `FlaggerWebhook.loadTest` for it, and takes either this or `analysis`.
   * @default - its pods are ready
   */
  readonly previewAnalysis?: Analysis;

  /**
   * What must hold of the new version once it takes all traffic; where it does not, everything goes back. Comparisons with the old
   * version are refused. Flagger judges by it before the traffic moves, and needs a `FlaggerWebhook.loadTest` for it.
   * @default - none
   */
  readonly analysis?: Analysis;

  /**
   * How long the old version keeps its pods after the traffic has left it, so that a return is at once. From 30 seconds to 7 days, and
   * refused where it is shorter than the analysis, or than the slowest way in needs until the last request to the old version is
   * answered. Flagger, which replaces the old version's pods, takes none.
   * @default - 10 minutes, and never shorter than the analysis or than the slowest way in takes to learn of the change
   */
  readonly bakeTime?: Duration;

  /**
   * The pods of the new version until it is promoted; then it grows to the replicas before it takes traffic. From 1 pod to the
   * replicas, the most that an autoscaler makes; a percentage of these is rounded up. Flagger takes none.
   * @default - as many as the old version has
   */
  readonly previewPods?: Pods;

  /**
   * What moves the traffic. What an engine cannot do through a declared way in is refused with what to do instead.
   * @default RolloutEngine.argoRollouts()
   */
  readonly engine?: RolloutEngine;
}

/** A blue-green release, in the planner's form. */
export interface BlueGreenSpec {
  readonly kind: 'blueGreen';
  readonly engine: EngineSpec;
  readonly promotion: Promotion;
  readonly previewAnalysis?: Analysis;
  readonly analysis?: Analysis;
  readonly bakeSeconds?: number;
  readonly previewPods?: Pods;
}

/** Reads the settings of a blue-green release. */
export function blueGreenSpecOf(options: BlueGreenOptions): BlueGreenSpec {
  settingsOf('Rollout.blueGreen options', options);
  if (options.previewPods !== undefined && (!(options.previewPods instanceof Pods) || options.previewPods.amount === 0)) {
    refuse('Rollout.blueGreen previewPods must be Pods.count(…) or Pods.percent(…) above zero');
  }
  return {
    kind: 'blueGreen',
    engine: engineSpecOf('Rollout.blueGreen engine', options.engine),
    promotion: oneOf('Rollout.blueGreen promotion', options.promotion ?? Promotion.AUTOMATIC, 'Promotion', Promotion),
    previewAnalysis: analysisOf('Rollout.blueGreen previewAnalysis', options.previewAnalysis),
    analysis: analysisOf('Rollout.blueGreen analysis', options.analysis),
    bakeSeconds: optionalSeconds('Rollout.blueGreen bakeTime', options.bakeTime, 0, 604_800),
    previewPods: options.previewPods,
  };
}
