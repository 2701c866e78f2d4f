import { KubernetesVersion } from '../../../src/spec/kubernetes-version';
import { Replicas } from '../../../src/spec/replicas';
import { Spread } from '../../../src/spec/spread';
import { ClusterInternalOptions, TrafficDistribution } from '../../../src/spec/traffic/cluster-internal';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, planned, problemsOf, Props, seconds } from '../declare';

const plannedWith = (options: ClusterInternalOptions, props: Props = {}) =>
  planned({ ...props, traffic: [Traffic.clusterInternal(options)] }).planned.traffic;

test('calls from inside the cluster are planned in any case, before every other path', () => {
  expect(planned().planned.traffic).toEqual([{ kind: 'clusterInternal' }]);
  expect(planned({ traffic: [Traffic.istio()] }).planned.traffic.map(({ kind }) => kind)).toEqual(['clusterInternal', 'istio']);
});

test('declared calls from inside the cluster are planned first wherever they stand, and the others keep their order', () => {
  const kindsOf = (...traffic: Traffic[]) => planned({ traffic }).planned.traffic.map(({ kind }) => kind);
  expect(kindsOf(Traffic.istio(), Traffic.clusterInternal())).toEqual(['clusterInternal', 'istio']);
  expect(kindsOf(Traffic.clusterInternal(), Traffic.istio())).toEqual(['clusterInternal', 'istio']);
  expect(kindsOf(Traffic.networkLoadBalancer(), Traffic.clusterInternal(), Traffic.istio())).toEqual(['clusterInternal', 'networkLoadBalancer', 'istio']);
});

test('declared calls from inside the cluster keep their options wherever they stand', () => {
  const traffic = [Traffic.istio(), Traffic.clusterInternal({ clientIpAffinity: seconds(60) })];
  expect(planned({ traffic }).planned.traffic[0]).toMatchObject({ kind: 'clusterInternal', clientIpAffinitySeconds: 60 });
});

describe('clusterInternal.clientIpAffinity', () => {
  test('is none', () => {
    expect(plannedWith({})[0]).toMatchObject({ clientIpAffinitySeconds: undefined });
  });

  test.each([1, 86_400])('may last %d seconds', (amount) => {
    expect(plannedWith({ clientIpAffinity: seconds(amount) })[0]).toMatchObject({ clientIpAffinitySeconds: amount });
  });

  test.each([0, 86_401])('is refused at %d seconds', (amount) => {
    expect(problemsOf({ traffic: [Traffic.clusterInternal({ clientIpAffinity: seconds(amount) })] }))
      .toEqual([`clusterInternal.clientIpAffinity ${amount}s must be from 1s to 86400s`]);
  });
});

describe('clusterInternal.distribution', () => {
  const sameZone = [Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE })];
  const zonal: Props = {
    traffic: sameZone, kubernetesVersion: KubernetesVersion.V1_31, spread: Spread.preferred({ zones: 3 }), replicas: Replicas.fixed(6),
  };

  test('is to any pod', () => {
    expect(plannedWith({})[0]).toMatchObject({ trafficDistribution: undefined });
    expect(plannedWith({ distribution: TrafficDistribution.ANY })[0]).toMatchObject({ trafficDistribution: undefined });
  });

  test('stays in the zone where every zone has two pods', () => {
    expect(planned(zonal).planned.traffic[0]).toMatchObject({ trafficDistribution: 'PreferClose' });
    expect(decided('replicasForSameZone', zonal)).toEqual({
      value: 6, unit: 'replicas', origin: 'derived', inequalities: ['= replicas 6', '≥ 2 × zones 3'],
    });
  });

  test('is refused with fewer than two pods a zone', () => {
    expect(problemsOf({ ...zonal, replicas: Replicas.fixed(5) })).toEqual([
      'replicasForSameZone 5 replicas must be at least 2 × zones 3 = 6 replicas; '
      + 'raise the fewest replicas to 6, or leave the distribution at ANY',
    ]);
  });

  test('is held against the fewest replicas, where an autoscaler decides', () => {
    expect(problemsOf({ ...zonal, replicas: Replicas.autoscaled({ min: 5, max: 20 }) })).toHaveLength(1);
    expect(problemsOf({ ...zonal, replicas: Replicas.autoscaled({ min: 6, max: 20 }) })).toEqual([]);
  });

  test('is refused before Kubernetes 1.31', () => {
    expect(problemsOf({ ...zonal, kubernetesVersion: KubernetesVersion.V1_30 }))
      .toEqual(['clusterInternal.distribution SAME_ZONE needs kubernetesVersion 1.31 or later, not 1.30']);
  });

  test.each([Spread.preferred(), Spread.required(), Spread.none()])('is refused where the number of zones is not known', (spread) => {
    expect(problemsOf({ ...zonal, spread }))
      .toEqual(['clusterInternal.distribution SAME_ZONE needs the number of zones; give it with Spread.preferred({ zones })']);
  });

  test('is not asked for zones where it is to any pod', () => {
    expect(problemsOf({ ...zonal, traffic: [], spread: Spread.none() })).toEqual([]);
  });
});
