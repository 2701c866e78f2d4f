import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AwsLoadBalancerOptions, LoadBalancerScheme, NetworkLoadBalancerOptions, Protocol, TargetHealthCheck, Traffic,
} from 'zero-downtime';
import { annotations, dnsLabels, maybe, pathPrefixes, paths } from './text-arbitraries';
import { above, ARN, Behind, DeclaredTraffic, durations, hostLists, MARGIN, orDefault, propagations, slacks } from './traffic-bounds';

/** A health check before it is known what the load balancer speaks. */
interface DrawnHealthCheck extends Omit<TargetHealthCheck, 'path' | 'successCodes'> {
  readonly path?: string;
  readonly method?: string;
  readonly httpCodes?: string;
  readonly grpcCodes?: string;
}

const methods = fc.constantFrom('/grpc.health.v1.Health/Check', '/shop.payments.v1.Payments/Ping');

const healthChecks: fc.Arbitrary<DrawnHealthCheck> = fc.record({
  path: maybe(paths),
  method: maybe(methods),
  httpCodes: fc.constantFrom(undefined, '200', '200-299', '200,302'),
  grpcCodes: fc.constantFrom(undefined, '0', '0-5', '0,12'),
  interval: maybe(durations(5, 300)),
  timeout: maybe(fc.integer({ min: 2, max: 120 })),
  healthyThreshold: maybe(fc.integer({ min: 2, max: 10 })),
  unhealthyThreshold: maybe(fc.integer({ min: 2, max: 10 })),
}).map(({ timeout, ...check }) => ({
  ...check, timeout: timeout === undefined ? undefined : Duration.seconds(Math.min(timeout, orDefault(check.interval, 10) - 1)),
}));

/** One that cannot ask what the kubelet asks wants a path, or a method, of its own. */
function applicationCheck(drawn: DrawnHealthCheck | undefined, { protocol, readiness }: Behind): TargetHealthCheck | undefined {
  const { path, method, httpCodes, grpcCodes, ...timing } = drawn ?? {};
  const asks = protocol === Protocol.GRPC
    ? { path: method ?? (readiness === 'grpc' ? undefined : '/grpc.health.v1.Health/Check'), successCodes: grpcCodes }
    : { path: path ?? (readiness === 'http' ? undefined : '/healthy'), successCodes: httpCodes };
  return drawn === undefined && asks.path === undefined ? undefined : { ...timing, ...asks };
}

/** One that can ask nothing else connects, so that no status counts. */
function networkCheck(drawn: DrawnHealthCheck | undefined, { readiness }: Behind): TargetHealthCheck | undefined {
  if (drawn === undefined) {
    return undefined;
  }
  const { path, method: _, httpCodes, grpcCodes: __, ...timing } = drawn;
  return { ...timing, path, successCodes: path === undefined && readiness !== 'http' ? undefined : httpCodes };
}

/** The controller takes annotations of its own prefix for its own, so these have another. */
const balancerOptions = {
  certificateArn: fc.constantFrom(undefined, ARN),
  scheme: maybe(fc.constantFrom(LoadBalancerScheme.INTERNAL, LoadBalancerScheme.INTERNET_FACING)),
  deregistrationSlack: maybe(fc.integer({ min: 0, max: 60 })),
  healthCheck: maybe(healthChecks),
  hosts: maybe(hostLists),
  dnsTtl: maybe(durations(1, 60)),
  annotations: maybe(annotations),
};

export const awsLoadBalancer = fc.record({
  ...balancerOptions,
  propagation: propagations,
  path: maybe(pathPrefixes),
  group: maybe(dnsLabels(20)),
  ingressClassName: fc.constantFrom(undefined, 'alb-internal'),
  slowStart: maybe(durations(30, 900)),
  idleSlack: slacks,
  stickiness: maybe(durations(1, 604_800)),
}).map(({ deregistrationSlack, idleSlack, healthCheck, ...rest }) => (behind: Behind): DeclaredTraffic => {
  const { longestRequest, longest, protocol } = behind;
  const options: AwsLoadBalancerOptions = {
    ...rest,
    certificateArn: protocol === Protocol.HTTP ? rest.certificateArn : ARN,
    healthCheck: applicationCheck(healthCheck, behind),
    deregistrationDelay: above(deregistrationSlack, longest),
    idleTimeout: above(idleSlack, longestRequest + MARGIN),
  };
  return {
    traffic: () => Traffic.awsLoadBalancer(options),
    propagation: orDefault(options.propagation, 60),
    slowStart: orDefault(options.slowStart, 0),
    idleTimeout: orDefault(options.idleTimeout, Math.max(60, longestRequest + 10)),
    deregistrationDelay: orDefault(options.deregistrationDelay, longest),
  };
});

export const networkLoadBalancer = fc.record({
  ...balancerOptions, propagation: maybe(durations(1, 240)), port: maybe(fc.integer({ min: 1, max: 65_535 })),
}).map(({ deregistrationSlack, healthCheck, ...rest }) => (behind: Behind): DeclaredTraffic => {
  const { longest } = behind;
  const options: NetworkLoadBalancerOptions = {
    ...rest, healthCheck: networkCheck(healthCheck, behind), deregistrationDelay: above(deregistrationSlack, longest),
  };
  return {
    traffic: () => Traffic.networkLoadBalancer(options),
    propagation: orDefault(options.propagation, 180),
    idleTimeout: 0,
    deregistrationDelay: orDefault(options.deregistrationDelay, longest),
  };
});
