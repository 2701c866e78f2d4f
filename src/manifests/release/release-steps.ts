import { blueGreenSteps } from './blue-green-steps';
import { canarySteps } from './canary-steps';
import type { ReleaseSteps } from './release-step';
import type { Planned } from '../../plan/planned-service';

/** The steps of a release without a controller, or nothing where something else releases the service. */
export function releaseStepsOf(planned: Planned): ReleaseSteps | undefined {
  const { rollout } = planned;
  if (rollout.kind === 'rolling' || rollout.engine.kind !== 'native') {
    return undefined;
  }
  return rollout.kind === 'blueGreen' ? blueGreenSteps(planned, rollout) : canarySteps(planned, rollout);
}
