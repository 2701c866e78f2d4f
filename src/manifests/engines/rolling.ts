import type { EngineManifests } from './engine-manifests';
import type { Planned } from '../../plan/planned-service';
import type { RollingSpec } from '../../spec/rollout/rolling';
import { renderAutoscaler } from '../autoscaler';
import { renderDeployment, replicasOf } from '../deployment';
import { renderPodDisruptionBudget } from '../pod-disruption-budget';
import { renderTraffic } from '../traffic/render-traffic';

/** Renders a service that Kubernetes itself releases: one Deployment. */
export function renderRolling(planned: Planned, rollout: RollingSpec): EngineManifests {
  const { spec, capacity: { disrupted } } = planned;
  return {
    traffic: planned.traffic.flatMap((traffic) => renderTraffic(planned, traffic)),
    budgets: disrupted ? [{ id: 'disruption-budget', manifest: renderPodDisruptionBudget(planned, disrupted.value) }] : [],
    workloads: [{ id: 'deployment', manifest: renderDeployment(planned, { replicas: replicasOf(planned), rollingUpdate: rollout }) }],
    autoscalers: renderAutoscaler(planned, { apiVersion: 'apps/v1', kind: 'Deployment', name: spec.name }),
  };
}
