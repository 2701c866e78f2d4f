import type { ClusterState, Found } from './native';

/** Where some requests go, and which share of them. */
export interface Destination {
  /** Such as `VirtualService payments`. */
  readonly route: string;
  /** Whether all requests are meant, and not only those with a header. */
  readonly isMain: boolean;
  readonly weight: number;
  /** The labels of the pods; nothing where the Service or the subset is not there. */
  readonly selector?: Record<string, string>;
}

/** Every destination of every route of a cluster. */
export function destinationsIn(state: ClusterState): Destination[] {
  return [
    ...state.ofKind('VirtualService').flatMap((object) => meshDestinations(state, object)),
    ...state.ofKind('HTTPRoute', 'GRPCRoute').flatMap((object) => gatewayDestinations(state, object)),
    ...state.ofKind('Ingress').flatMap((object) => ingressDestinations(state, object)),
  ];
}

function meshDestinations(state: ClusterState, object: Found): Destination[] {
  return object.spec.http.flatMap(({ match, route, mirror }: Found) => [
    ...route.map(({ destination, weight = 100 }: Found) => ({ destination, weight, isMain: match === undefined })),
    ...(mirror ? [{ destination: mirror, weight: 1, isMain: false }] : []),
  ].map(({ destination, weight, isMain }) => ({ route: nameOf(object), isMain, weight, selector: meshSelector(state, destination) })));
}

function meshSelector(state: ClusterState, { host, subset }: Found): Record<string, string> | undefined {
  const service = selectorOf(state, host);
  const labels = subset === undefined ? {} : state.find('DestinationRule', host)?.spec.subsets?.find(({ name }: Found) => name === subset)?.labels;
  return service && labels && { ...service, ...labels };
}

function gatewayDestinations(state: ClusterState, object: Found): Destination[] {
  return object.spec.rules.flatMap(({ matches = [], backendRefs }: Found) => backendRefs.map(({ name, weight }: Found) => ({
    route: nameOf(object),
    isMain: !matches.some(({ headers }: Found) => headers),
    // A lone backend gets everything, whatever its weight.
    weight: backendRefs.length === 1 ? 100 : weight,
    selector: selectorOf(state, name),
  })));
}

function ingressDestinations(state: ClusterState, object: Found): Destination[] {
  const { annotations = {} } = object.metadata;
  const route = nameOf(object);
  if (annotations['nginx.ingress.kubernetes.io/canary'] === 'true') {
    const weight = Number(annotations['nginx.ingress.kubernetes.io/canary-weight']);
    const header = annotations['nginx.ingress.kubernetes.io/canary-by-header'];
    const selector = selectorOf(state, object.spec.rules[0].http.paths[0].backend.service.name);
    return [{ route: 'ingress-nginx', isMain: true, weight, selector }, ...header ? [{ route, isMain: false, weight: 100, selector }] : []];
  }
  const { name, port } = object.spec.rules[0].http.paths.at(-1).backend.service;
  if (port.name === 'use-annotation') {
    return Object.keys(annotations).filter((key) => key.includes('/actions.')).flatMap((key) =>
      JSON.parse(annotations[key]).forwardConfig.targetGroups.map(({ serviceName, weight }: Found) => ({
        route, isMain: key.endsWith(`actions.${name}`), weight, selector: selectorOf(state, serviceName),
      })));
  }
  const taken = destinationsOfCanary(state, object);
  return [{ route: 'ingress-nginx', isMain: true, weight: 100 - taken, selector: selectorOf(state, name) }];
}

/** What a canary Ingress takes from its main one. */
function destinationsOfCanary(state: ClusterState, { spec }: Found): number {
  const weights = state.ofKind('Ingress').filter((other) => other.spec.ingressClassName === spec.ingressClassName)
    .map(({ metadata }) => Number(metadata.annotations?.['nginx.ingress.kubernetes.io/canary-weight'] ?? 0));
  return Math.max(0, ...weights);
}

function selectorOf(state: ClusterState, name: string): Record<string, string> | undefined {
  return state.find('Service', name)?.spec.selector;
}

function nameOf({ kind, metadata }: Found): string {
  return `${kind} ${metadata.name}`;
}
