import { Amount, literal, named, product, show, sum } from './amount';
import type { Availability } from './availability';
import { atMost } from './bound';
import type { Capacity } from './capacity';
import type { Context } from './context';
import type { Termination } from './termination';

/** The autoscaler removes at most this share of the replicas, rounded up to whole pods, in each period. */
export const SCALE_DOWN_PERCENT = 10;
export const SCALE_DOWN_PERIOD = 60;

/**
 * Decides how many pods are alive at once, terminating ones included, and holds their pools against the database.
 *
 * Kubernetes does not count terminating pods in a surge. With a deletion at most when a new pod has become available,
 * and none available within minReady of its creation, at most maxSurge + maxUnavailable pods are deleted in any span of
 * minReady; so of those deleted within one grace period at most that many times the spans in it are still alive. And
 * never more than twice the replicas: a release deletes each old pod once and creates each new one once.
 */
export function planConnections(context: Context, capacity: Capacity, availability: Availability, termination: Termination): Amount {
  const { ledger, spec } = context;
  const peakPods = ledger.state('peakPods', peakOf(context, capacity, availability, termination), 'pods', {
    because: 'so many pods are alive at once, each with its pool and its resources',
    source: 'KEP-3973: terminating pods are not counted in a surge; measured: 2 × replicas',
  });
  ledger.require('cluster', `quota and nodes have room for ${show(peakPods.value, 'pods')} of this service`);
  if (spec.database) {
    checkPool(context, peakPods);
  }
  return peakPods;
}

function peakOf({ ledger, spec }: Context, capacity: Capacity, { minReady }: Availability, { gracePeriod }: Termination): Amount {
  const { most, surge, unavailableAtMost: unavailable, disrupted } = capacity;
  const spans = literal(Math.ceil(gracePeriod.value / Math.max(1, minReady.value)), '');
  const turns = { ...spans, text: `⌈${gracePeriod.text} ÷ ${minReady.text}⌉`, isCompound: true };
  const timed = sum(most, surge, product(sum(surge, unavailable), turns));
  const twice = product(literal(2, ''), most);
  const release = timed.value < twice.value ? timed : twice;
  const evicted = ledger.assumeCount('evictionsPerGracePeriod', disrupted?.value ?? 1, 'pods',
    'pods evicted within one grace period of each other while a release is going on');
  if (!spec.replicas.isAutoscaled) {
    return sum(release, evicted);
  }
  const step = Math.ceil(most.value * SCALE_DOWN_PERCENT / 100);
  const periods = Math.ceil(gracePeriod.value / SCALE_DOWN_PERIOD);
  return sum(release, evicted, {
    value: step * periods,
    text: `⌈${SCALE_DOWN_PERCENT}% × ${most.text}⌉ × ⌈${gracePeriod.text} ÷ ${SCALE_DOWN_PERIOD}s⌉`,
    isCompound: true,
  });
}

function checkPool({ ledger, spec }: Context, peakPods: Amount): void {
  const { engine, poolSize, maxConnections, reservedConnections } = spec.database!;
  const available = maxConnections - reservedConnections;
  const largestPool = Math.floor(available / peakPods.value);
  const remedies = [
    ...(largestPool >= 1 ? [`poolSize at most ${largestPool}`] : []),
    `maxConnections at least ${peakPods.value * poolSize + reservedConnections}`,
  ];
  ledger.state('connections', product(named('poolSize', poolSize, ''), peakPods), 'connections', {
    because: 'every pod that is alive may fill its pool', source: 'peakPods',
  }, [atMost({
    value: available,
    text: `maxConnections ${maxConnections} − reservedConnections ${reservedConnections}`,
    isCompound: true,
  }, {
    because: 'new pods find no connection and do not become ready, or old ones lose theirs',
    source: `${engine}: max_connections`,
    remedy: `${remedies.join(', or ')}, or fewer replicas`,
  })]);
  ledger.require('cluster', `nothing else takes more than ${show(reservedConnections, 'connections')} of the ${maxConnections} of the ${engine} server`);
}
