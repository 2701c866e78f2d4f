import { Health } from '../../../src/spec/health';
import { Probe } from '../../../src/spec/probe';
import { Protocol } from '../../../src/spec/protocol';
import { AwsLoadBalancerOptions, TargetHealthCheck } from '../../../src/spec/traffic/aws';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, originOf, planned, problemsOf, Props, seconds, valueOf } from '../declare';

const KINDS: Array<[string, (options: Pick<AwsLoadBalancerOptions, 'healthCheck'>) => Traffic]> = [
  ['awsLoadBalancer', (options) => Traffic.awsLoadBalancer(options)], ['networkLoadBalancer', (options) => Traffic.networkLoadBalancer(options)],
];

const NOT_HTTP: Array<[string, Probe]> = [['exec', Probe.exec(['check'])], ['tcp', Probe.tcp()], ['grpc', Probe.grpc()]];

const healthOf = (traffic: Traffic, props: Props = {}) => {
  const found = planned({ ...props, traffic: [traffic] }).planned.traffic[1];
  return 'health' in found ? found.health : undefined;
};

describe.each(KINDS)('%s.healthCheck', (path, traffic) => {
  const check = (healthCheck: TargetHealthCheck): Props => ({ traffic: [traffic({ healthCheck })] });
  const interval = `${path}.healthCheck.interval`;
  const timeout = `${path}.healthCheck.timeout`;

  test('asks the readiness question every ten seconds', () => {
    expect(healthOf(traffic({}))).toEqual({
      protocol: 'HTTP',
      path: '/ready',
      port: undefined,
      interval: 10,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      successCodes: '200-399',
    });
  });

  test('has an interval that AWS takes', () => {
    expect(decided(interval, check({}))).toEqual({
      value: 10, unit: 's', origin: 'preferred', inequalities: ['≥ AWS minimum 5s', '≤ AWS maximum 300s'],
    });
    expect(originOf(interval, check({ interval: seconds(300) }))).toBe('overridden');
    expect(problemsOf(check({ interval: seconds(4), timeout: seconds(2) })))
      .toEqual([`${interval} 4s must be at least AWS minimum 5s; give it 5s or more, or leave it out`]);
    expect(problemsOf(check({ interval: seconds(301) })))
      .toEqual([`${interval} 301s must be at most AWS maximum 300s; give it 300s or less, or leave it out`]);
  });

  test('has a timeout below its interval', () => {
    expect(decided(timeout, check({}))).toEqual({
      value: 5, unit: 's', origin: 'preferred', inequalities: ['≥ AWS minimum 2s', '≤ AWS maximum 120s', `< ${interval} 10s`],
    });
    expect(valueOf(timeout, check({ interval: seconds(5) }))).toBe(4);
    expect(valueOf(timeout, check({ timeout: seconds(9) }))).toBe(9);
    expect(problemsOf(check({ timeout: seconds(10) })))
      .toEqual([`${timeout} 10s must be less than ${interval} 10s; give it 9s or less, or leave it out`]);
    expect(problemsOf(check({ timeout: seconds(1) })))
      .toEqual([`${timeout} 1s must be at least AWS minimum 2s; give it 2s or more, or leave it out`]);
  });

  test('has a timeout that AWS takes, at most 120 seconds', () => {
    expect(originOf(timeout, check({ interval: seconds(300), timeout: seconds(120) }))).toBe('overridden');
    expect(problemsOf(check({ interval: seconds(300), timeout: seconds(121) })))
      .toEqual([`${timeout} 121s must be at most AWS maximum 120s; give it 120s or less, or leave it out`]);
  });

  test.each(['healthyThreshold', 'unhealthyThreshold'])('has a %s from 2 to 10', (threshold) => {
    expect(problemsOf(check({ [threshold]: 2 }))).toEqual([]);
    expect(problemsOf(check({ [threshold]: 10 }))).toEqual([]);
    for (const amount of [1, 11, 2.5, NaN]) {
      expect(problemsOf(check({ [threshold]: amount }))).toEqual([`${path}.healthCheck.${threshold} ${amount} must be a whole number from 2 to 10`]);
    }
  });

  test('asks another path and takes other statuses where they are declared', () => {
    expect(healthOf(traffic({ healthCheck: { path: '/lb', successCodes: '200,204' } }))).toMatchObject({ path: '/lb', successCodes: '200,204' });
    expect(problemsOf(check({ path: 'lb' })))
      .toEqual([`${path}.healthCheck.path "lb" must start with '/' and hold no white space or control characters`]);
  });

  test('asks the port that answers the readiness probe', () => {
    expect(healthOf(traffic({}), { health: Health.http({ readiness: '/ready', port: 9000 }) })).toMatchObject({ port: 9000 });
    expect(healthOf(traffic({}), { health: Health.http({ readiness: '/ready', port: 3000 }) })).toMatchObject({ port: undefined });
  });

  test('asks over TLS where the readiness probe does', () => {
    expect(healthOf(traffic({}), { health: Health.http({ readiness: '/ready', tls: true }) })).toMatchObject({ protocol: 'HTTPS' });
  });

  test.each(NOT_HTTP)('asks a declared path over HTTP where the readiness probe is %s', (_, readiness) => {
    expect(healthOf(traffic({ healthCheck: { path: '/lb' } }), { health: Health.probes({ readiness }) }))
      .toMatchObject({ protocol: 'HTTP', path: '/lb', successCodes: '200-399' });
  });
});

test.each(NOT_HTTP)('awsLoadBalancer.healthCheck wants a path where the readiness probe is %s', (kind, readiness) => {
  expect(problemsOf({ health: Health.probes({ readiness }), traffic: [Traffic.awsLoadBalancer()] })).toEqual([
    `awsLoadBalancer.healthCheck.path must be given, because the readiness probe is ${kind} and the load balancer asks over HTTP`,
  ]);
});

test.each(NOT_HTTP)('networkLoadBalancer.healthCheck only connects where the readiness probe is %s', (_, readiness) => {
  const health = healthOf(Traffic.networkLoadBalancer(), { health: Health.probes({ readiness }) });
  expect(health).toMatchObject({ protocol: 'TCP' });
  expect(health).not.toHaveProperty('path');
  expect(health).not.toHaveProperty('successCodes');
});

describe('awsLoadBalancer.healthCheck of a gRPC service', () => {
  const certificateArn = 'arn:aws:acm:eu:1:certificate/a';
  const protocol = Protocol.GRPC;

  test('asks the standard health service for the status 0', () => {
    expect(healthOf(Traffic.awsLoadBalancer({ certificateArn }), { protocol, health: Health.grpc() }))
      .toMatchObject({ protocol: 'HTTP', path: '/grpc.health.v1.Health/Check', successCodes: '0', port: undefined });
  });

  test('asks it at the port of the readiness probe', () => {
    const health = Health.probes({ readiness: Probe.grpc({ port: 9000 }) });
    expect(healthOf(Traffic.awsLoadBalancer({ certificateArn }), { protocol, health })).toMatchObject({ port: 9000 });
  });

  test.each<[string, Probe]>([
    ['http', Probe.http('/ready')], ['exec', Probe.exec(['check'])], ['tcp', Probe.tcp()],
  ])('wants a path where the readiness probe is %s, whose question it cannot ask over gRPC', (kind, readiness) => {
    const health = Health.probes({ readiness });
    expect(problemsOf({ protocol, health, traffic: [Traffic.awsLoadBalancer({ certificateArn })] })).toEqual([
      'awsLoadBalancer.healthCheck.path must be given as "/package.service/method", because with protocol GRPC the load balancer asks over gRPC '
      + `and the readiness probe is ${kind}`,
    ]);
    expect(healthOf(Traffic.awsLoadBalancer({ certificateArn, healthCheck: { path: '/shop.Payments/Ping' } }), { protocol, health }))
      .toMatchObject({ protocol: 'HTTP', path: '/shop.Payments/Ping', successCodes: '0' });
  });

  test('asks a declared method for declared statuses where the readiness probe is gRPC too', () => {
    const traffic = Traffic.awsLoadBalancer({ certificateArn, healthCheck: { path: '/shop.Payments/Ping', successCodes: '0,12' } });
    expect(healthOf(traffic, { protocol, health: Health.grpc() })).toMatchObject({ path: '/shop.Payments/Ping', successCodes: '0,12' });
  });
});

test('networkLoadBalancer.healthCheck of a gRPC service only connects: it knows no gRPC', () => {
  expect(healthOf(Traffic.networkLoadBalancer(), { protocol: Protocol.GRPC, health: Health.grpc() })).toMatchObject({ protocol: 'TCP' });
});

test('networkLoadBalancer.healthCheck of a gRPC service asks an HTTP readiness probe\'s question', () => {
  expect(healthOf(Traffic.networkLoadBalancer(), { protocol: Protocol.GRPC }))
    .toMatchObject({ protocol: 'HTTP', path: '/ready', successCodes: '200-399' });
});
