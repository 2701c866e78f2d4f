import { expectDefault, manifestsOf, objectOf, Proofs } from './proof';
import { Health } from '../../../src/spec/health';
import { Protocol } from '../../../src/spec/protocol';
import { AwsLoadBalancerOptions, LoadBalancerScheme, NetworkLoadBalancerOptions, TargetHealthCheck } from '../../../src/spec/traffic/aws';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { planned, Props, seconds, valueOf } from '../../plan/declare';

const alb = (options: AwsLoadBalancerOptions = {}): Props => ({ traffic: [Traffic.awsLoadBalancer(options)] });
const nlb = (options: NetworkLoadBalancerOptions = {}): Props => ({ traffic: [Traffic.networkLoadBalancer(options)] });
const checking = (healthCheck: TargetHealthCheck): Props => alb({ healthCheck });
const ingress = (props = alb()) => objectOf('Ingress', props);
const annotation = (name: string, props = alb()) => ingress(props).metadata.annotations[`alb.ingress.kubernetes.io/${name}`];
const balancer = (props = nlb()) => manifestsOf(props).find(({ metadata }) => metadata.name === 'payments-nlb')!;
const onBalancer = (name: string, props = nlb()) => balancer(props).metadata.annotations![`service.beta.kubernetes.io/aws-load-balancer-${name}`];

/** How the load balancers of AWS lead to the pods. */
export const LOAD_BALANCER_PROOFS: Proofs = {
  'TargetHealthCheck.path': () => expect(annotation('healthcheck-path')).toBe('/ready'),
  'TargetHealthCheck.interval': () => expectDefault(alb(), checking({ interval: seconds(10) }), checking({ interval: seconds(11) })),
  'TargetHealthCheck.timeout': () => expectDefault(alb(), checking({ timeout: seconds(5) }), checking({ timeout: seconds(6) })),
  'TargetHealthCheck.healthyThreshold': () => expectDefault(alb(), checking({ healthyThreshold: 2 }), checking({ healthyThreshold: 3 })),
  'TargetHealthCheck.unhealthyThreshold': () => expectDefault(alb(), checking({ unhealthyThreshold: 2 }), checking({ unhealthyThreshold: 3 })),
  'TargetHealthCheck.successCodes': () => {
    expect(annotation('success-codes')).toBe('200-399');
    expect(annotation('success-codes', { ...alb({ certificateArn: 'arn' }), protocol: Protocol.GRPC, health: Health.grpc() })).toBe('0');
  },
  'AwsLoadBalancerOptions.hosts': () => expect(ingress().spec.rules.map(({ host }: { host?: string }) => host)).toEqual([undefined]),
  'AwsLoadBalancerOptions.path': () => expectDefault(alb(), alb({ path: '/' }), alb({ path: '/pay' })),
  'AwsLoadBalancerOptions.scheme': () =>
    expectDefault(alb(), alb({ scheme: LoadBalancerScheme.INTERNAL }), alb({ scheme: LoadBalancerScheme.INTERNET_FACING })),
  'AwsLoadBalancerOptions.certificateArn': () => {
    expect(annotation('certificate-arn')).toBeUndefined();
    expect(annotation('ssl-redirect')).toBeUndefined();
  },
  'AwsLoadBalancerOptions.group': () => expect(annotation('group.name')).toBeUndefined(),
  'AwsLoadBalancerOptions.ingressClassName': () => expect(ingress().spec.ingressClassName).toBe('alb'),
  'AwsLoadBalancerOptions.deregistrationDelay': () =>
    expect(valueOf('awsLoadBalancer.deregistrationDelay', { ...alb(), longestRequest: seconds(77) })).toBe(77),
  'AwsLoadBalancerOptions.slowStart': () => expect(annotation('target-group-attributes')).toBe('deregistration_delay.timeout_seconds=30'),
  'AwsLoadBalancerOptions.idleTimeout': () => {
    expect(annotation('load-balancer-attributes')).toBe('idle_timeout.timeout_seconds=60');
    expect(valueOf('awsLoadBalancer.idleTimeout', { ...alb(), longestRequest: seconds(100) })).toBe(105);
  },
  'AwsLoadBalancerOptions.healthCheck': () => {
    expect([annotation('healthcheck-path'), annotation('healthcheck-interval-seconds')]).toEqual(['/ready', '10']);
  },
  'AwsLoadBalancerOptions.stickiness': () => expect(annotation('target-group-attributes')).not.toContain('stickiness'),
  'AwsLoadBalancerOptions.dnsTtl': () => {
    const named = (dnsTtl?: number) => alb({ hosts: ['a.example'], dnsTtl: dnsTtl === undefined ? undefined : seconds(dnsTtl) });
    expectDefault(named(), named(60), named(59));
  },
  'AwsLoadBalancerOptions.propagation': () => expectDefault(alb(), alb({ propagation: seconds(60) }), alb({ propagation: seconds(61) })),
  'AwsLoadBalancerOptions.annotations': () =>
    expectDefault(alb(), alb({ annotations: {} }), alb({ annotations: { 'example.com/owner': 'shop' } })),
  'NetworkLoadBalancerOptions.port': () => expect([nlb(), nlb({ certificateArn: 'arn' })].map((props) => planned(props).planned.traffic[1]))
    .toEqual([expect.objectContaining({ port: 80 }), expect.objectContaining({ port: 443 })]),
  'NetworkLoadBalancerOptions.scheme': () =>
    expectDefault(nlb(), nlb({ scheme: LoadBalancerScheme.INTERNAL }), nlb({ scheme: LoadBalancerScheme.INTERNET_FACING })),
  'NetworkLoadBalancerOptions.certificateArn': () => expect(onBalancer('ssl-cert')).toBeUndefined(),
  'NetworkLoadBalancerOptions.hosts': () => expect(Object.keys(balancer().metadata.annotations!).filter((key) => key.startsWith('external-dns'))).toEqual([]),
  'NetworkLoadBalancerOptions.deregistrationDelay': () =>
    expect(valueOf('networkLoadBalancer.deregistrationDelay', { ...nlb(), longestRequest: seconds(77) })).toBe(77),
  'NetworkLoadBalancerOptions.healthCheck': () => {
    expect([onBalancer('healthcheck-path'), onBalancer('healthcheck-interval')]).toEqual(['/ready', '10']);
  },
  'NetworkLoadBalancerOptions.dnsTtl': () => {
    const named = (dnsTtl?: number) => nlb({ hosts: ['a.example'], dnsTtl: dnsTtl === undefined ? undefined : seconds(dnsTtl) });
    expectDefault(named(), named(60), named(59));
  },
  'NetworkLoadBalancerOptions.propagation': () => expectDefault(nlb(), nlb({ propagation: seconds(180) }), nlb({ propagation: seconds(181) })),
  'NetworkLoadBalancerOptions.annotations': () =>
    expectDefault(nlb(), nlb({ annotations: {} }), nlb({ annotations: { 'example.com/owner': 'shop' } })),
};
