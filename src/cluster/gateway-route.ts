import type { ClusterObject } from './identity';
import type { Backend } from './ingress';
import type { Field } from '../reading/field';

/** A backend of a Gateway API route. */
export interface WeightedBackend extends Backend {
  readonly weight: number;
}

/** A rule of a route. */
export interface GatewayRouteRule {
  readonly field: Field;
  readonly matches: readonly Field[];
  readonly backends: readonly WeightedBackend[];
}

/** An HTTPRoute or GRPCRoute. */
export interface GatewayRoute extends ClusterObject {
  readonly kind: 'HTTPRoute' | 'GRPCRoute';
  readonly rules: readonly GatewayRouteRule[];
}

/** Whether the object is a route that is read. */
export function isGatewayRoute({ apiVersion, kind }: ClusterObject): boolean {
  return apiVersion.startsWith('gateway.networking.k8s.io/') && (kind === 'HTTPRoute' || kind === 'GRPCRoute');
}

/** Reads a route. */
export function gatewayRouteOf(object: ClusterObject): GatewayRoute {
  return {
    ...object,
    kind: object.kind as GatewayRoute['kind'],
    rules: object.field.get('spec', 'rules').items().map((field) => ({
      field,
      matches: field.get('matches').items(),
      backends: field.get('backendRefs').items().flatMap((reference) => backendOf(reference, object.namespace)),
    })),
  };
}

function backendOf(field: Field, namespace: string): WeightedBackend[] {
  const isService = (field.get('kind').string() ?? 'Service') === 'Service' && (field.get('group').string() ?? '') === '';
  return !isService ? [] : [{
    field,
    namespace: field.get('namespace').string() ?? namespace,
    service: field.get('name').string() ?? '',
    port: field.get('port').integer(),
    weight: field.get('weight').integer() ?? 1,
  }];
}
