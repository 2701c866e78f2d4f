import { settingsOf } from './engine-settings';
import { analysisNamesOf, HASH_LABEL } from './names';
import { renderRollout, ROLLOUT } from './rollout';
import { renderRoutes } from './routers';
import { renderVersionServices } from './services';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import { Pods } from '../../../spec/pods';
import { renderAnalysisTemplate } from '../../analysis/analysis-template';
import { renderAutoscaler } from '../../autoscaler';
import { renderDeployment } from '../../deployment';
import type { Rendered } from '../../manifest';
import { renderPodDisruptionBudget } from '../../pod-disruption-budget';
import { renderTraffic } from '../../traffic/render-traffic';
import type { EngineManifests } from '../engine-manifests';

/** Renders a service that Argo Rollouts releases. */
export function renderArgoRollouts(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): EngineManifests {
  const { spec, capacity: { disrupted } } = planned;
  return {
    traffic: renderWaysIn(planned, rollout),
    // One for the pods of every version. It counts the replicas of each ReplicaSet, so pods that wait in a preview make up for
    // none that serve; and as it lets unready pods go, a version that does not start blocks a drain no longer than until it is aborted.
    budgets: disrupted ? [{ id: 'disruption-budget', manifest: renderPodDisruptionBudget(planned, disrupted.value) }] : [],
    workloads: [
      ...renderAnalysisTemplates(planned, rollout),
      { id: 'rollout', manifest: renderRollout(planned, rollout) },
      ...renderTakenOver(planned, rollout),
    ],
    autoscalers: renderAutoscaler(planned, { ...ROLLOUT, name: spec.name }),
  };
}

/** All Services stand before the routes that name them. A blue-green release switches the Service to which all routes lead. */
function renderWaysIn(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): Rendered[] {
  return planned.traffic.flatMap((traffic) => [
    ...(rollout.kind === 'blueGreen' ? renderTraffic(planned, traffic) : renderRoutes(planned, rollout, traffic)),
    // The calls from inside the cluster are always the first of the ways in.
    ...(traffic.kind === 'clusterInternal' ? renderVersionServices(planned, rollout) : []),
  ]);
}

function renderAnalysisTemplates(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): Rendered[] {
  const names = analysisNamesOf(planned);
  const preview = rollout.kind === 'blueGreen' ? rollout.previewAnalysis : undefined;
  return [
    ...(preview ? [{ id: 'analysis-template-preview', manifest: renderAnalysisTemplate(planned, preview, names.preview) }] : []),
    ...(rollout.analysis ? [{ id: 'analysis-template', manifest: renderAnalysisTemplate(planned, rollout.analysis, names.analysis) }] : []),
  ];
}

/**
 * Renders the Deployment whose pod template the Rollout takes. It has no replicas: Argo Rollouts scales it down once, after the first
 * release, and an apply that sets them again would bring up pods of each new version beside the canary.
 */
function renderTakenOver(planned: Planned, { engine }: PlannedCanary | PlannedAbTest | PlannedBlueGreen): Rendered[] {
  if (settingsOf(engine).takeOver === undefined) {
    return [];
  }
  const rollingUpdate = { maxSurge: Pods.percent(25), maxUnavailable: Pods.count(0) };
  return [{ id: 'deployment', manifest: renderDeployment(planned, { rollingUpdate, hashLabel: HASH_LABEL }) }];
}
