import type { Duration } from 'cdk8s';

/** From where a load balancer can be reached. */
export enum LoadBalancerScheme {
  /** From the load balancer's own network. */
  INTERNAL = 'INTERNAL',
  /** From the internet. */
  INTERNET_FACING = 'INTERNET_FACING',
}

/** How a target group asks its targets about their health. */
export interface TargetHealthCheck {
  /**
   * The path that is asked; over gRPC a method as `/package.service/method`. An Application Load Balancer that cannot ask
   * the readiness probe's question needs it.
   * @default - the readiness path; the standard health service where both speak gRPC; a mere connection from a Network
   * Load Balancer that can ask nothing else
   */
  readonly path?: string;

  /**
   * Time between two questions, from 5 to 300 seconds.
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * Time after which a question counts as failed, from 2 to 120 seconds and below the interval.
   * @default - 5 seconds, or 1 second below the interval where that is shorter
   */
  readonly timeout?: Duration;

  /**
   * Successes in a row after which an unhealthy target is healthy again, from 2 to 10.
   * @default 2
   */
  readonly healthyThreshold?: number;

  /**
   * Failures in a row after which a target is unhealthy, from 2 to 10.
   * @default 2
   */
  readonly unhealthyThreshold?: number;

  /**
   * The statuses that count as success.
   * @default - "200-399" over HTTP, "0" over gRPC
   */
  readonly successCodes?: string;
}

/** An Application Load Balancer, made by the AWS Load Balancer Controller from an Ingress. */
export interface AwsLoadBalancerOptions {
  /**
   * The host names that are routed to the service; external-dns creates their records.
   * @default - every host
   */
  readonly hosts?: string[];

  /**
   * The path prefix that is routed to the service.
   * @default "/"
   */
  readonly path?: string;

  /**
   * From where the load balancer can be reached.
   * @default LoadBalancerScheme.INTERNAL
   */
  readonly scheme?: LoadBalancerScheme;

  /**
   * The ARN of the TLS certificate. With one, port 80 redirects to 443. HTTP/2 and gRPC need one.
   * @default - plain HTTP on port 80
   */
  readonly certificateArn?: string;

  /**
   * The group of Ingresses that share one load balancer (`group.name`). Scheme, TLS redirect and idle timeout are the
   * whole group's: give every member the same.
   * @default - a load balancer of its own
   */
  readonly group?: string;

  /**
   * The IngressClass.
   * @default "alb"
   */
  readonly ingressClassName?: string;

  /**
   * How long a deregistered target keeps its connections, up to 1 hour.
   * @default - as long as the longest request, or the longest connection with `maxConnectionAge`
   */
  readonly deregistrationDelay?: Duration;

  /**
   * The time over which a new target's share of the requests grows to its full size, from 30 seconds to 15 minutes. A new
   * pod counts as available no sooner.
   * @default - none: a new target gets its full share at once
   */
  readonly slowStart?: Duration;

  /**
   * How long a connection may carry nothing before the load balancer closes it, from 5 seconds above the longest request
   * to 4000 seconds. It also ends a request that is not answered for so long.
   * @default - 60 seconds, shorter where the program's keep-alive timeout is, longer where the longest request is
   */
  readonly idleTimeout?: Duration;

  /**
   * How targets are asked about their health.
   * @default - the readiness question, every 10 seconds
   */
  readonly healthCheck?: TargetHealthCheck;

  /**
   * How long the load balancer's cookie keeps a client on one target, from 1 second to 7 days. Sessions end when their
   * pod is replaced, so this wants `Risk.sessionAffinity` accepted.
   * @default - no stickiness
   */
  readonly stickiness?: Duration;

  /**
   * The lifetime of the DNS records that external-dns creates, from 1 to 60 seconds.
   * @default Duration.seconds(60)
   */
  readonly dnsTtl?: Duration;

  /**
   * The time from a pod's deletion until the load balancer sends it no new request.
   *
   * AWS states no bound. Users report losses with 5 seconds and none with 25 to 70; 30 to 60 seconds are engineering
   * judgement.
   * @default Duration.seconds(60)
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106
   */
  readonly propagation?: Duration;

  /**
   * Further annotations of the Ingress. One that the library derives cannot be given here.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A Network Load Balancer, made by the AWS Load Balancer Controller from a Service. */
export interface NetworkLoadBalancerOptions {
  /**
   * The port that it listens on, from 1 to 65535.
   * @default - 443 with a certificate, else 80
   */
  readonly port?: number;

  /**
   * From where the load balancer can be reached.
   * @default LoadBalancerScheme.INTERNAL
   */
  readonly scheme?: LoadBalancerScheme;

  /**
   * The ARN of the TLS certificate.
   * @default - TCP is passed through
   */
  readonly certificateArn?: string;

  /**
   * The host names whose records external-dns creates.
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * How long a deregistered target keeps its connections, up to 1 hour.
   * @default - as long as the longest request, or the longest connection with `maxConnectionAge`
   */
  readonly deregistrationDelay?: Duration;

  /**
   * How targets are asked about their health.
   * @default - the readiness question, every 10 seconds
   */
  readonly healthCheck?: TargetHealthCheck;

  /**
   * The lifetime of the DNS records that external-dns creates, from 1 to 60 seconds.
   * @default Duration.seconds(60)
   */
  readonly dnsTtl?: Duration;

  /**
   * The time from a pod's deletion until the load balancer sends it no new connection.
   *
   * Users and AWS's own support report 2 to 3 minutes whatever the deregistration delay.
   * @default Duration.seconds(180)
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366
   */
  readonly propagation?: Duration;

  /**
   * Further annotations of the Service. One that the library derives cannot be given here.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}
