import { Health, LoadBalancer, LoadBalancerScheme, Replicas, Traffic, ZeroDowntimeService, type AwsLoadBalancerArgs, type ZeroDowntimeServiceArgs } from '../../../src/pulumi';
import { run, valueOf, type Ran } from '../program';

/** A load balancer of the service's own. */
export const OWN = LoadBalancer.create({ vpcId: 'vpc-1', subnetIds: ['subnet-a', 'subnet-b'] });

/** A service of which Pulumi leads the requests. */
export function balanced(way: AwsLoadBalancerArgs = {}, args: Partial<ZeroDowntimeServiceArgs> = {}): ZeroDowntimeService {
  return new ZeroDowntimeService('payments', {
    namespace: 'shop',
    image: 'registry.example.com/payments:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready' }),
    replicas: Replicas.fixed(4),
    traffic: [Traffic.awsLoadBalancer({ loadBalancer: OWN, scheme: LoadBalancerScheme.INTERNET_FACING, ...way })],
    ...args,
  });
}

/** What AWS tells of its resources, by what is asked for here. */
function AWS(type: string, name: string): Record<string, unknown> {
  switch (type.split(':').at(-1)) {
    case 'LoadBalancer': return { arn: `arn:${name}`, dnsName: `${name}.elb.amazonaws.com`, zoneId: 'Z9' };
    case 'Certificate': return { arn: `arn:${name}`, domainValidationOptions: [0, 1].map((at) => ({ resourceRecordName: `_${at}.example.com`, resourceRecordType: 'CNAME', resourceRecordValue: `_${at}.acm` })) };
    case 'CertificateValidation': return { certificateArn: `arn:${name}` };
    case 'getVpc': return { cidrBlock: '10.9.0.0/16' };
    case 'Record': return { fqdn: `${name}.example.com` };
    default: return { arn: `arn:${name}` };
  }
}

/** A resource by what tests ask of it. */
interface Made {
  readonly type: string;
  readonly inputs: any;
  readonly dependsOn: readonly string[];
  readonly ignoreChanges: readonly string[];
}

/** Runs such a program, and returns what it registers by name, with values in the place of secrets. */
export async function registered(program: () => ZeroDowntimeService): Promise<Map<string, Made>> {
  const { resources, failures }: Ran<ZeroDowntimeService> = await run(program, { outputsOf: AWS });
  expect(failures).toEqual([]);
  return new Map(resources.map(({ name, type, sent, dependsOn, ignoreChanges }) => [name.replace(/^payments-/, ''), {
    inputs: valueOf(sent), dependsOn: dependsOn.map((other) => other.replace(/^payments-/, '')), ignoreChanges, type,
  }]));
}
