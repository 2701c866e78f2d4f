import { noticings, observed, resize } from './replica-set-moves';
import { AVAILABLE, REPLICAS, size, sizeOf, State, TARGET, VERSIONS } from './state';
import type { StrategyMoves } from './strategy-moves';
import { scaledSizes } from '../controller/proportional-scaling';
import { ObservedReplicaSet } from '../controller/replica-set';
import { rollingLimits, RollingLimits } from '../controller/rolling-limits';
import { newReplicas, scaleDownOld } from '../controller/rolling-update';
import type { Count } from '../workload-model';

/** What the Deployment controller does in a rolling update. */
export function rollingMoves(strategy: { readonly maxSurge: Count; readonly maxUnavailable: Count }): StrategyMoves {
  const known = new Map<number, RollingLimits>();
  const limitsAt = (replicas: number): RollingLimits => {
    const limits = known.get(replicas) ?? rollingLimits(replicas, strategy);
    known.set(replicas, limits);
    return limits;
  };
  return {
    serving: (state) => state[AVAILABLE] + state[AVAILABLE + 1] + state[AVAILABLE + 2],
    synced: (state) => synced(limitsAt(state[REPLICAS]), state),
    scaled: (state, replicas) => scaled(limitsAt(state[REPLICAS]), limitsAt(replicas), state),
  };
}

function setOf(state: State, version: number): ObservedReplicaSet {
  return { replicas: sizeOf(state, version), available: observed(state, version) };
}

/** One round: the new ReplicaSet grows; only if it cannot, old ones shrink. */
function synced(limits: RollingLimits, state: State): readonly State[] {
  const target = state[TARGET];
  const current = setOf(state, target);
  const wanted = current.replicas === limits.replicas ? current.replicas : newReplicas(limits, current, size(state) - current.replicas);
  if (wanted !== current.replicas) {
    const next = state.slice();
    resize(next, target, wanted);
    return [next];
  }
  return size(state) === current.replicas ? [] : noticings(state).flatMap((seen) => scaledDown(limits, seen));
}

function scaledDown(limits: RollingLimits, state: State): readonly State[] {
  const target = state[TARGET];
  const old = VERSIONS.filter((version) => version !== target);
  const sizes = scaleDownOld(limits, setOf(state, target), old.map((version) => setOf(state, version)));
  if (old.every((version, index) => sizes[index] === sizeOf(state, version))) {
    return [];
  }
  const next = state.slice();
  old.forEach((version, index) => resize(next, version, sizes[index]));
  return [next];
}

/** The autoscaler changes the replicas, and the controller gives every ReplicaSet its share of the change. */
function scaled(from: RollingLimits, to: RollingLimits, state: State): readonly State[] {
  const target = state[TARGET];
  const sizes = scaledSizes(to, {
    sets: VERSIONS.map((version) => ({
      ...setOf(state, version), maxReplicas: from.replicas + from.maxSurge, desiredReplicas: from.replicas,
    })),
    // A ReplicaSet of no pods is as good as one that has not been created.
    newest: target,
    statusReplicas: size(state),
  });
  const next = state.slice();
  next[REPLICAS] = to.replicas;
  VERSIONS.forEach((version) => resize(next, version, sizes[version]));
  return [next];
}
