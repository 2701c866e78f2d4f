import type * as pulumi from '@pulumi/pulumi';
import type { DnsRecords, DnsRecordsSpec } from './dns-records';
import { LoadBalancer, type LoadBalancerSpec } from './load-balancer';
import { refuse } from '../../spec/declaration-error';
import { dnsSubdomainProblem, hostProblem } from '../../spec/names';
import type { AwsLoadBalancerOptions, NetworkLoadBalancerOptions } from '../../spec/traffic/aws';
import type { HttpRouteOptions, RouteOptions } from '../../spec/traffic/gateway-api';
import type { IngressNginxOptions } from '../../spec/traffic/ingress-nginx';
import type { IstioOptions } from '../../spec/traffic/istio';
import { Traffic as PlainTraffic } from '../../spec/traffic/traffic';
import { instanceOf } from '../../spec/values';
import { plainListOf, plainMapOf, textOf, textsOf } from '../inputs/placeholder';
import type { WithInputs } from '../inputs/with-inputs';

/** An Application Load Balancer. */
export interface AwsLoadBalancerArgs extends WithInputs<AwsLoadBalancerOptions, 'hosts' | 'certificateArn' | 'annotations'> {
  /**
   * The load balancer that Pulumi makes, or adds rules to, with `@pulumi/aws`: target groups, rules, and TargetGroupBindings that put the
   * pods in, with the same timings. There is no Ingress then, and of its options `group`, `ingressClassName` and `annotations` have
   * no meaning.
   * @default - an Ingress, from which the AWS Load Balancer Controller makes all of them
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * The hosted zone by whose records a certificate for all hosts is validated and renewed. Needs `loadBalancer`, and excludes
   * `certificateArn`.
   * @default - `certificateArn`, or plain HTTP
   */
  readonly certificateZoneId?: pulumi.Input<string>;

  /**
   * Records of the hosts. Needs `loadBalancer`; beside an Ingress external-dns makes them.
   * @default - none
   */
  readonly dns?: DnsRecords;
}

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
    plainMapOf('Traffic.awsLoadBalancer options', args);
    const { loadBalancer, certificateZoneId, dns, ...options } = args;
    const texts = loadBalancerTexts('awsLoadBalancer', options);
    refuseWithoutLoadBalancer(args);
    const certificateArn = certificateZoneId === undefined ? texts.certificateArn : MADE_HERE;
    const traffic = PlainTraffic.awsLoadBalancer({ ...options, ...texts, certificateArn });
    if (loadBalancer !== undefined) {
      balancers.set(traffic, { loadBalancer: loadBalancer._spec, certificateZoneId, dns: dns?._spec });
    }
    return traffic;
  },

  /** A Network Load Balancer, through a Service of the AWS Load Balancer Controller, with pods as targets. */
  networkLoadBalancer(args: NetworkLoadBalancerArgs = {}): Traffic {
    plainMapOf('Traffic.networkLoadBalancer options', args);
    return PlainTraffic.networkLoadBalancer({ ...args, ...loadBalancerTexts('networkLoadBalancer', args) });
  },

  /** Istio: a DestinationRule and a VirtualService, and the proxy's settings for the pod's end. */
  istio(args: IstioArgs = {}): Traffic {
    plainMapOf('Traffic.istio options', args);
    return PlainTraffic.istio({ ...args, hosts: hostsOf('istio', args.hosts) });
  },

  /** An Ingress of the ingress-nginx controller. */
  ingressNginx(args: IngressNginxArgs): Traffic {
    plainMapOf('Traffic.ingressNginx options', args);
    return PlainTraffic.ingressNginx({
      ...args,
      hosts: hostsOf('ingressNginx', args.hosts) ?? [],
      tlsSecret: args.tlsSecret === undefined ? undefined : textOf('ingressNginx.tlsSecret', args.tlsSecret, dnsSubdomainProblem),
      annotations: textsOf('ingressNginx.annotations', args.annotations),
    });
  },

  /** An HTTPRoute of the Gateway API. */
  httpRoute(args: HttpRouteArgs): Traffic {
    plainMapOf('Traffic.httpRoute options', args);
    return PlainTraffic.httpRoute({ ...args, hosts: hostsOf('httpRoute', args.hosts) });
  },

  /** A GRPCRoute of the Gateway API, for a program whose protocol is `Protocol.GRPC`. */
  grpcRoute(args: RouteArgs): Traffic {
    plainMapOf('Traffic.grpcRoute options', args);
    return PlainTraffic.grpcRoute({ ...args, hosts: hostsOf('grpcRoute', args.hosts) });
  },
};

/** What Pulumi leads requests through, in the place of an Ingress. */
export interface Balancing {
  readonly loadBalancer: LoadBalancerSpec;
  readonly certificateZoneId?: pulumi.Input<string>;
  readonly dns?: DnsRecordsSpec;
}

/** The plan needs to know that there is a certificate, and nothing else of it. */
const MADE_HERE = 'made by Pulumi';

// The spec's own way in takes nothing of AWS' resources, because no other binding makes any.
const balancers = new WeakMap<Traffic, Balancing>();

/** What Pulumi itself leads the requests of a way in through, if anything. */
export function balancingOf(traffic: Traffic): Balancing | undefined {
  return balancers.get(traffic);
}

function refuseWithoutLoadBalancer({ loadBalancer, certificateZoneId, dns, certificateArn, hosts = [] }: AwsLoadBalancerArgs): void {
  instanceOf('awsLoadBalancer.loadBalancer', loadBalancer, LoadBalancer, 'LoadBalancer.create(…)');
  for (const [name, value] of Object.entries({ certificateZoneId, dns })) {
    if (value !== undefined && loadBalancer === undefined) {
      refuse(`awsLoadBalancer.${name} needs loadBalancer, because beside an Ingress ${name === 'dns' ? 'external-dns makes the records' : 'there is nothing to validate for'}; `
        + 'give LoadBalancer.create(…), or leave it out');
    }
    if (value !== undefined && hosts.length === 0) {
      refuse(`awsLoadBalancer.${name} needs hosts; give at least one, or leave it out`);
    }
  }
  if (certificateZoneId !== undefined && certificateArn !== undefined) {
    refuse('awsLoadBalancer.certificateZoneId cannot be given with certificateArn, because one certificate is enough; leave one of them out');
  }
}

function loadBalancerTexts(way: string, { hosts, certificateArn, annotations }: Pick<AwsLoadBalancerArgs, 'hosts' | 'certificateArn' | 'annotations'>) {
  return {
    hosts: hostsOf(way, hosts),
    certificateArn: certificateArn === undefined ? undefined : textOf(`${way}.certificateArn`, certificateArn),
    annotations: textsOf(`${way}.annotations`, annotations),
  };
}

function hostsOf(way: string, hosts: AwsLoadBalancerArgs['hosts']): string[] | undefined {
  return hosts && [...plainListOf(`${way}.hosts`, hosts)].map((host) => textOf(`${way}.host`, host, hostProblem));
}
