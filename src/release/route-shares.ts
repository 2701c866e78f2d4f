import { trackSelectedBy, type Destinations } from './tracks';
import { gatewayRouteOf, isGatewayRoute } from '../cluster/gateway-route';
import { groupOf, type ClusterObject } from '../cluster/identity';
import { ALB_PREFIX, albForwardsOf, ingressOf, NGINX_PREFIX } from '../cluster/ingress';
import { isIstioNetworking, serviceOfHost, virtualServiceOf } from '../cluster/istio';

/** What a route sends to one track by one of its rules. */
export interface Sent {
  readonly track: string;
  /** The share of the rule's requests, in percent. */
  readonly percent: number;
  /** Whether only requests with a header or cookie, or copies of requests, are meant. */
  readonly isConditional: boolean;
}

/**
 * Whether an object decides which version gets requests: a route, or a Service that selects one version alone. The Services that every
 * track has of its own only give it a name.
 */
export function isRoute(object: ClusterObject): boolean {
  return object.kind === 'VirtualService' && isIstioNetworking(object)
    || isGatewayRoute(object)
    || object.kind === 'Ingress' && groupOf(object) === 'networking.k8s.io'
    || object.kind === 'Service' && groupOf(object) === '' && isSwitch(object);
}

function isSwitch({ field, name }: ClusterObject): boolean {
  const track = trackSelectedBy(field);
  return track !== undefined && !name.endsWith(`-${track}`);
}

/** All that a route sends to tracks. What it sends elsewhere, or to all pods alike, is left out. */
export function sentBy(route: ClusterObject, destinations: Destinations): readonly Sent[] {
  switch (route.kind) {
    case 'VirtualService': return sentByVirtualService(route, destinations);
    case 'Ingress': return sentByIngress(route, destinations);
    case 'Service': return sentByService(route);
    default: return sentByGatewayRoute(route, destinations);
  }
}

/** The largest share of unconditional requests that a track gets of a route, in percent. */
export function percentTo(track: string, sent: readonly Sent[]): number {
  return Math.max(0, ...sent.filter((one) => one.track === track && !one.isConditional).map(({ percent }) => percent));
}

/** Whether a track gets any request, on whatever condition. */
export function sendsTo(track: string, sent: readonly Sent[]): boolean {
  return sent.some((one) => one.track === track && one.percent > 0);
}

interface Weighted {
  readonly track?: string;
  readonly weight: number;
}

function shared(targets: readonly Weighted[], isConditional: boolean): Sent[] {
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  const percentOf = (weight: number) => total === 0 ? 0 : weight / total * 100;
  return targets.flatMap(({ track, weight }) => track === undefined ? [] : [{ track, isConditional, percent: percentOf(weight) }]);
}

function sentByVirtualService(object: ClusterObject, destinations: Destinations): Sent[] {
  return virtualServiceOf(object).routes.flatMap(({ matches, destinations: targets, mirrors }) => {
    const nameOf = (host: string) => serviceOfHost(host, object.namespace)?.name ?? host;
    const track = ({ host, subset }: { host: string; subset?: string }) => destinations.trackOf(nameOf(host), subset);
    return [
      ...shared(targets.map((target) => ({ track: track(target), weight: target.weight })), matches.some((match) => match.get('headers').exists)),
      ...mirrors.flatMap((mirror) => shared([{ track: track(mirror), weight: 100 }], true)),
    ];
  });
}

function sentByGatewayRoute(object: ClusterObject, destinations: Destinations): Sent[] {
  return gatewayRouteOf(object).rules.flatMap(({ field, matches, backends }) => [
    ...shared(
      backends.map(({ service, weight }) => ({ track: destinations.trackOf(service), weight })),
      matches.some((match) => match.get('headers').exists),
    ),
    ...field.get('filters').items().map((filter) => filter.get('requestMirror', 'backendRef', 'name').string())
      .flatMap((service) => service === undefined ? [] : shared([{ track: destinations.trackOf(service), weight: 100 }], true)),
  ]);
}

function sentByIngress(object: ClusterObject, destinations: Destinations): Sent[] {
  const ingress = ingressOf(object, new Map());
  const forwards = albForwardsOf(ingress);
  const actions = [...new Set(forwards.map(({ action }) => action))];
  const prefix = `${ALB_PREFIX}conditions.`;
  const conditional = new Set([...ingress.annotations.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)));
  const direct = ingress.backends.map(({ service }) => destinations.trackOf(service));
  return [
    ...actions.flatMap((action) => shared(forwards.filter((forward) => forward.action === action)
      .map(({ service, weight }) => ({ track: destinations.trackOf(service), weight: weight ?? 1 })), conditional.has(action))),
    ...direct.flatMap((track) => track === undefined ? [] : sentByBackend(track, ingress.annotations)),
  ];
}

/** ingress-nginx sends to a canary Ingress what its annotations say, and to any other everything else. */
function sentByBackend(track: string, annotations: ReadonlyMap<string, string>): Sent[] {
  const canary = (name: string) => annotations.get(`${NGINX_PREFIX}canary${name}`);
  if (canary('') !== 'true') {
    return [{ track, percent: 100, isConditional: false }];
  }
  const percent = Number(canary('-weight') ?? 0) / Number(canary('-weight-total') ?? 100) * 100;
  const isConditional = canary('-by-header') !== undefined || canary('-by-cookie') !== undefined;
  return [{ track, percent, isConditional: false }, ...(isConditional ? [{ track, percent: 100, isConditional: true }] : [])];
}

/** By the preview only tests come. */
function sentByService({ field, name }: ClusterObject): Sent[] {
  const track = trackSelectedBy(field);
  return track === undefined || name.endsWith('-preview') ? [] : [{ track, percent: 100, isConditional: false }];
}
