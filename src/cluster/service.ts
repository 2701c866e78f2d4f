import type { ClusterObject } from './identity';
import { mapSelectorOf, type LabelSelector } from './label-selector';
import type { Field } from '../reading/field';

/** A port of a Service. */
export interface ServicePort {
  readonly field: Field;
  readonly name?: string;
  readonly port: number;
  /** The pod's port by number or name; the Service's own number where nothing is written. */
  readonly targetPort: number | string;
  readonly protocol: string;
}

/** A Service. */
export interface Service extends ClusterObject {
  /** Nothing where the Service has no selector: its endpoints are somebody else's business. */
  readonly selector?: LabelSelector;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly isHeadless: boolean;
  readonly ports: readonly ServicePort[];
  readonly publishNotReadyAddresses: boolean;
  readonly sessionAffinity: 'None' | 'ClientIP';
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
}

/** Reads a Service. */
export function serviceOf(object: ClusterObject): Service {
  const spec = object.field.get('spec');
  const labels = spec.get('selector').stringMap();
  return {
    ...object,
    selector: labels.size === 0 ? undefined : mapSelectorOf(labels),
    type: (spec.get('type').string() ?? 'ClusterIP') as Service['type'],
    isHeadless: spec.get('clusterIP').string() === 'None',
    ports: spec.get('ports').items().map(portOf),
    publishNotReadyAddresses: spec.get('publishNotReadyAddresses').boolean() ?? false,
    sessionAffinity: spec.get('sessionAffinity').string() === 'ClientIP' ? 'ClientIP' : 'None',
    externalTrafficPolicy: spec.get('externalTrafficPolicy').string() === 'Local' ? 'Local' : 'Cluster',
    internalTrafficPolicy: spec.get('internalTrafficPolicy').string() === 'Local' ? 'Local' : 'Cluster',
  };
}

function portOf(field: Field): ServicePort {
  const port = field.get('port').integer() ?? 0;
  return {
    field,
    name: field.get('name').string(),
    port,
    targetPort: field.get('targetPort').intOrString() ?? port,
    protocol: field.get('protocol').string() ?? 'TCP',
  };
}
