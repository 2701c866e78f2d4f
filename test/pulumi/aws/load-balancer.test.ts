import * as pulumi from '@pulumi/pulumi';
import { balanced, OWN, registered } from './balanced';
import { DnsRecords, Duration, Health, LoadBalancer, LoadBalancerScheme, Probe, Protocol } from '../../../src/pulumi';

jest.setTimeout(60_000);

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/abc';
const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/b/c';
const EXISTING = LoadBalancer.existing({ vpcId: 'vpc-1', listenerArn: LISTENER, priority: 100 });

const names = (made: ReadonlyMap<string, { type: string }>) => [...made].filter(([, { type }]) => type.startsWith('aws:')).map(([name]) => name);

describe('a load balancer of the service\'s own', () => {
  test('is made with its security group, its listener, a target group and a rule, and no Ingress', async () => {
    const made = await registered(() => balanced());
    expect(names(made).sort()).toEqual([
      'listener', 'listener-rule-0', 'load-balancer', 'security-group', 'security-group-in-80-0', 'security-group-out', 'target-group',
    ]);
    expect([...made.values()].map(({ type }) => type)).not.toContain('kubernetes:networking.k8s.io/v1:Ingress');
  });

  test('has the plan\'s idle timeout, and stands in the given subnets', async () => {
    const made = await registered(() => balanced({ idleTimeout: Duration.seconds(90) }));
    expect(made.get('load-balancer')!.inputs).toMatchObject({
      loadBalancerType: 'application', internal: false, idleTimeout: 90, subnets: ['subnet-a', 'subnet-b'], securityGroups: ['payments-security-group-id'],
    });
  });

  test('answers 404 where no rule matches', async () => {
    const { inputs } = (await registered(() => balanced())).get('listener')!;
    expect(inputs).toMatchObject({ port: 80, protocol: 'HTTP', defaultActions: [{ type: 'fixed-response', fixedResponse: { statusCode: '404' } }] });
  });

  test('sends everybody to TLS where there is a certificate, and speaks TLS 1.2 at least', async () => {
    const made = await registered(() => balanced({ hosts: ['pay.example.com'], certificateArn: pulumi.output(CERTIFICATE) }));
    expect(made.get('listener')!.inputs.defaultActions).toEqual([{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }]);
    expect(made.get('listener-tls')!.inputs).toMatchObject({
      port: 443, protocol: 'HTTPS', certificateArn: CERTIFICATE, sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', defaultActions: [{ type: 'fixed-response' }],
    });
    expect(made.get('listener-rule-0')!.dependsOn).toContain('listener-tls');
    expect([...made.keys()]).toContain('security-group-in-443-0');
  });

  test('lets in everybody where it faces the internet, only the VPC where it does not, and whom it is told to', async () => {
    const from = async (way: Parameters<typeof balanced>[0]) => [...await registered(() => balanced(way))]
      .filter(([name]) => name.startsWith('security-group-in-')).map(([, { inputs }]) => inputs.cidrIpv4);
    expect(await from({})).toEqual(['0.0.0.0/0']);
    expect(await from({ scheme: LoadBalancerScheme.INTERNAL })).toEqual(['10.9.0.0/16']);
    expect(await from({ loadBalancer: LoadBalancer.create({ vpcId: 'vpc-1', subnetIds: ['a', 'b'], allowFrom: ['10.0.0.0/16', pulumi.output('10.1.0.0/16')] }) }))
      .toEqual(['10.0.0.0/16', '10.1.0.0/16']);
  });

  test('may leave out a name that is too long for AWS: the prefix of names has six characters at the most', async () => {
    const made = await registered(() => balanced({}, { name: 'a-b-c-d-very-long-name-of-a-service-with-fifty-two-l' }));
    expect(made.get('load-balancer')!.inputs.namePrefix).toBe('a-b-c-');
    expect(made.get('target-group')!.inputs.namePrefix).toBe('a-b-c-');
  });

  test('carries the given tags on everything that takes tags', async () => {
    const made = await registered(() => balanced({ loadBalancer: LoadBalancer.create({ vpcId: 'v', subnetIds: ['a', 'b'], tags: { team: pulumi.output('money') } }) }));
    for (const name of ['security-group', 'load-balancer', 'listener', 'target-group', 'listener-rule-0']) {
      expect([name, made.get(name)!.inputs.tags]).toEqual([name, { Name: 'payments', team: 'money' }]);
    }
  });
});

describe('a target group', () => {
  const targetGroup = async (...given: Parameters<typeof balanced>) => (await registered(() => balanced(...given))).get('target-group')!.inputs;

  test('has pods as targets and the delay that the plan decides', async () => {
    expect(await targetGroup({}, { longestRequest: Duration.seconds(45) })).toMatchObject({
      targetType: 'ip', protocol: 'HTTP', protocolVersion: 'HTTP1', port: 80, vpcId: 'vpc-1', deregistrationDelay: 45, slowStart: 0, stickiness: { enabled: false },
    });
  });

  test('asks the readiness question in the plan\'s rhythm', async () => {
    expect((await targetGroup()).healthCheck).toEqual({
      enabled: true, protocol: 'HTTP', path: '/ready', port: 'traffic-port', interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2, matcher: '200-399',
    });
  });

  test('asks at another port where readiness is answered there', async () => {
    const health = Health.probes({ readiness: Probe.http('/ready', { port: 9000 }) });
    expect((await targetGroup({}, { health })).healthCheck.port).toBe('9000');
    const { inputs } = (await registered(() => balanced({}, { health }))).get('target-group-binding')!;
    expect(inputs.spec.networking.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 'http' }, { protocol: 'TCP', port: 9000 }]);
  });

  test('starts slowly and keeps clients where that is asked', async () => {
    expect(await targetGroup({ slowStart: Duration.seconds(60), stickiness: Duration.minutes(10) })).toMatchObject({
      slowStart: 60, stickiness: { enabled: true, type: 'lb_cookie', cookieDuration: 600 },
    });
  });

  test('speaks gRPC where the program does', async () => {
    const group = await targetGroup({ hosts: ['a.example.com'], certificateArn: CERTIFICATE }, { protocol: Protocol.GRPC, health: Health.grpc() });
    expect(group).toMatchObject({ protocolVersion: 'GRPC', healthCheck: { protocol: 'HTTP', path: '/grpc.health.v1.Health/Check', matcher: '0' } });
  });
});

describe('pods', () => {
  test('are bound to the target group by the Service, and reached from the load balancer alone', async () => {
    const { inputs, type } = (await registered(() => balanced())).get('target-group-binding')!;
    expect(type).toBe('kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding');
    expect(inputs).toMatchObject({
      metadata: { name: 'payments', namespace: 'shop' },
      spec: {
        serviceRef: { name: 'payments', port: 'http' },
        targetType: 'ip',
        vpcID: 'vpc-1',
        networking: { ingress: [{ from: [{ securityGroup: { groupID: 'payments-security-group-id' } }], ports: [{ protocol: 'TCP', port: 'http' }] }] },
      },
    });
  });

  test('are made after the binding and the rule, so that each waits until the load balancer finds it healthy', async () => {
    const made = await registered(() => balanced());
    const order = [...made.keys()];
    for (const before of ['target-group', 'service', 'target-group-binding', 'listener-rule-0']) {
      expect(order.indexOf(before)).toBeLessThan(order.indexOf('deployment'));
    }
    expect(made.get('target-group-binding')!.dependsOn).toEqual(expect.arrayContaining(['target-group', 'service']));
    expect(made.get('disruption-budget')!.dependsOn).toEqual(expect.arrayContaining(['target-group-binding', 'listener-rule-0']));
    expect(made.get('deployment')!.dependsOn).toContain('disruption-budget');
  });
});

describe('rules', () => {
  const rules = async (way: Parameters<typeof balanced>[0]) => [...await registered(() => balanced(way))]
    .filter(([name]) => name.startsWith('listener-rule')).map(([, { inputs: { priority, conditions } }]) => [priority, conditions]);
  const all = [{ pathPattern: { values: ['/*'] } }];

  test('match everything where neither host nor path is given', async () => {
    expect(await rules({})).toEqual([[2, all]]);
  });

  test('match each host by a rule of its own, in places of their own', async () => {
    expect(await rules({ hosts: ['a.example.com', pulumi.output('b.example.com')] })).toEqual([
      [2, [{ hostHeader: { values: ['a.example.com'] } }]], [4, [{ hostHeader: { values: ['b.example.com'] } }]],
    ]);
  });

  test.each(['/api', '/api/'])('match the prefix %s as an Ingress does: itself and what is below', async (path) => {
    expect(await rules({ path })).toEqual([[2, [{ pathPattern: { values: ['/api', '/api/*'] } }]]]);
  });

  test('are counted from the given priority at a listener that is there', async () => {
    const made = await registered(() => balanced({ loadBalancer: EXISTING, hosts: ['a.example.com'] }));
    expect(names(made)).toEqual(['target-group', 'listener-rule-0']);
    expect(made.get('listener-rule-0')!.inputs).toMatchObject({ listenerArn: LISTENER, priority: 101 });
    expect(made.get('target-group-binding')!.inputs.spec.networking).toBeUndefined();
  });
});

describe('a certificate', () => {
  test('is made for every host, validated by records, and used once it is valid', async () => {
    const made = await registered(() => balanced({ hosts: ['a.example.com', 'b.example.com'], certificateZoneId: 'Z1' }));
    expect(made.get('certificate')!.inputs).toMatchObject({ domainName: 'a.example.com', subjectAlternativeNames: ['b.example.com'], validationMethod: 'DNS' });
    expect([...made.keys()]).toEqual(expect.arrayContaining(['certificate-record-0', 'certificate-record-1', 'certificate-validation']));
    expect(made.get('certificate-record-1')!.inputs).toMatchObject({ zoneId: 'Z1', ttl: 60, allowOverwrite: true });
    expect(made.get('listener-tls')!.dependsOn).toContain('certificate-validation');
  });

  test('is added to a listener that is there', async () => {
    const made = await registered(() => balanced({ loadBalancer: EXISTING, hosts: ['a.example.com'], certificateZoneId: 'Z1' }));
    expect(made.get('listener-certificate')!.inputs.listenerArn).toBe(LISTENER);
  });
});

describe('records', () => {
  test('are aliases of the load balancer, whose names live 60 seconds', async () => {
    const { inputs } = (await registered(() => balanced({ hosts: ['a.example.com'], dns: DnsRecords.alias('Z1') }))).get('dns-record-0')!;
    expect(inputs).toMatchObject({ zoneId: 'Z1', name: 'a.example.com', type: 'A', aliases: [{ evaluateTargetHealth: true }] });
    expect(inputs).not.toHaveProperty('ttl');
  });

  test('may share a name by weight', async () => {
    const dns = DnsRecords.weighted({ zoneId: 'Z1', setIdentifier: 'new', weight: 10 });
    const { inputs } = (await registered(() => balanced({ hosts: ['a.example.com'], dns }))).get('dns-record-0')!;
    expect(inputs).toMatchObject({ setIdentifier: 'new', weightedRoutingPolicies: [{ weight: 10 }] });
  });

  test('lead to the load balancer of a listener that is there, where its name is given', async () => {
    const loadBalancer = LoadBalancer.existing({ vpcId: 'v', listenerArn: LISTENER, priority: 1, dnsName: 'a.elb.amazonaws.com', zoneId: 'Z2' });
    const { inputs } = (await registered(() => balanced({ loadBalancer, hosts: ['a.example.com'], dns: DnsRecords.alias('Z1') }))).get('dns-record-0')!;
    expect(inputs.aliases).toEqual([{ name: 'a.elb.amazonaws.com', zoneId: 'Z2', evaluateTargetHealth: true }]);
  });
});

describe('what is refused', () => {
  const messageOf = (...given: Parameters<typeof balanced>) => {
    try {
      balanced(...given);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('it was expected to be refused');
  };

  test.each<[string, Parameters<typeof balanced>[0], string]>([
    ['a group of Ingresses', { group: 'shop' }, '[payments] awsLoadBalancer.group cannot be given with loadBalancer, because there is no Ingress that it would be of; leave it out'],
    ['an IngressClass', { ingressClassName: 'alb' }, '[payments] awsLoadBalancer.ingressClassName cannot be given with loadBalancer, because there is no Ingress that it would be of; leave it out'],
    ['a path that is a pattern', { path: '/a*' }, '[payments] awsLoadBalancer.path "/a*" must hold no \'*\' with loadBalancer, which matches any characters by it; give a plain prefix'],
    ['a path that AWS refuses', { path: `/${'a'.repeat(126)}` }, '[payments] awsLoadBalancer.path must be of at most 126 characters with loadBalancer, not 127; give a shorter prefix'],
    ['records of nobody knows what', { loadBalancer: EXISTING, hosts: ['a.example.com'], dns: DnsRecords.alias('Z1') },
      '[payments] awsLoadBalancer.dns needs dnsName and zoneId of LoadBalancer.existing, which its records lead to; give both, or leave dns out'],
    ['records beside an Ingress', { loadBalancer: undefined, hosts: ['a.example.com'], dns: DnsRecords.alias('Z1') },
      'awsLoadBalancer.dns needs loadBalancer, because beside an Ingress external-dns makes the records; give LoadBalancer.create(…), or leave it out'],
    ['a certificate for no host', { certificateZoneId: 'Z1' }, 'awsLoadBalancer.certificateZoneId needs hosts; give at least one, or leave it out'],
    ['two certificates', { hosts: ['a.example.com'], certificateZoneId: 'Z1', certificateArn: CERTIFICATE },
      'awsLoadBalancer.certificateZoneId cannot be given with certificateArn, because one certificate is enough; leave one of them out'],
    ['another object', { loadBalancer: { vpcId: 'v' } as never }, 'awsLoadBalancer.loadBalancer (an object) must be of the class LoadBalancer, such as LoadBalancer.create(…)'],
  ])('%s', (_, way, message) => {
    expect(messageOf(way)).toBe(message);
  });

  test('a priority out of range', () => {
    expect(() => LoadBalancer.existing({ vpcId: 'v', listenerArn: LISTENER, priority: 0 })).toThrow('LoadBalancer.existing priority 0 must be a whole number from 1 to 49000');
  });

  test('a weight out of range', () => {
    expect(() => DnsRecords.weighted({ zoneId: 'Z', setIdentifier: 'a', weight: 256 })).toThrow('DnsRecords.weighted weight 256 must be a whole number from 0 to 255');
  });
});

test('beside an Ingress nothing of AWS is made', async () => {
  expect(names(await registered(() => balanced({ loadBalancer: undefined, scheme: LoadBalancerScheme.INTERNAL })))).toEqual([]);
  expect(OWN).toBeInstanceOf(LoadBalancer);
});
