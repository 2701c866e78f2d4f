import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from './planned-rollout';
import type { PlannedAnalysis } from '../analysis/planned-analysis';

/**
 * What Flagger judges a new version by. Of a blue-green release it judges the preview and, after the switch, the live version by one
 * list of metrics.
 */
export function judgedBy(rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): PlannedAnalysis | undefined {
  return rollout.kind === 'blueGreen' ? rollout.previewAnalysis ?? rollout.analysis : rollout.analysis;
}

/** The failed checks of a whole release that Flagger forgives. A check without a result has failed too, so the smaller limit of the two counts. */
export function forgivenChecks(analysis: PlannedAnalysis | undefined): number {
  return analysis ? Math.min(analysis.failureLimit, analysis.inconclusiveLimit) : 0;
}

/**
 * The most traffic that ever goes over at once to the new version, in percent. No more goes back at once to the promoted primary, whose
 * autoscaler has followed what was left to it.
 */
export function largestStepOf({ steps }: PlannedCanary): number {
  return Math.max(...steps.map(({ weight }, index) => weight - (steps[index - 1]?.weight ?? 0)));
}
