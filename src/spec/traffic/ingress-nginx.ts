import type { Duration } from 'cdk8s';

/** An Ingress of the ingress-nginx controller. */
export interface IngressNginxOptions {
  /** The host names that are routed to the service. */
  readonly hosts: string[];

  /**
   * The path prefix that is routed to the service.
   * @default "/"
   */
  readonly path?: string;

  /**
   * The Secret that holds the TLS certificate: one of this app, or declared with `External.secret`. gRPC needs one.
   * @default - plain HTTP
   */
  readonly tlsSecret?: string;

  /**
   * The IngressClass.
   * @default "nginx"
   */
  readonly ingressClassName?: string;

  /**
   * The time after which an unanswered request ends (`proxy-read-timeout`): at least 5 seconds above the longest request
   * or stream.
   * @default - 60 seconds, or longer where the longest request is
   */
  readonly readTimeout?: Duration;

  /**
   * How long the controller keeps an idle connection to a pod: its `upstream-keepalive-timeout`, which belongs to the
   * controller's own configuration and is only stated here.
   * @default Duration.seconds(60)
   */
  readonly upstreamKeepaliveTimeout?: Duration;

  /**
   * The lifetime of the DNS records that external-dns creates, from 1 to 60 seconds.
   * @default Duration.seconds(60)
   */
  readonly dnsTtl?: Duration;

  /**
   * The time from a pod's deletion until the controller sends it no new request. Engineering judgement: the
   * controller syncs at most every 3.3 seconds and its balancer reads its endpoints every second.
   * @default Duration.seconds(10)
   */
  readonly propagation?: Duration;

  /**
   * Further annotations of the Ingress. One that the library derives cannot be given here.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}
