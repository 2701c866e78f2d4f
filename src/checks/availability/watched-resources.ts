import type { Autoscaler } from '../../cluster/autoscaler';
import { annotationsOf } from '../../cluster/identity';
import type { Field } from '../../reading/field';

/** A resource whose use an autoscaler compares with what containers request. */
export interface WatchedResource {
  readonly resource: string;
  /** Nothing where all containers of the pod count together. */
  readonly container?: string;
}

/** Holds the metrics of objects that were converted to autoscaling/v1. */
const CONVERTED = 'autoscaling.alpha.kubernetes.io/metrics';

/** The resources that an autoscaler watches as a share of the request; an average in absolute numbers needs none. */
export function watchedResourcesOf(autoscaler: Autoscaler): readonly WatchedResource[] {
  const spec = autoscaler.field.get('spec');
  if (autoscaler.kind === 'ScaledObject') {
    return spec.get('triggers').items().flatMap(ofTrigger);
  }
  const metrics = spec.get('metrics');
  if (metrics.exists) {
    return metrics.items().flatMap(ofMetric);
  }
  // Kubernetes aims at 80 % of the CPU request where no metric is written.
  return annotationsOf(autoscaler).has(CONVERTED) ? [] : [{ resource: 'cpu' }];
}

function ofMetric(metric: Field): WatchedResource[] {
  const type = metric.get('type').string();
  const source = metric.get(type === 'ContainerResource' ? 'containerResource' : 'resource');
  const isShare = source.get('target', 'averageUtilization').exists || source.get('targetAverageUtilization').exists;
  const resource = source.get('name').string() ?? '';
  switch (isShare ? type : undefined) {
    case 'Resource': return [{ resource }];
    case 'ContainerResource': return [{ resource, container: source.get('container').string() }];
    default: return [];
  }
}

function ofTrigger(trigger: Field): WatchedResource[] {
  const type = trigger.get('type').string() ?? '';
  const compared = trigger.get('metricType').string() ?? trigger.get('metadata', 'type').string() ?? 'Utilization';
  const isShare = (type === 'cpu' || type === 'memory') && compared === 'Utilization';
  return isShare ? [{ resource: type, container: trigger.get('metadata', 'containerName').string() }] : [];
}
