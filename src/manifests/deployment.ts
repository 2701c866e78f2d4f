import { Manifest, metadataOf, selectorOf, withoutAbsent } from './manifest';
import { PodVariant, renderPodTemplate } from './pod-template';
import type { Planned } from '../plan/planned-service';
import type { Pods } from '../spec/pods';

/** What an engine makes of a Deployment. */
export interface DeploymentVariant extends PodVariant {
  /** Absent where something else scales it: they would be set back at every apply. */
  readonly replicas?: number;
  readonly rollingUpdate: { readonly maxSurge: Pods; readonly maxUnavailable: Pods };
}

/** The replicas of a manifest. Under an autoscaler there are none. */
export function replicasOf({ spec }: Planned): number | undefined {
  return spec.replicas.isAutoscaled ? undefined : spec.replicas.min;
}

/** Renders a Deployment. */
export function renderDeployment(planned: Planned, { replicas, rollingUpdate, ...variant }: DeploymentVariant): Manifest {
  const { availability } = planned;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(planned, planned.factAnnotations, variant),
    spec: withoutAbsent({
      replicas,
      selector: { matchLabels: selectorOf(planned, variant) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: renderPods(rollingUpdate.maxSurge), maxUnavailable: renderPods(rollingUpdate.maxUnavailable) },
      },
      minReadySeconds: availability.minReady.value,
      progressDeadlineSeconds: availability.progressDeadline.value,
      template: renderPodTemplate(planned, variant),
    }),
  };
}

/** A number or a percentage of pods. */
export function renderPods(pods: Pods): number | string {
  return pods.isPercent ? pods.toString() : pods.amount;
}
