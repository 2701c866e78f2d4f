import { renderCanarySteps } from '../manifests/engines/argo-rollouts/steps';
import type { Planned } from '../plan/planned-service';

/** What a Rollout says while the active version waits for an approval. */
export const BLUE_GREEN_PAUSE = 'BlueGreenPause';

/**
 * Where Argo Rollouts waits for somebody, in order. A pause with a duration has the same phase, so that only the index of its step
 * tells one from the other.
 */
export function pausesOf(planned: Planned): string[] {
  const { rollout } = planned;
  if (rollout.kind === 'rolling' || rollout.engine.kind !== 'argoRollouts' || rollout.kind === 'abTest') {
    return [];
  }
  if (rollout.kind === 'blueGreen') {
    return rollout.awaitsApproval ? [BLUE_GREEN_PAUSE] : [];
  }
  return renderCanarySteps(planned, rollout).flatMap((step, index) => isForEver(step) ? [String(index)] : []);
}

function isForEver(step: object): boolean {
  return 'pause' in step && Object.keys(step.pause as object).length === 0;
}
