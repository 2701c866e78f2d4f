import { renderScalingBehavior, ScaleTarget } from './horizontal-pod-autoscaler';
import { Manifest, metadataOf, Variant, withoutAbsent } from './manifest';
import type { Planned } from '../plan/planned-service';
import { KedaTrigger, KedaTriggerSpec, triggerNameOf } from '../spec/keda-trigger';

/** What a ScaledObject scales by. */
export interface Scaling {
  readonly triggers: readonly KedaTrigger[];
  readonly fallbackReplicas: number;
}

/** Failed readings of a source in a row, one in 30 seconds, until the fallback counts. Engineering judgement. */
const FAILED_READINGS = 3;

/** Renders KEDA's ScaledObject, of which KEDA makes an autoscaler that behaves as the library's own. Never idle, never at zero. */
export function renderScaledObject(
  planned: Planned, { triggers, fallbackReplicas }: Scaling, scaleDownStabilization: number, target: ScaleTarget, variant: Variant = {},
): Manifest {
  const { replicas } = planned.spec;
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadataOf(planned, {}, variant),
    spec: withoutAbsent({
      scaleTargetRef: { ...target },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      advanced: { horizontalPodAutoscalerConfig: { behavior: renderScalingBehavior(scaleDownStabilization) } },
      // Without it the number of pods stands still while a source is away, however high the load rises.
      fallback: triggers.some(canFallBack) ? { failureThreshold: FAILED_READINGS, replicas: fallbackReplicas } : undefined,
      triggers: triggers.map(({ _spec }, index) => renderTrigger(_spec, index)),
    }),
  };
}

/** KEDA refuses a fallback where no trigger is of this kind: it works by an average. */
function canFallBack({ _spec: { metricType } }: KedaTrigger): boolean {
  return metricType === 'AverageValue';
}

function renderTrigger(spec: KedaTriggerSpec, index: number) {
  return withoutAbsent({
    type: spec.type,
    name: triggerNameOf(spec, index),
    metricType: spec.metricType,
    metadata: { ...spec.metadata },
    authenticationRef: spec.authenticationRef && { ...spec.authenticationRef },
  });
}
