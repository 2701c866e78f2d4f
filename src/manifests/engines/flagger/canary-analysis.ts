import type { Planned } from '../../../plan/planned-service';
import { forgivenChecks, judgedBy, largestStepOf } from '../../../plan/rollout/flagger-course';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import type { FlaggerWebhook } from '../../../spec/rollout/flagger-webhook';
import { renderFlaggerMetrics } from '../../analysis/metric-template';
import { withoutAbsent } from '../../manifest';
import { durationOf } from '../../traffic/virtual-service';

/** What Flagger can release. */
export type FlaggerRollout = PlannedCanary | PlannedAbTest | PlannedBlueGreen;

/**
 * Renders how Flagger goes on, once in each interval: the checks first, and where they hold the next share or iteration. So what a
 * share is judged by is measured one interval after it was set.
 * @see https://github.com/fluxcd/flagger/blob/main/pkg/controller/scheduler.go
 */
export function renderCanaryAnalysis(planned: Planned, rollout: FlaggerRollout) {
  const analysis = judgedBy(rollout);
  const webhooks = rollout.engine.kind === 'flagger' ? rollout.engine.webhooks : [];
  return withoutAbsent({
    interval: durationOf(rollout.loop!.interval),
    // It gives up at so many failed checks.
    threshold: forgivenChecks(analysis) + 1,
    ...(rollout.kind === 'canary' ? renderShares(planned, rollout) : { iterations: rollout.loop!.iterations }),
    match: rollout.kind === 'abTest' ? [{ headers: { [rollout.header.name]: { exact: rollout.header.value } } }] : undefined,
    metrics: analysis && renderFlaggerMetrics(planned, analysis),
    webhooks: webhooks.length === 0 ? undefined : webhooks.map(renderWebhook),
  });
}

function renderShares({ spec }: Planned, rollout: PlannedCanary) {
  const { steps, mirrorPercent, sessionCookie } = rollout;
  return withoutAbsent({
    stepWeights: steps.map(({ weight }) => weight),
    // Without it all of it goes back to the primary at once.
    stepWeightPromotion: largestStepOf(rollout),
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

function renderWebhook({ name, type, url, timeoutSeconds, metadata }: FlaggerWebhook) {
  return withoutAbsent({
    name,
    type,
    url,
    timeout: durationOf(timeoutSeconds),
    metadata: Object.keys(metadata).length === 0 ? undefined : { ...metadata },
  });
}
