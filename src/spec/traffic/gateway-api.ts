import type { Duration } from 'cdk8s';

/** A Gateway that a route attaches to. */
export interface GatewayReference {
  /** The Gateway's name. */
  readonly name: string;

  /**
   * The Gateway's namespace.
   * @default - the service's own
   */
  readonly namespace?: string;

  /**
   * The listener of the Gateway.
   * @default - every listener that takes the route
   */
  readonly sectionName?: string;
}

/** A route of the Gateway API. */
export interface RouteOptions {
  /** The Gateways that it attaches to, at least one. */
  readonly gateways: GatewayReference[];

  /**
   * The host names that are routed to the service.
   * @default - every host of the listeners
   */
  readonly hosts?: string[];

  /**
   * The time from a pod's deletion until the Gateway sends it no new request. It depends on the implementation, and no
   * bound is published; the default is engineering judgement for a proxy inside the cluster.
   * @default Duration.seconds(30)
   */
  readonly propagation?: Duration;

  /**
   * How long the Gateway keeps an idle connection to a pod, which belongs to its own configuration and is only
   * stated here.
   * @default Duration.seconds(60)
   */
  readonly upstreamIdleTimeout?: Duration;
}

/** An HTTPRoute. */
export interface HttpRouteOptions extends RouteOptions {
  /**
   * The path prefix that is routed to the service.
   * @default "/"
   */
  readonly path?: string;

  /**
   * The time within which a request must be answered: at least 5 seconds above the longest request or stream.
   * @default - 60 seconds, or longer where the longest request is; none with long-lived connections
   */
  readonly requestTimeout?: Duration;
}
