import type * as pulumi from '@pulumi/pulumi';
import type { AwsScope } from './scope';
import type { NewLoadBalancerArgs } from '../vocabulary/load-balancer';

const EVERYBODY = '0.0.0.0/0';

/** Makes the security group of a load balancer: in on its listeners' ports, and out to wherever its targets are. */
export function createSecurityGroup(scope: AwsScope, { vpcId, allowFrom }: NewLoadBalancerArgs, ports: readonly number[]): pulumi.Output<string> {
  const { sdk: { ec2, vpc }, balanced: { planned, traffic, parent } } = scope;
  const group = scope.make(ec2.SecurityGroup, 'security-group', {
    vpcId, description: `the load balancer of ${planned.spec.name}`, namePrefix: `${planned.spec.name}-`, tags: scope.tags,
  });
  const sources = allowFrom ?? [traffic.isInternetFacing ? EVERYBODY : ec2.getVpcOutput({ id: vpcId }, { parent }).cidrBlock];
  sources.forEach((cidrIpv4, at) => ports.forEach((port) => scope.make(vpc.SecurityGroupIngressRule, `security-group-in-${port}-${at}`, {
    securityGroupId: group.id, cidrIpv4, ipProtocol: 'tcp', fromPort: port, toPort: port,
  })));
  scope.make(vpc.SecurityGroupEgressRule, 'security-group-out', { securityGroupId: group.id, cidrIpv4: EVERYBODY, ipProtocol: '-1' });
  return group.id;
}
