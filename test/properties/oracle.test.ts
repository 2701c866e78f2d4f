import { Chart, Duration, Testing } from 'cdk8s';
import {
  Database, Env, EnvFrom, Health, KubernetesVersion, NetworkPeer, Replicas, Spread, Traffic, TrafficDistribution, Volume,
  ZeroDowntimeService,
} from 'zero-downtime';
import { RULES, violations } from './oracle';
import { MUTATIONS } from './oracle-mutations';
import type { Manifest } from './oracle-reading';

const OPTIONS = { kubernetesMinor: 34, zones: 2 };

/** One service with everything that the oracle has a rule for. */
function sound(): Manifest[] {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  new ZeroDowntimeService(chart, 'payments', {
    image: 'registry.example.com/payments:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/live', port: 9000 }),
    replicas: Replicas.autoscaled({ min: 4, max: 20 }),
    spread: Spread.preferred({ zones: 2 }),
    maxConnectionAge: Duration.seconds(60),
    kubernetesVersion: KubernetesVersion.V1_34,
    database: Database.postgres({ poolSize: 10, maxConnections: 1000 }),
    config: { LOG_LEVEL: 'info' },
    configMaps: { rules: { FIRST: '1' } },
    env: { RULE: Env.configKey('rules', 'FIRST') },
    envFrom: [EnvFrom.config('rules')],
    volumes: { '/etc/rules': Volume.config('rules') },
    allowFrom: [NetworkPeer.cidr('10.0.0.0/8')],
    traffic: [
      Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE }),
      Traffic.istio({ hosts: ['api.example.com'] }),
      Traffic.awsLoadBalancer({ hosts: ['pay.example.com'], stickiness: Duration.hours(1) }),
      Traffic.networkLoadBalancer(),
      Traffic.ingressNginx({ hosts: ['inside.example.com'] }),
      Traffic.httpRoute({ gateways: [{ name: 'public' }], requestTimeout: Duration.seconds(90) }),
    ],
  });
  return Testing.synth(chart);
}

describe('the oracle', () => {
  beforeEach(() => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  });

  afterEach(() => jest.restoreAllMocks());

  test('finds nothing in a sound release', () => {
    expect(violations(sound(), OPTIONS)).toEqual([]);
  });

  test('has a mutation for every rule', () => {
    expect(Object.keys(MUTATIONS).sort()).toEqual(Object.keys(RULES).sort());
  });

  test.each(Object.entries(MUTATIONS))('reports %s where nothing else is wrong', (rule, { mutate, options, alsoBreaks = [] }) => {
    const manifests = sound();
    mutate(manifests);
    const broken = new Set(violations(manifests, { ...OPTIONS, ...options }).map((line) => line.slice(0, line.indexOf(':'))));
    expect(broken).toEqual(new Set([rule, ...alsoBreaks]));
  });

  test('refuses to judge manifests without a Deployment', () => {
    expect(() => violations([], OPTIONS)).toThrow('there is no Deployment to judge');
  });
});
