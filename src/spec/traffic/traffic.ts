import type { AwsLoadBalancerOptions, NetworkLoadBalancerOptions } from './aws';
import type { ClusterInternalOptions } from './cluster-internal';
import type { HttpRouteOptions, RouteOptions } from './gateway-api';
import type { IngressNginxOptions } from './ingress-nginx';
import type { IstioOptions } from './istio';

/** One way in, in the planner's form. Each further way is one more member. */
export type TrafficSpec =
  | { readonly kind: 'clusterInternal'; readonly options: ClusterInternalOptions }
  | { readonly kind: 'awsLoadBalancer'; readonly options: AwsLoadBalancerOptions }
  | { readonly kind: 'networkLoadBalancer'; readonly options: NetworkLoadBalancerOptions }
  | { readonly kind: 'istio'; readonly options: IstioOptions }
  | { readonly kind: 'ingressNginx'; readonly options: IngressNginxOptions }
  | { readonly kind: 'httpRoute'; readonly options: HttpRouteOptions }
  | { readonly kind: 'grpcRoute'; readonly options: RouteOptions };

/**
 * A way by which requests reach the service. A service may have several, each kind at most once.
 *
 * Every way learns of a pod's end at its own pace; the preStop hook outlasts the slowest one.
 */
export class Traffic {
  /** Calls from inside the cluster to the Service, which exists in any case. */
  static clusterInternal(options: ClusterInternalOptions = {}): Traffic {
    return new Traffic({ kind: 'clusterInternal', options });
  }

  /**
   * An Application Load Balancer, through an Ingress of the AWS Load Balancer Controller, with pods as targets.
   *
   * The namespace must carry the label `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`, so that a new pod is not
   * ready before the load balancer finds it healthy.
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
   */
  static awsLoadBalancer(options: AwsLoadBalancerOptions = {}): Traffic {
    return new Traffic({ kind: 'awsLoadBalancer', options });
  }

  /**
   * A Network Load Balancer, through a Service of the AWS Load Balancer Controller, with pods as targets. The
   * namespace must carry the same label as for an Application Load Balancer.
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
   */
  static networkLoadBalancer(options: NetworkLoadBalancerOptions = {}): Traffic {
    return new Traffic({ kind: 'networkLoadBalancer', options });
  }

  /**
   * Istio: a DestinationRule and a VirtualService, and the proxy's settings for the pod's end.
   * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
   */
  static istio(options: IstioOptions = {}): Traffic {
    return new Traffic({ kind: 'istio', options });
  }

  /**
   * An Ingress of the ingress-nginx controller.
   * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
   */
  static ingressNginx(options: IngressNginxOptions): Traffic {
    return new Traffic({ kind: 'ingressNginx', options });
  }

  /**
   * An HTTPRoute of the Gateway API.
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
   */
  static httpRoute(options: HttpRouteOptions): Traffic {
    return new Traffic({ kind: 'httpRoute', options });
  }

  /**
   * A GRPCRoute of the Gateway API, for a program whose protocol is `Protocol.GRPC`.
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute
   */
  static grpcRoute(options: RouteOptions): Traffic {
    return new Traffic({ kind: 'grpcRoute', options });
  }

  /** @internal */
  readonly _spec: TrafficSpec;

  private constructor(spec: TrafficSpec) {
    this._spec = spec;
  }
}
