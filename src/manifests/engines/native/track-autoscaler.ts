import { type Track, trackNameOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import { renderAutoscaler } from '../../autoscaler';
import type { Manifest, Rendered } from '../../manifest';

/** What an autoscaler may do in a phase of a release. */
export type Scaling =
  /** As declared. */
  | { readonly kind: 'free' }
  /** Add pods and remove none: a version that has given traffic away must be able to take it back at once. */
  | { readonly kind: 'held' }
  /** Make and keep exactly so many pods. */
  | { readonly kind: 'exactly'; readonly pods: number }
  /** Nothing, because the pods are all removed. */
  | { readonly kind: 'off' };

/** Renders what scales one version's pods. */
export function renderTrackAutoscaler(planned: Planned, track: Track, scaling: Scaling): Rendered[] {
  const name = trackNameOf(planned, track);
  const variant = track === 'stable' ? {} : { name };
  return renderAutoscaler(planned, { apiVersion: 'apps/v1', kind: 'Deployment', name }, variant).map(({ id, manifest }) => ({
    id: track === 'stable' ? id : `${id}-${track}`, manifest: scaledAs(manifest, scaling),
  }));
}

/* eslint-disable @typescript-eslint/no-explicit-any */
function scaledAs(manifest: Manifest, scaling: Scaling): Manifest {
  const spec = manifest.spec as any;
  const isKeda = manifest.kind === 'ScaledObject';
  switch (scaling.kind) {
    case 'free': return manifest;
    case 'held': return { ...manifest, spec: isKeda ? heldByKeda(spec) : { ...spec, behavior: held(spec.behavior) } };
    case 'exactly': {
      const { pods } = scaling;
      const bounds = isKeda ? { minReplicaCount: pods, maxReplicaCount: pods } : { minReplicas: pods, maxReplicas: pods };
      const fallback = spec.fallback && { fallback: { ...spec.fallback, replicas: pods } };
      return { ...manifest, spec: { ...spec, ...bounds, ...fallback } };
    }
    // A HorizontalPodAutoscaler leaves a workload of no pods alone; KEDA would start it again.
    case 'off': return isKeda ? withAnnotation(manifest, 'autoscaling.keda.sh/paused-replicas', '0') : manifest;
  }
}

function held(behavior: any): object {
  return { ...behavior, scaleDown: { ...behavior.scaleDown, selectPolicy: 'Disabled' } };
}

function heldByKeda(spec: any): object {
  const config = spec.advanced.horizontalPodAutoscalerConfig;
  return { ...spec, advanced: { ...spec.advanced, horizontalPodAutoscalerConfig: { ...config, behavior: held(config.behavior) } } };
}
/* eslint-enable @typescript-eslint/no-explicit-any */

function withAnnotation(manifest: Manifest, key: string, value: string): Manifest {
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, [key]: value } } };
}
