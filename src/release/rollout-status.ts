import type { Field } from '../reading/field';

/** How far a Deployment's pods are. */
export interface RolloutStatus {
  /** Whether every pod is of the present template and available, and no other is left. */
  readonly isComplete: boolean;
  /** Whether the status is of the present generation. */
  readonly isObserved: boolean;
  /** Why it will not get there by itself. */
  readonly failure?: string;
  /** Pods that it shall have, and of those that are of the present template and available. */
  readonly wanted: number;
  readonly updated: number;
  readonly available: number;
  /** After how many seconds without progress the Deployment's controller gives up. */
  readonly progressDeadlineSeconds: number;
}

/**
 * Reads the status of a Deployment as `kubectl rollout status` does, and asks for at least so many pods.
 * A status of an older generation says nothing of the present template.
 */
export function rolloutStatusOf(live: Field, atLeast = 0): RolloutStatus {
  const spec = live.get('spec');
  const status = live.get('status');
  const number = (name: string) => status.get(name).amount() ?? 0;
  const wanted = spec.get('replicas').amount() ?? 1;
  const updated = number('updatedReplicas');
  const available = number('availableReplicas');
  const isObserved = number('observedGeneration') >= (live.get('metadata', 'generation').amount() ?? 0);
  const isRolledOut = updated >= wanted && number('replicas') <= updated && available >= updated;
  return {
    isObserved,
    isComplete: isObserved && isRolledOut && wanted >= atLeast,
    failure: failureOf(live, isObserved),
    wanted,
    updated,
    available,
    progressDeadlineSeconds: spec.get('progressDeadlineSeconds').amount() ?? 600,
  };
}

function failureOf(live: Field, isObserved: boolean): string | undefined {
  if (live.get('spec', 'paused').boolean() === true) {
    return 'it is paused; resume it with kubectl rollout resume';
  }
  const progressing = live.get('status', 'conditions').items().find((condition) => condition.get('type').value === 'Progressing');
  return isObserved && progressing?.get('reason').value === 'ProgressDeadlineExceeded'
    ? `its progress deadline of ${live.get('spec', 'progressDeadlineSeconds').amount() ?? 600} s is exceeded; look at its pods`
    : undefined;
}
