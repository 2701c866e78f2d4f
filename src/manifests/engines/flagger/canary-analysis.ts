import type { PlannedAnalysis } from '../../../plan/analysis/planned-analysis';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import type { FlaggerWebhook } from '../../../spec/rollout/flagger-webhook';
import { renderFlaggerMetrics } from '../../analysis/metric-template';
import { withoutAbsent } from '../../manifest';
import { durationOf } from '../../traffic/virtual-service';

/** What Flagger can release. */
export type FlaggerRollout = PlannedCanary | PlannedAbTest | PlannedBlueGreen;

/**
 * What Flagger judges a new version by. Of a blue-green release it judges the preview and, after the switch, the live version by one
 * list of metrics.
 */
export function analysisOf(rollout: FlaggerRollout): PlannedAnalysis | undefined {
  return rollout.kind === 'blueGreen' ? rollout.previewAnalysis ?? rollout.analysis : rollout.analysis;
}

/**
 * Renders how Flagger goes on, once in each interval: the checks first, and where they hold the next share or iteration. So what a
 * share is judged by is measured one interval after it was set.
 * @see https://github.com/fluxcd/flagger/blob/main/pkg/controller/scheduler.go
 */
export function renderCanaryAnalysis(planned: Planned, rollout: FlaggerRollout) {
  const analysis = analysisOf(rollout);
  const webhooks = rollout.engine.kind === 'flagger' ? rollout.engine.webhooks : [];
  return withoutAbsent({
    interval: durationOf(rollout.loop!.interval),
    threshold: renderThreshold(analysis),
    ...(rollout.kind === 'canary' ? renderShares(planned, rollout) : { iterations: rollout.loop!.iterations }),
    match: rollout.kind === 'abTest' ? [{ headers: { [rollout.header.name]: { exact: rollout.header.value } } }] : undefined,
    metrics: analysis && renderFlaggerMetrics(planned, analysis),
    webhooks: webhooks.length === 0 ? undefined : webhooks.map(renderWebhook),
  });
}

/**
 * Flagger gives up at so many failed checks, of the whole release. A check without a result has failed too, so the smaller limit
 * of the two counts, and one more than it forgives.
 */
function renderThreshold(analysis: PlannedAnalysis | undefined): number {
  return analysis ? Math.min(analysis.failureLimit, analysis.inconclusiveLimit) + 1 : 1;
}

function renderShares({ spec }: Planned, { steps, mirrorPercent, sessionCookie }: PlannedCanary) {
  const stepWeights = steps.map(({ weight }) => weight);
  return withoutAbsent({
    stepWeights,
    stepWeightPromotion: largestStepOf(stepWeights),
    mirror: mirrorPercent === undefined ? undefined : true,
    mirrorWeight: mirrorPercent,
    sessionAffinity: sessionCookie && {
      cookieName: sessionCookie.name,
      // Without it clients of the old version are drawn anew at every request until they all have reached the new one.
      primaryCookieName: sessionCookie.name === `${spec.name}-canary` ? `${spec.name}-primary` : `${sessionCookie.name}-primary`,
      maxAge: sessionCookie.maxAgeSeconds,
    },
  });
}

/**
 * No more traffic goes back at once to the promoted primary, whose autoscaler has followed what was left to it, than ever went over
 * at once to the new version. Without this all of it goes back at once.
 */
function largestStepOf(weights: readonly number[]): number {
  return Math.max(...weights.map((weight, index) => weight - (weights[index - 1] ?? 0)));
}

function renderWebhook({ name, type, url, timeoutSeconds, metadata }: FlaggerWebhook) {
  return withoutAbsent({
    name,
    type,
    url,
    timeout: durationOf(timeoutSeconds),
    metadata: Object.keys(metadata).length === 0 ? undefined : { ...metadata },
  });
}
