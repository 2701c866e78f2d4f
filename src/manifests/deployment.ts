import { Manifest, metadataOf, selectorOf, withoutAbsent } from './manifest';
import { renderPodTemplate } from './pod-template';
import type { Planned } from '../plan/planned-service';
import type { Pods } from '../spec/pods';

/** Renders the Deployment. Under an autoscaler it has no replicas: they would be set back at every apply. */
export function renderDeployment(planned: Planned): Manifest {
  const { spec, availability } = planned;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(planned, planned.factAnnotations),
    spec: withoutAbsent({
      replicas: spec.replicas.isAutoscaled ? undefined : spec.replicas.min,
      selector: { matchLabels: selectorOf(planned) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: renderPods(spec.rollout.maxSurge), maxUnavailable: renderPods(spec.rollout.maxUnavailable) },
      },
      minReadySeconds: availability.minReady.value,
      progressDeadlineSeconds: availability.progressDeadline.value,
      template: renderPodTemplate(planned),
    }),
  };
}

function renderPods(pods: Pods): number | string {
  return pods.isPercent ? pods.toString() : pods.amount;
}
