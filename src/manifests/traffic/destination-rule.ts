import { durationOf } from './virtual-service';
import type { Planned } from '../../plan/planned-service';
import type { PlannedIstio } from '../../plan/traffic/planned-traffic';
import { Manifest, metadataOf, withoutAbsent } from '../manifest';

/** Renders how the proxies treat the service's pods. */
export function renderDestinationRule(planned: Planned, traffic: PlannedIstio): Manifest {
  const ejection = traffic.outlierEjection;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadataOf(planned),
    spec: {
      host: planned.spec.name,
      trafficPolicy: withoutAbsent({
        connectionPool: { http: { idleTimeout: durationOf(traffic.idleTimeout) } },
        outlierDetection: ejection && {
          consecutive5xxErrors: ejection.consecutiveErrors,
          interval: durationOf(ejection.interval),
          baseEjectionTime: durationOf(ejection.baseEjectionTime),
          maxEjectionPercent: ejection.maxEjectionPercent,
        },
      }),
    },
  };
}
