import { albIngressesOf } from './argo-rollout';
import { flaggerCanariesOf, targetOf, type FlaggerCanary } from './flagger-canary';
import type { ClusterObject } from './identity';
import { hasIstioSidecar } from './mesh';
import type { Relations } from './relations';
import type { Service } from './service';
import { isNetworkLoadBalancer, nlbTargetTypeOf, targetTypeOf, type TargetType } from './target-type';
import type { Workload } from './workload';

/** The names of ways in, as assumptions use them. */
export const PATHS = ['clusterInternal', 'headless', 'istio', 'awsLoadBalancer', 'networkLoadBalancer', 'ingressNginx', 'httpRoute', 'grpcRoute',
  'otherIngress'] as const;
export type PathName = typeof PATHS[number];

/** One way on which requests reach a workload's pods. */
export interface ClusterWayIn {
  readonly path: PathName;
  /** The object by which requests come. */
  readonly through: ClusterObject;
  /** The Service whose endpoints are the pods. */
  readonly service: Service;
  /** Of load balancers of AWS. */
  readonly targetType?: TargetType;
}

/** All ways in to a workload's pods, one for each object by which requests come. */
export function waysInOf(relations: Relations, workload: Workload): readonly ClusterWayIn[] {
  const written = relations.servicesOf(workload).flatMap((service) => waysThrough(relations, service, workload));
  return [...written, ...flaggerWays(relations, workload), ...rolloutWays(relations, workload, written)];
}

/** An ALB that Argo Rollouts routes by: its Ingress names no Service of the Rollout until a release has begun. */
function rolloutWays(relations: Relations, workload: Workload, written: readonly ClusterWayIn[]): readonly ClusterWayIn[] {
  const ingresses = workload.kind === 'Rollout' ? albIngressesOf(relations.cluster, workload) : [];
  return ingresses.filter((through) => !written.some((way) => way.through === through)).flatMap((through) =>
    relations.servicesOf(workload).slice(0, 1).map((service) => ({
      path: 'awsLoadBalancer' as const, through, service, targetType: targetTypeOf(relations.cluster, through, service),
    })));
}

/** Flagger makes the Service of a Canary and its routes itself, and sends requests to a copy of the workload. */
function flaggerWays(relations: Relations, workload: Workload): readonly ClusterWayIn[] {
  const canaries = flaggerCanariesOf(relations.cluster).filter((canary) => targetOf(relations, canary) === workload);
  return canaries.filter(({ apexService }) => apexService !== undefined).flatMap((canary) => {
    const service = serviceMadeFor(canary);
    const behindRouter = ROUTED_BY_FLAGGER[canary.provider?.split(':')[0] ?? ''];
    return ['clusterInternal' as const, ...behindRouter ? [behindRouter] : []].map((path) => ({ path, through: canary, service }));
  });
}

/** The ways in that Flagger's providers route by; others are taken for the Service alone. */
const ROUTED_BY_FLAGGER: Readonly<Record<string, PathName | undefined>> = { istio: 'istio', nginx: 'ingressNginx', gatewayapi: 'httpRoute' };

function serviceMadeFor(canary: FlaggerCanary): Service {
  const written = canary.field.get('spec', 'service');
  const port = written.get('port').integer() ?? 80;
  const targetPort = written.get('targetPort').intOrString() ?? port;
  return {
    ...canary,
    name: canary.apexService ?? canary.name,
    type: 'ClusterIP',
    isHeadless: false,
    ports: [{ field: written, name: written.get('portName').string(), port, targetPort, protocol: 'TCP' }],
    publishNotReadyAddresses: false,
    sessionAffinity: 'None',
    externalTrafficPolicy: 'Cluster',
    internalTrafficPolicy: 'Cluster',
  };
}

function waysThrough(relations: Relations, service: Service, workload: Workload): readonly ClusterWayIn[] {
  const direct: ClusterWayIn[] = service.isHeadless ? [{ path: 'headless', through: service, service }] : directWays(service);
  return [...direct, ...ingressWays(relations, service), ...gatewayWays(relations, service), ...istioWays(relations, service, workload)];
}

function directWays(service: Service): ClusterWayIn[] {
  const inside: ClusterWayIn = { path: 'clusterInternal', through: service, service };
  return isNetworkLoadBalancer(service)
    ? [inside, { path: 'networkLoadBalancer', through: service, service, targetType: nlbTargetTypeOf(service) }]
    : [inside];
}

function ingressWays(relations: Relations, service: Service): ClusterWayIn[] {
  return relations.routesTo(service).ingresses.map((ingress) => ({
    path: ingress.controller === 'alb' ? 'awsLoadBalancer' : ingress.controller === 'nginx' ? 'ingressNginx' : 'otherIngress',
    through: ingress,
    service,
    targetType: ingress.controller === 'alb' ? targetTypeOf(relations.cluster, ingress, service) : undefined,
  }));
}

function gatewayWays(relations: Relations, service: Service): ClusterWayIn[] {
  return relations.routesTo(service).gatewayRoutes
    .map((route) => ({ path: route.kind === 'GRPCRoute' ? 'grpcRoute' : 'httpRoute', through: route, service }));
}

function istioWays(relations: Relations, service: Service, workload: Workload): ClusterWayIn[] {
  const { virtualServices } = relations.routesTo(service);
  if (virtualServices.length > 0) {
    return virtualServices.map((through) => ({ path: 'istio', through, service }));
  }
  return hasIstioSidecar(relations.cluster, workload) ? [{ path: 'istio', through: service, service }] : [];
}
