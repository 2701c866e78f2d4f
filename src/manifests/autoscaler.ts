import { renderHorizontalPodAutoscaler, ScaleTarget } from './horizontal-pod-autoscaler';
import type { Rendered, Variant } from './manifest';
import { renderScaledObject } from './scaled-object';
import type { Planned } from '../plan/planned-service';

/** Renders what decides the number of a target's pods: one object, or none where the number is fixed. */
export function renderAutoscaler(planned: Planned, target: ScaleTarget, variant: Variant = {}): Rendered[] {
  const { _scaler: scaler } = planned.spec.replicas;
  if (!scaler) {
    return [];
  }
  const stabilization = planned.availability.scaleDownStabilization!.value;
  const manifest = scaler.kind === 'scaledObject'
    ? renderScaledObject(planned, scaler, stabilization, target, variant)
    : renderHorizontalPodAutoscaler(planned, scaler.metrics, stabilization, target, variant);
  return [{ id: 'autoscaler', manifest }];
}
