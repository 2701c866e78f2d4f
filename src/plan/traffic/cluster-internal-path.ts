import { literal, named, product } from '../amount';
import { atLeast } from '../bound';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import { Path } from './path';
import type { PlannedClusterInternal } from './planned-traffic';
import { FEATURE_SINCE } from '../../spec/kubernetes-features';
import { ClusterInternalOptions, TrafficDistribution } from '../../spec/traffic/cluster-internal';
import { optionalSeconds } from '../../spec/values';

/** Calls from inside the cluster, through kube-proxy. */
export class ClusterInternalPath extends Path {
  constructor(context: Context, private readonly options: ClusterInternalOptions) {
    super(context, 'clusterInternal', {
      declared: options.propagation,
      seconds: 10,
      source: 'kube-proxy: 1.2s at most measured on one node (minSyncPeriod 1s), 5 to 10s are engineering judgement',
    });
  }

  plan(capacity: Capacity): PlannedClusterInternal {
    const affinity = optionalSeconds('clusterInternal.clientIpAffinity', this.options.clientIpAffinity, 1, 86_400);
    if (affinity !== undefined) {
      this.context.ledger.warn('session-affinity', 'clusterInternal.clientIpAffinity: sessions end when their pod is replaced; keep them outside the pods');
    }
    return {
      kind: 'clusterInternal',
      clientIpAffinitySeconds: affinity,
      trafficDistribution: this.options.distribution === TrafficDistribution.SAME_ZONE ? this.planSameZone(capacity) : undefined,
    };
  }

  private planSameZone(capacity: Capacity): string | undefined {
    const { spec, ledger } = this.context;
    if (spec.kubernetes.minor < FEATURE_SINCE.trafficDistribution) {
      ledger.problem(`clusterInternal.distribution SAME_ZONE needs kubernetesVersion 1.${FEATURE_SINCE.trafficDistribution} or later, not ${spec.kubernetes}`);
    }
    if (spec.spread.zones === undefined) {
      ledger.problem('clusterInternal.distribution SAME_ZONE needs the number of zones; give it with Spread.preferred({ zones })');
      return undefined;
    }
    ledger.state('replicasForSameZone', capacity.fewest, 'replicas', {
      because: 'every zone has pods of its own', source: 'the fewest replicas',
    }, [atLeast(product(literal(2, ''), named('zones', spec.spread.zones, '')), {
      because: 'a zone with one pod has none while that pod is replaced, and an unevenly filled one is overloaded',
      source: 'KEP-4444: traffic stays in the zone while one endpoint there is ready',
      remedy: `raise the fewest replicas to ${2 * spec.spread.zones}, or leave the distribution at ANY`,
    })]);
    // Two names for the same thing; the old one is deprecated where the new one exists.
    return spec.kubernetes.minor >= FEATURE_SINCE.preferSameZone ? 'PreferSameZone' : 'PreferClose';
  }
}
