import { durationOf } from './virtual-service';
import type { Planned } from '../../plan/planned-service';
import type { PlannedIstio } from '../../plan/traffic/planned-traffic';
import { Manifest, metadataOf, withoutAbsent } from '../manifest';

/** Some of the pods behind a host. */
export interface Subset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What an engine makes of a DestinationRule. */
export interface DestinationRuleVariant {
  /** The Service whose pods are meant, and the object's name, where it is not the service's own. */
  readonly host?: string;
  readonly subsets?: readonly Subset[];
}

/** Renders how the proxies treat the pods behind a Service. */
export function renderDestinationRule(planned: Planned, traffic: PlannedIstio, { host, subsets }: DestinationRuleVariant = {}): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: metadataOf(planned, {}, { name: host }),
    spec: withoutAbsent({
      host: host ?? planned.spec.name,
      trafficPolicy: renderTrafficPolicy(traffic),
      subsets: subsets?.map(({ name, labels }) => ({ name, labels: { ...labels } })),
    }),
  };
}

/** How the proxies keep connections to pods, and when they eject one. */
export function renderTrafficPolicy(traffic: PlannedIstio) {
  const ejection = traffic.outlierEjection;
  return withoutAbsent({
    connectionPool: { http: { idleTimeout: durationOf(traffic.idleTimeout) } },
    outlierDetection: ejection && {
      consecutive5xxErrors: ejection.consecutiveErrors,
      interval: durationOf(ejection.interval),
      baseEjectionTime: durationOf(ejection.baseEjectionTime),
      maxEjectionPercent: ejection.maxEjectionPercent,
    },
  });
}
