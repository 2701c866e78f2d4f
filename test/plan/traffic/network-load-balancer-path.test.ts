import { NetworkLoadBalancerOptions } from '../../../src/spec/traffic/aws';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { planned, problemsOf } from '../declare';

const plannedNlb = (options: NetworkLoadBalancerOptions) => planned({ traffic: [Traffic.networkLoadBalancer(options)] }).planned.traffic[1];

describe('networkLoadBalancer.port', () => {
  test('is 80 without a certificate, and 443 with one', () => {
    expect(plannedNlb({})).toMatchObject({ port: 80 });
    expect(plannedNlb({ certificateArn: 'arn:aws:acm:eu:1:certificate/a' })).toMatchObject({ port: 443 });
  });

  test.each([1, 65_535])('may be %d', (port) => {
    expect(plannedNlb({ port, certificateArn: 'arn' })).toMatchObject({ port });
  });

  test.each([0, 65_536, 1.5, NaN])('is refused at %d', (port) => {
    expect(problemsOf({ traffic: [Traffic.networkLoadBalancer({ port })] }))
      .toEqual([`networkLoadBalancer.port ${port} must be a whole number from 1 to 65535`]);
  });
});

test('a network load balancer is planned with what was declared', () => {
  const options = { hosts: ['a.example'], certificateArn: 'arn:aws:acm:eu:1:certificate/a' };
  expect(plannedNlb(options)).toMatchObject(options);
  expect(plannedNlb({})).toMatchObject({ hosts: [], certificateArn: undefined, annotations: {} });
});
