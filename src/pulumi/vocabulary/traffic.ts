import { hostProblem } from '../../spec/names';
import type { AwsLoadBalancerOptions, NetworkLoadBalancerOptions } from '../../spec/traffic/aws';
import type { HttpRouteOptions, RouteOptions } from '../../spec/traffic/gateway-api';
import type { IngressNginxOptions } from '../../spec/traffic/ingress-nginx';
import type { IstioOptions } from '../../spec/traffic/istio';
import { Traffic as PlainTraffic } from '../../spec/traffic/traffic';
import { dnsSubdomainProblem } from '../../spec/names';
import { textOf, textsOf } from '../inputs/placeholder';
import type { WithInputs } from '../inputs/with-inputs';

/** An Application Load Balancer. */
export interface AwsLoadBalancerArgs extends WithInputs<AwsLoadBalancerOptions, 'hosts' | 'certificateArn' | 'annotations'> {}

/** A Network Load Balancer, made by the AWS Load Balancer Controller from a Service. */
export interface NetworkLoadBalancerArgs extends WithInputs<NetworkLoadBalancerOptions, 'hosts' | 'certificateArn' | 'annotations'> {}

/** Calls through Istio: its ingress gateways, the mesh, or both. Wants Istio 1.23 or later. */
export interface IstioArgs extends WithInputs<IstioOptions, 'hosts'> {}

/** An Ingress of the ingress-nginx controller. */
export interface IngressNginxArgs extends WithInputs<IngressNginxOptions, 'hosts' | 'tlsSecret' | 'annotations'> {}

/** An HTTPRoute. */
export interface HttpRouteArgs extends WithInputs<HttpRouteOptions, 'hosts'> {}

/** A route of the Gateway API. */
export interface RouteArgs extends WithInputs<RouteOptions, 'hosts'> {}

/** A way by which requests reach the service. A service may have several, each kind at most once. */
export type Traffic = PlainTraffic;

/** Factories of the ways in. Hosts, certificates, Secrets and the values of annotations may be known later. */
export const Traffic = {
  clusterInternal: PlainTraffic.clusterInternal,

  /**
   * An Application Load Balancer, through an Ingress of the AWS Load Balancer Controller, with pods as targets.
   *
   * The namespace must carry the label `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`, so that a new pod is not ready before the load
   * balancer finds it healthy.
   */
  awsLoadBalancer(args: AwsLoadBalancerArgs = {}): Traffic {
    return PlainTraffic.awsLoadBalancer({ ...args, ...loadBalancerTexts('awsLoadBalancer', args) });
  },

  /** A Network Load Balancer, through a Service of the AWS Load Balancer Controller, with pods as targets. */
  networkLoadBalancer(args: NetworkLoadBalancerArgs = {}): Traffic {
    return PlainTraffic.networkLoadBalancer({ ...args, ...loadBalancerTexts('networkLoadBalancer', args) });
  },

  /** Istio: a DestinationRule and a VirtualService, and the proxy's settings for the pod's end. */
  istio(args: IstioArgs = {}): Traffic {
    return PlainTraffic.istio({ ...args, hosts: hostsOf('istio', args.hosts) });
  },

  /** An Ingress of the ingress-nginx controller. */
  ingressNginx(args: IngressNginxArgs): Traffic {
    return PlainTraffic.ingressNginx({
      ...args,
      hosts: hostsOf('ingressNginx', args.hosts) ?? [],
      tlsSecret: args.tlsSecret === undefined ? undefined : textOf('ingressNginx.tlsSecret', args.tlsSecret, dnsSubdomainProblem),
      annotations: textsOf('ingressNginx.annotations', args.annotations),
    });
  },

  /** An HTTPRoute of the Gateway API. */
  httpRoute(args: HttpRouteArgs): Traffic {
    return PlainTraffic.httpRoute({ ...args, hosts: hostsOf('httpRoute', args.hosts) });
  },

  /** A GRPCRoute of the Gateway API, for a program whose protocol is `Protocol.GRPC`. */
  grpcRoute(args: RouteArgs): Traffic {
    return PlainTraffic.grpcRoute({ ...args, hosts: hostsOf('grpcRoute', args.hosts) });
  },
};

function loadBalancerTexts(way: string, { hosts, certificateArn, annotations }: Pick<AwsLoadBalancerArgs, 'hosts' | 'certificateArn' | 'annotations'>) {
  return {
    hosts: hostsOf(way, hosts),
    certificateArn: certificateArn === undefined ? undefined : textOf(`${way}.certificateArn`, certificateArn),
    annotations: textsOf(`${way}.annotations`, annotations),
  };
}

function hostsOf(way: string, hosts: AwsLoadBalancerArgs['hosts']): string[] | undefined {
  return hosts?.map((host) => textOf(`${way}.host`, host, hostProblem));
}
