import type { GatewayReference } from '../../spec/traffic/gateway-api';

/** What the Service itself needs. */
export interface PlannedClusterInternal {
  readonly kind: 'clusterInternal';
  readonly trafficDistribution?: string;
  readonly clientIpAffinitySeconds?: number;
}

/** How a target group asks its targets about their health. */
export interface PlannedTargetHealth {
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP';
  /** Absent where a connection alone is the question. */
  readonly path?: string;
  readonly successCodes?: string;
  /** Where it is not the service's port. */
  readonly port?: number;
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

interface PlannedLoadBalancer {
  readonly isInternetFacing: boolean;
  readonly certificateArn?: string;
  readonly hosts: readonly string[];
  readonly deregistrationDelay: number;
  readonly health: PlannedTargetHealth;
  readonly dnsTtl: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What the Ingress of an Application Load Balancer needs. */
export interface PlannedAwsLoadBalancer extends PlannedLoadBalancer {
  readonly kind: 'awsLoadBalancer';
  readonly path: string;
  readonly ingressClassName: string;
  readonly group?: string;
  readonly slowStart?: number;
  readonly stickinessSeconds?: number;
  readonly idleTimeout: number;
}

/** What the Service of a Network Load Balancer needs. */
export interface PlannedNetworkLoadBalancer extends PlannedLoadBalancer {
  readonly kind: 'networkLoadBalancer';
  readonly port: number;
}

/** What the VirtualService, the DestinationRule and the proxy's annotations need. */
export interface PlannedIstio {
  readonly kind: 'istio';
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly timeout?: number;
  readonly retries?: { readonly attempts: number; readonly perTryTimeout?: number; readonly conditions: readonly string[] };
  readonly idleTimeout: number;
  readonly outlierEjection?: {
    readonly consecutiveErrors: number;
    readonly interval: number;
    readonly baseEjectionTime: number;
    readonly maxEjectionPercent: number;
  };
  readonly isNativeSidecarForced: boolean;
  /** Absent where the sidecar is native: a native one does not read them. */
  readonly proxyDrain?: { readonly terminationDrainDuration: number; readonly drainDuration: number };
}

/** What the Ingress of ingress-nginx needs. */
export interface PlannedIngressNginx {
  readonly kind: 'ingressNginx';
  readonly hosts: readonly string[];
  readonly path: string;
  readonly tlsSecret?: string;
  readonly ingressClassName: string;
  readonly readTimeout: number;
  readonly dnsTtl: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a route of the Gateway API needs. */
export interface PlannedRoute {
  readonly kind: 'httpRoute' | 'grpcRoute';
  readonly gateways: readonly GatewayReference[];
  readonly hosts: readonly string[];
  readonly path?: string;
  readonly requestTimeout?: number;
}

/** What the manifests of one path need. */
export type PlannedTraffic =
  | PlannedClusterInternal
  | PlannedAwsLoadBalancer
  | PlannedNetworkLoadBalancer
  | PlannedIstio
  | PlannedIngressNginx
  | PlannedRoute;
