import { Manifest, metadataOf, Variant, withoutAbsent } from './manifest';
import { SCALE_DOWN_PERCENT, SCALE_DOWN_PERIOD } from '../plan/connections';
import type { Planned } from '../plan/planned-service';
import type { Metric } from '../spec/metric';

/** What an autoscaler scales. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** Renders the autoscaler: up at once, down slowly and never in the middle of a pod's turn in a release. */
export function renderHorizontalPodAutoscaler(
  planned: Planned, metrics: readonly Metric[], scaleDownStabilization: number, target: ScaleTarget, variant: Variant = {},
): Manifest {
  const { spec } = planned;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(planned, {}, variant),
    spec: {
      scaleTargetRef: { ...target },
      minReplicas: spec.replicas.min,
      maxReplicas: spec.replicas.max,
      metrics: metrics.map(renderMetric),
      behavior: renderScalingBehavior(scaleDownStabilization),
    },
  };
}

/** How fast pods are added and removed, whatever it is that wants them. */
export function renderScalingBehavior(scaleDownStabilization: number) {
  return {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }, { type: 'Pods', value: 4, periodSeconds: 60 }],
    },
    scaleDown: {
      stabilizationWindowSeconds: scaleDownStabilization,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: SCALE_DOWN_PERCENT, periodSeconds: SCALE_DOWN_PERIOD }],
    },
  };
}

function renderMetric({ _source: source }: Metric) {
  switch (source.kind) {
    case 'resource':
      return { type: 'Resource', resource: { name: source.resource, target: { type: 'Utilization', averageUtilization: source.percent } } };
    case 'pods':
    case 'external': {
      const metric = withoutAbsent({ name: source.name, selector: source.matchLabels && { matchLabels: { ...source.matchLabels } } });
      const target = { type: 'AverageValue', averageValue: source.averageValue };
      return source.kind === 'pods' ? { type: 'Pods', pods: { metric, target } } : { type: 'External', external: { metric, target } };
    }
    case 'object':
      return {
        type: 'Object',
        object: {
          metric: { name: source.name },
          describedObject: { apiVersion: source.apiVersion, kind: source.objectKind, name: source.objectName },
          target: { type: 'Value', value: source.value },
        },
      };
  }
}
