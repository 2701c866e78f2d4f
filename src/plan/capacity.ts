import { Amount, literal, named } from './amount';
import { atLeast, lessThan } from './bound';
import type { Context } from './context';
import { routersOf } from './rollout/routers';
import { Pods } from '../spec/pods';
import type { ServiceSpec } from '../spec/service-spec';

/** How many pods a Deployment may have too many, and too few, while it is replaced. */
export interface RollingUpdate {
  readonly maxSurge: Pods;
  readonly maxUnavailable: Pods;
}

/** How many pods there are, and how many may be missing or too many. */
export interface Capacity {
  /** The fewest replicas that the service is left with. */
  readonly fewest: Amount;
  /** The most replicas, apart from a surge. */
  readonly most: Amount;
  /** How a Deployment is replaced pod by pod. Absent where none is: the engine counts its pods itself. */
  readonly rollingUpdate?: RollingUpdate;
  /** The pods that such a replacement adds at the most replicas. */
  readonly surge: Amount;
  /** The pods that it may take away at the fewest replicas. */
  readonly unavailable: Amount;
  /** The pods that it may take away at the most replicas. */
  readonly unavailableAtMost: Amount;
  /** The pods that it may take away at any number of replicas. */
  readonly unavailableAt: (replicas: number) => number;
  /** The pods that evictions may take away at a time. Absent with one replica: a budget would then block every drain. */
  readonly disrupted?: Amount;
}

/** Decides replicas, surge, unavailability and the disruption budget. */
export function planCapacity(context: Context): Capacity {
  const { spec, ledger } = context;
  const name = spec.replicas.isAutoscaled ? 'replicas.min' : 'replicas';
  const fewest = named(name, spec.replicas.min, '');
  const most = named(spec.replicas.isAutoscaled ? 'replicas.max' : name, spec.replicas.max, '');
  checkReplicas(context, name);
  const rollingUpdate = rollingUpdateOf(spec);
  const unavailable = rollingUpdate ? planUnavailable(context, rollingUpdate, fewest) : named('maxUnavailable', 0, 'pods');
  const surge = rollingUpdate ? planSurge(context, rollingUpdate, most, unavailable) : named('maxSurge', 0, 'pods');
  if (spec.replicas.min === 1 && spec.overrides.maxDisrupted !== undefined) {
    ledger.problem(`overrides.maxDisrupted ${spec.overrides.maxDisrupted} cannot be given with one replica, which has no disruption budget; leave it out`);
  }
  const disrupted = spec.replicas.min === 1 ? undefined : ledger.decide({
    name: 'maxDisrupted',
    unit: 'pods',
    override: spec.overrides.maxDisrupted,
    preferred: Math.max(1, Math.floor(spec.replicas.min / 10)),
    bounds: [
      atLeast(literal(1, 'pods'), {
        because: 'no node could ever be drained', source: 'Kubernetes: a disruption budget that allows nothing blocks every eviction',
      }),
      lessThan(fewest, { because: 'evictions may take every pod away', source: 'Kubernetes: a disruption budget counts replicas' }),
    ],
  });
  const unavailableAt = (replicas: number) => rollingUpdate ? resolve(rollingUpdate.maxUnavailable, replicas, Math.floor) : 0;
  const unavailableAtMost = named('maxUnavailable', unavailableAt(most.value), 'pods');
  return { fewest, most, rollingUpdate, surge, unavailable, unavailableAtMost, unavailableAt, disrupted };
}

function checkReplicas({ spec, ledger }: Context, name: string): void {
  if (spec.replicas.min > 1) {
    return;
  }
  if (ledger.reasonFor('single-replica') === undefined) {
    ledger.problem(`${name} 1 must be at least 2, because the loss of a node is an outage; `
      + 'raise it, or accept that with Risk.singleReplica(reason)');
  }
  ledger.warn('single-replica', 'one replica: the loss of its node is an outage until another pod has started, and there is no disruption budget');
}

/** Kubernetes rounds the unavailable pods down, so few replicas suffer the least from a percentage. */
function planUnavailable({ ledger }: Context, { maxUnavailable }: RollingUpdate, fewest: Amount): Amount {
  const pods = resolve(maxUnavailable, fewest.value, Math.floor);
  if (maxUnavailable.isPercent && maxUnavailable.amount > 0 && pods === 0) {
    ledger.problem(`maxUnavailable ${maxUnavailable} of ${fewest.text} is 0 pods after rounding down; `
      + `give Pods.count(0)${fewest.value > 1 ? `, or at least ${Math.ceil(100 / fewest.value)}%` : ''}`);
  }
  return ledger.state('maxUnavailable', { value: pods, text: maxUnavailable.isPercent ? `⌊${maxUnavailable} × ${fewest.text}⌋` : `${pods}`, isCompound: maxUnavailable.isPercent }, 'pods', {
    because: 'so many pods may be missing during a release', source: 'Kubernetes: maxUnavailable is rounded down',
  }, [lessThan(fewest, {
    because: 'a release may take every pod away',
    source: 'Kubernetes: a Deployment keeps replicas − maxUnavailable available',
    remedy: `give at most ${Math.max(0, fewest.value - 1)} pods`,
  })]);
}

/** Kubernetes rounds the surge up, so many replicas are added the most pods. */
function planSurge({ ledger }: Context, { maxSurge }: RollingUpdate, most: Amount, unavailable: Amount): Amount {
  const bounds = unavailable.value > 0 ? [] : [atLeast(literal(1, 'pods'), {
    because: 'with neither a surge nor unavailable pods a release cannot move',
    source: 'Kubernetes API validation: not both may be 0',
    remedy: 'give maxSurge at least Pods.count(1)',
  })];
  const pods = resolve(maxSurge, most.value, Math.ceil);
  const amount = { value: pods, text: maxSurge.isPercent ? `⌈${maxSurge} × ${most.text}⌉` : `${pods}`, isCompound: maxSurge.isPercent };
  return ledger.state('maxSurge', amount, 'pods', {
    because: 'so many pods are added during a release', source: 'Kubernetes: maxSurge is rounded up',
  }, bounds);
}

/**
 * Argo Rollouts replaces pods only where nothing splits traffic, and as many at once as a share asks for; otherwise it makes new pods
 * beside all of the old ones. Flagger replaces the old version's pods when it promotes the new one, and so does a pipeline.
 */
function rollingUpdateOf(spec: ServiceSpec): RollingUpdate | undefined {
  const { rollout } = spec;
  if (rollout.kind === 'rolling') {
    return rollout;
  }
  if (rollout.engine.kind !== 'argoRollouts') {
    return { maxSurge: Pods.percent(25), maxUnavailable: Pods.count(0) };
  }
  const isCounted = rollout.kind === 'canary' && routersOf(spec).length === 0;
  return isCounted ? { maxSurge: Pods.percent(100), maxUnavailable: Pods.count(0) } : undefined;
}

function resolve(pods: Pods, replicas: number, round: (value: number) => number): number {
  return pods.isPercent ? round(pods.amount * replicas / 100) : pods.amount;
}
