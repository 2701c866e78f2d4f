import { renderFlaggerAutoscaler } from './autoscaler';
import { renderCanary } from './canary';
import type { FlaggerRollout } from './canary-analysis';
import { primaryOf } from './primary';
import type { Planned } from '../../../plan/planned-service';
import { judgedBy } from '../../../plan/rollout/flagger-course';
import { renderMetricTemplates } from '../../analysis/metric-template';
import { renderDeployment } from '../../deployment';
import type { Rendered } from '../../manifest';
import { renderPodDisruptionBudget } from '../../pod-disruption-budget';
import { renderTraffic } from '../../traffic/render-traffic';
import type { EngineManifests } from '../engine-manifests';

/** What Flagger makes and keeps itself: whoever applies these too takes traffic away from the pods that serve. */
const MADE_BY_FLAGGER = new Set(['clusterInternal', 'istio', 'httpRoute']);

/**
 * Renders a service that Flagger releases: the Deployment is the new version, and a copy that Flagger makes of it, `NAME-primary`, the
 * old one, which serves.
 *
 * Flagger copies ConfigMaps and Secrets for the old version too. That is left on: the copies stay while a tool that applies manifests
 * removes what the newest version does not refer to, and a pod of the old version may start at any time.
 */
export function renderFlagger(planned: Planned, rollout: FlaggerRollout): EngineManifests {
  const analysis = judgedBy(rollout);
  return {
    traffic: planned.traffic.filter(({ kind }) => !MADE_BY_FLAGGER.has(kind)).flatMap((traffic) => renderTraffic(planned, traffic)),
    budgets: renderBudgets(planned),
    workloads: [
      ...(analysis ? renderMetricTemplates(planned, analysis) : []),
      { id: 'deployment', manifest: renderDeployment(planned, { rollingUpdate: rollout.rollingUpdate! }) },
    ],
    // The Canary stands last: what it refers to must be there when Flagger first looks at it.
    autoscalers: [...renderFlaggerAutoscaler(planned), { id: 'canary', manifest: renderCanary(planned, rollout) }],
  };
}

function renderBudgets(planned: Planned): Rendered[] {
  const { capacity: { disrupted }, spec } = planned;
  return !disrupted ? [] : [
    { id: 'disruption-budget', manifest: renderPodDisruptionBudget(planned, disrupted.value) },
    { id: 'disruption-budget-primary', manifest: renderPodDisruptionBudget(planned, disrupted.value, primaryOf(spec)) },
  ];
}
