import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, originOf, planned, problemsOf, seconds } from '../declare';

type Ttl = { readonly dnsTtl?: ReturnType<typeof seconds> };

describe.each<[string, (options: Ttl) => Traffic]>([
  ['awsLoadBalancer', (options) => Traffic.awsLoadBalancer(options)],
  ['networkLoadBalancer', (options) => Traffic.networkLoadBalancer(options)],
  ['ingressNginx', (options) => Traffic.ingressNginx({ hosts: ['a.example'], ...options })],
])('%s.dnsTtl', (path, traffic) => {
  const name = `${path}.dnsTtl`;

  test('is one minute', () => {
    expect(decided(name, { traffic: [traffic({})] })).toEqual({ value: 60, unit: 's', origin: 'preferred', inequalities: ['≥ 1s', '≤ 60s'] });
  });

  test.each([1, 60])('may be %d seconds', (amount) => {
    const props = { traffic: [traffic({ dnsTtl: seconds(amount) })] };
    expect(originOf(name, props)).toBe('overridden');
    expect(planned(props).planned.traffic[1]).toMatchObject({ dnsTtl: amount });
  });

  test('is refused at none', () => {
    expect(problemsOf({ traffic: [traffic({ dnsTtl: seconds(0) })] }))
      .toEqual([`${name} 0s must be at least 1s; give it 1s or more, or leave it out`]);
  });

  test('is refused above one minute', () => {
    expect(problemsOf({ traffic: [traffic({ dnsTtl: seconds(61) })] }))
      .toEqual([`${name} 61s must be at most 60s; give it 60s or less, or leave it out`]);
  });
});
