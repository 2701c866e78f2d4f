import { Health } from '../../../src/spec/health';
import { Protocol } from '../../../src/spec/protocol';
import { AwsLoadBalancerOptions } from '../../../src/spec/traffic/aws';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, originOf, planned, problemsOf, Props, seconds, valueOf } from '../declare';

const alb = (options: AwsLoadBalancerOptions = {}, props: Props = {}): Props => ({ ...props, traffic: [Traffic.awsLoadBalancer(options)] });
const plannedAlb = (options: AwsLoadBalancerOptions) => planned(alb(options)).planned.traffic[1];

describe('awsLoadBalancer.idleTimeout', () => {
  const name = 'awsLoadBalancer.idleTimeout';

  test('is one minute', () => {
    expect(decided(name, alb())).toEqual({
      value: 60, unit: 's', origin: 'preferred', inequalities: ['≥ longestRequest 30s + margin 5s', '≤ AWS maximum 4000s'],
    });
  });

  test('outlasts the longest request', () => {
    expect(valueOf(name, alb({}, { longestRequest: seconds(56) }))).toBe(61);
    expect(originOf(name, alb({}, { longestRequest: seconds(56) }))).toBe('derived');
  });

  test('does not follow the longest connection: only silence ends one', () => {
    expect(valueOf(name, alb({}, { maxConnectionAge: seconds(300) }))).toBe(60);
  });

  test.each([35, 4000])('may be %d seconds', (amount) => {
    expect(originOf(name, alb({ idleTimeout: seconds(amount) }))).toBe('overridden');
    expect(plannedAlb({ idleTimeout: seconds(amount) })).toMatchObject({ idleTimeout: amount });
  });

  test('is refused where it ends the longest request', () => {
    expect(problemsOf(alb({ idleTimeout: seconds(34) })))
      .toEqual([`${name} 34s must be at least longestRequest 30s + margin 5s = 35s; give it 35s or more, or leave it out`]);
  });

  test('is refused above what AWS takes', () => {
    expect(problemsOf(alb({ idleTimeout: seconds(4001) })))
      .toEqual([`${name} 4001s must be at most AWS maximum 4000s; give it 4000s or less, or leave it out`]);
  });
});

describe('awsLoadBalancer.slowStart', () => {
  test('is none', () => {
    expect(plannedAlb({})).toMatchObject({ slowStart: undefined });
  });

  test.each([30, 900])('may last %d seconds', (amount) => {
    expect(plannedAlb({ slowStart: seconds(amount) })).toMatchObject({ slowStart: amount });
  });

  test.each([29, 901])('is refused at %d seconds', (amount) => {
    expect(problemsOf(alb({ slowStart: seconds(amount) }))).toEqual([`awsLoadBalancer.slowStart ${amount}s must be from 30s to 900s`]);
  });
});

describe('awsLoadBalancer.stickiness', () => {
  test('is none', () => {
    expect(plannedAlb({})).toMatchObject({ stickinessSeconds: undefined });
  });

  test.each([1, 604_800])('may last %d seconds', (amount) => {
    expect(plannedAlb({ stickiness: seconds(amount) })).toMatchObject({ stickinessSeconds: amount });
  });

  test.each([0, 604_801])('is refused at %d seconds', (amount) => {
    expect(problemsOf(alb({ stickiness: seconds(amount) }))).toEqual([`awsLoadBalancer.stickiness ${amount}s must be from 1s to 604800s`]);
  });
});

test('a load balancer is planned with what was declared, and with the customary names otherwise', () => {
  expect(plannedAlb({})).toMatchObject({ path: '/', ingressClassName: 'alb', group: undefined, certificateArn: undefined, hosts: [] });
  const options = { path: '/pay', ingressClassName: 'public', group: 'shop', certificateArn: 'arn:aws:acm:eu:1:certificate/a', hosts: ['a.example'] };
  expect(plannedAlb(options)).toMatchObject(options);
});

test.each(['', 'pay', '/a//b', '/a/../b', '/a/./b', '/a%2Fb', '/..', '/a"b', '/<b>', '/a?b=c', '/a b'])('the path %j is refused', (path) => {
  expect(problemsOf(alb({ path })))
    .toEqual([`awsLoadBalancer.path ${JSON.stringify(path)} must start with '/' and be a plain prefix of at most 1024 characters, without '//', '/./', '/../', '%2F', a lone '%', query or white space`]);
});

describe('awsLoadBalancer.certificateArn', () => {
  const certificateArn = 'arn:aws:acm:eu:1:certificate/a';
  const health = Health.grpc();

  test.each([Protocol.HTTP2, Protocol.GRPC])('must be given with protocol %s', (protocol) => {
    const traffic = (options: AwsLoadBalancerOptions) => alb({ healthCheck: { path: '/shop.Payments/Check' }, ...options }, { protocol, health });
    expect(problemsOf(traffic({})))
      .toEqual([`awsLoadBalancer.certificateArn must be given with protocol ${protocol}, because AWS takes it on listeners with TLS only`]);
    expect(problemsOf(traffic({ certificateArn }))).toEqual([]);
  });

  test('may be left out with protocol HTTP', () => {
    expect(problemsOf(alb({}, { protocol: Protocol.HTTP }))).toEqual([]);
    expect(problemsOf(alb({ certificateArn }, { protocol: Protocol.HTTP }))).toEqual([]);
  });
});
