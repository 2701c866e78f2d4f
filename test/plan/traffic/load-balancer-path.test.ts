import { AwsLoadBalancerOptions, LoadBalancerScheme, NetworkLoadBalancerOptions } from '../../../src/spec/traffic/aws';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, originOf, planned, problemsOf, required, seconds, valueOf } from '../declare';

type Options = AwsLoadBalancerOptions & NetworkLoadBalancerOptions;

describe.each<[string, number, (options: Options) => Traffic, string[]]>([
  ['awsLoadBalancer', 60, (options) => Traffic.awsLoadBalancer(options), [
    'alb.ingress.kubernetes.io/scheme', 'alb.ingress.kubernetes.io/group.name', 'alb.ingress.kubernetes.io/certificate-arn',
    'alb.ingress.kubernetes.io/listen-ports', 'alb.ingress.kubernetes.io/ssl-redirect', 'alb.ingress.kubernetes.io/load-balancer-attributes',
    'alb.ingress.kubernetes.io/target-type', 'alb.ingress.kubernetes.io/target-group-attributes', 'alb.ingress.kubernetes.io/healthcheck-path',
    'alb.ingress.kubernetes.io/healthy-threshold-count', 'alb.ingress.kubernetes.io/unhealthy-threshold-count',
    'alb.ingress.kubernetes.io/success-codes', 'alb.ingress.kubernetes.io/backend-protocol-version', 'external-dns.alpha.kubernetes.io/ttl',
  ]],
  ['networkLoadBalancer', 180, (options) => Traffic.networkLoadBalancer(options), [
    'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type', 'service.beta.kubernetes.io/aws-load-balancer-scheme',
    'service.beta.kubernetes.io/aws-load-balancer-type', 'service.beta.kubernetes.io/aws-load-balancer-internal',
    'service.beta.kubernetes.io/aws-load-balancer-ssl-cert', 'service.beta.kubernetes.io/aws-load-balancer-ssl-ports',
    'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes', 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-path',
    'external-dns.alpha.kubernetes.io/hostname', 'external-dns.alpha.kubernetes.io/ttl',
  ]],
])('%s', (path, propagation, traffic, derivedAnnotations) => {
  const name = `${path}.deregistrationDelay`;
  const withDelay = (delay: number) => ({ traffic: [traffic({ deregistrationDelay: seconds(delay) })] });

  test('keeps the connections of a deregistered target as long as the longest request', () => {
    expect(decided(name, { traffic: [traffic({})] })).toEqual({
      value: 30, unit: 's', origin: 'derived', inequalities: ['≥ longestRequest 30s', '≤ AWS maximum 3600s'],
    });
  });

  test('keeps them as long as a connection may live', () => {
    expect(valueOf(name, { maxConnectionAge: seconds(90), traffic: [traffic({})] })).toBe(90);
  });

  test('may keep them from the longest request to one hour', () => {
    expect(originOf(name, withDelay(30))).toBe('overridden');
    expect(problemsOf({ ...withDelay(3600), nodeDrainTimeout: seconds(7200) })).toEqual([]);
  });

  test('is refused a shorter delay', () => {
    expect(problemsOf(withDelay(29))).toEqual([`${name} 29s must be at least longestRequest 30s; give it 30s or more, or leave it out`]);
  });

  test('is refused a longer delay', () => {
    expect(problemsOf({ ...withDelay(3601), nodeDrainTimeout: seconds(7200) }))
      .toEqual([`${name} 3601s must be at most AWS maximum 3600s; give it 3600s or less, or leave it out`]);
  });

  test('keeps a pod alive until the load balancer holds no connection to it', () => {
    expect(decided('terminationGracePeriod', withDelay(100))).toEqual({
      value: propagation + 105,
      unit: 's',
      origin: 'derived',
      inequalities: [
        `≥ preStop ${propagation}s + drain 30s + margin 5s`,
        `≥ ${path}.propagation ${propagation}s + ${name} 100s + margin 5s`,
        '≤ nodeDrainTimeout 600s',
      ],
    });
  });

  test('asks for the readiness gate in the service\'s namespace', () => {
    expect(required('cluster', { traffic: [traffic({})] })).toContain(
      'the namespace shop carries the label elbv2.k8s.aws/pod-readiness-gate-inject=enabled before its first pod starts, '
      + 'and the AWS Load Balancer Controller runs in another namespace',
    );
  });

  test.each([[undefined, false], [LoadBalancerScheme.INTERNAL, false], [LoadBalancerScheme.INTERNET_FACING, true]])(
    'with the scheme %s faces the internet: %s', (scheme, isInternetFacing) => {
      expect(planned({ traffic: [traffic({ scheme })] }).planned.traffic[1]).toMatchObject({ isInternetFacing });
    });

  test('takes hosts, and refuses what is none', () => {
    expect(problemsOf({ traffic: [traffic({ hosts: ['a.example', '*.b.example'] })] })).toEqual([]);
    expect(problemsOf({ traffic: [traffic({ hosts: ['https://a.example'] })] })).toEqual([
      `${path}.host "https://a.example" must be a DNS name in lower case, without scheme, port or path ('*.' may lead it)`,
    ]);
  });

  test('takes annotations that it does not decide', () => {
    const annotations = { 'example.com/owner': 'shop' };
    expect(planned({ traffic: [traffic({ annotations })] }).planned.traffic[1]).toMatchObject({ annotations });
  });

  test.each(derivedAnnotations)('refuses the annotation %s, which it decides', (key) => {
    expect(problemsOf({ traffic: [traffic({ annotations: { [key]: 'x' } })] }))
      .toEqual([`${path}.annotations ${JSON.stringify(key)} cannot be given, because the library decides it; use the option for it`]);
  });

  test('refuses an annotation that Kubernetes does not take', () => {
    expect(problemsOf({ traffic: [traffic({ annotations: { 'a b': 'x' } })] })).toEqual([
      `${path}.annotations key "a b" must be at most 63 letters, digits, '-', '_' or '.', with an optional DNS prefix and '/'`,
    ]);
  });
});
