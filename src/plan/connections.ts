import { type Amount, literal, named, product, show, sum } from './amount';
import { atMost } from './bound';
import type { Context } from './context';
import type { PlannedJobs, PlannedMigration } from './migrations/planned-schema';
import { type PeakQuestion, peakOf } from './rollout/peak-pods';

/** The autoscaler removes at most this share of the replicas, rounded up to whole pods, in each period. */
export const SCALE_DOWN_PERCENT = 10;
export const SCALE_DOWN_PERIOD = 60;

/** Decides how many pods are alive at once, terminating ones included, and holds their pools against the database. */
export function planConnections(question: PeakQuestion, jobs?: PlannedJobs): Amount {
  const { ledger, spec } = question.context;
  const peakPods = ledger.state('peakPods', sum(peakOf(question), ...besides(question)), 'pods', {
    because: 'so many pods are alive at once, each with its pool and its resources',
    source: 'KEP-3973: terminating pods are not counted in a surge; measured: 2 × replicas',
  });
  ledger.require('cluster', `quota and nodes have room for ${show(peakPods.value, 'pods')} of this service`);
  if (spec.database) {
    checkPool(question.context, peakPods, jobs);
  }
  return peakPods;
}

/** What evictions and autoscalers add to a release: Flagger and a pipeline have two Deployments, each with a budget of its own. */
function besides({ context: { ledger, spec }, capacity: { most, disrupted }, termination: { gracePeriod }, rollout }: PeakQuestion): Amount[] {
  const engine = rollout.kind === 'rolling' ? undefined : rollout.engine.kind;
  const budgets = engine === 'flagger' || engine === 'native' ? 2 : 1;
  const evicted = ledger.assumeCount('evictionsPerGracePeriod', budgets * (disrupted?.value ?? 1), 'pods',
    'pods evicted within one grace period of each other while a release is going on');
  if (!spec.replicas.isAutoscaled) {
    return [evicted];
  }
  const step = Math.ceil(most.value * SCALE_DOWN_PERCENT / 100);
  const periods = Math.ceil(gracePeriod.value / SCALE_DOWN_PERIOD);
  const removed = {
    value: step * periods,
    text: `⌈${SCALE_DOWN_PERCENT}% × ${most.text}⌉ × ⌈${gracePeriod.text} ÷ ${SCALE_DOWN_PERIOD}s⌉`,
    isCompound: true,
  };
  // Both versions shrink with what the autoscaler wants, except a canary whose pods a pipeline counts.
  return [evicted, engine === 'argoRollouts' || engine === 'flagger' ? product(literal(2, ''), removed) : removed];
}

function checkPool({ ledger, spec }: Context, peakPods: Amount, jobs?: PlannedJobs): void {
  const { engine, poolSize, maxConnections, reservedConnections } = spec.database!;
  const available = maxConnections - reservedConnections;
  const migrating = jobs === undefined ? [] : [named('migrations', connectionsOf(jobs), '')];
  const ofJobs = migrating.reduce((total, { value }) => total + value, 0);
  const largestPool = Math.floor((available - ofJobs) / peakPods.value);
  const remedies = [
    ...(largestPool >= 1 ? [`poolSize at most ${largestPool}`] : []),
    `maxConnections at least ${peakPods.value * poolSize + ofJobs + reservedConnections}`,
  ];
  ledger.state('connections', sum(product(named('poolSize', poolSize, ''), peakPods), ...migrating), 'connections', {
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

/** Each Job has one: that which expands, that which fills in rows, and that which contracts. Another engine has its own, and is alone in its Job. */
function connectionsOf({ migrations, contracts }: PlannedJobs): number {
  return (migrations.length > 0 ? 1 + mostOf(migrations) : 0) + (contracts.length > 0 ? mostOf(contracts) : 0);
}

function mostOf(migrations: readonly PlannedMigration[]): number {
  return Math.max(1, ...migrations.map(({ engine }) => engine?.connections ?? 1));
}
