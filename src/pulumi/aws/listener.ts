import type * as pulumi from '@pulumi/pulumi';
import { certificateArnOf } from './certificate';
import type { Destination } from './dns';
import type { AwsScope } from './scope';
import { createSecurityGroup } from './security-group';
import type { ExistingListenerArgs, NewLoadBalancerArgs } from '../vocabulary/load-balancer';

/** What rules are added to, and what pods are reached from. */
export interface Listener {
  readonly arn: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  /** The priority of the first rule. */
  readonly priority: number;
  readonly securityGroupId?: pulumi.Input<string>;
  /** Where records lead, where that is known. */
  readonly destination?: Destination;
}

/** TLS 1.2 and 1.3 with forward secrecy: the policy that AWS recommends. */
const SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

const NOT_FOUND = { type: 'fixed-response', fixedResponse: { contentType: 'text/plain', messageBody: 'not found', statusCode: '404' } };
const TO_HTTPS = { type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } };

/** Makes a load balancer with its listeners. */
export function createListener(scope: AwsScope, args: NewLoadBalancerArgs): Listener {
  const { sdk: { lb }, balanced: { traffic } } = scope;
  const certificateArn = certificateArnOf(scope);
  const securityGroupId = createSecurityGroup(scope, args, certificateArn === undefined ? [80] : [80, 443]);
  const loadBalancer = scope.make(lb.LoadBalancer, 'load-balancer', {
    namePrefix: scope.namePrefix,
    loadBalancerType: 'application',
    internal: !traffic.isInternetFacing,
    subnets: args.subnetIds,
    securityGroups: [securityGroupId],
    idleTimeout: traffic.idleTimeout,
    tags: scope.tags,
  });
  const listen = (id: string, port: number, defaultAction: object, tls: object = {}) => scope.make(lb.Listener, id, {
    loadBalancerArn: loadBalancer.arn, port, protocol: port === 443 ? 'HTTPS' : 'HTTP', defaultActions: [defaultAction as never], tags: scope.tags, ...tls,
  });
  const plain = listen('listener', 80, certificateArn === undefined ? NOT_FOUND : TO_HTTPS);
  const listener = certificateArn === undefined ? plain : listen('listener-tls', 443, NOT_FOUND, { certificateArn, sslPolicy: SSL_POLICY });
  return {
    arn: listener.arn, vpcId: args.vpcId, priority: 1, securityGroupId, destination: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId },
  };
}

/** Takes a listener that is there, and adds a certificate to it where one is made. */
export function existingListener(scope: AwsScope, args: ExistingListenerArgs): Listener {
  const { sdk: { lb }, balanced: { balancing: { certificateZoneId } } } = scope;
  const { listenerArn, vpcId, priority, securityGroupId, dnsName, zoneId } = args;
  if (certificateZoneId !== undefined) {
    scope.make(lb.ListenerCertificate, 'listener-certificate', { listenerArn, certificateArn: certificateArnOf(scope)! });
  }
  const destination = dnsName === undefined || zoneId === undefined ? undefined : { name: dnsName, zoneId };
  return { arn: listenerArn, vpcId, priority, securityGroupId, destination };
}
