import type { ReleaseStep as PlannedStep, ReleaseSteps, Wait } from '../manifests/release/release-step';
import { releaseStepsOf } from '../manifests/release/release-steps';
import type { Planned } from '../plan/planned-service';
import { quoted } from '../spec/values';

/** A step of a release without a controller: what `releaseStep` may be, one after another. */
export interface ReleaseStep {
  /** What `releaseStep` is set to. */
  readonly id: string;
  /** What is so once the step is in effect. */
  readonly title: string;
  /** What must hold before the next step: times count from the moment at which this one is in effect. */
  readonly waitFor: readonly string[];
  /** Whether it belongs to the way back, which may be taken from any step before `noReturnFrom`. */
  readonly isRollback: boolean;
}

/** Says why a step is none of a release's, or nothing. */
export function releaseStepProblem(planned: Planned, id: string | undefined): string | undefined {
  if (id === undefined) {
    return undefined;
  }
  const release = releaseStepsOf(planned);
  if (!release) {
    return `releaseStep ${quoted(id)} needs a canary, an A/B test or a blue-green release with RolloutEngine.native(), because a controller `
      + 'takes the steps of others; leave it out';
  }
  return stepOf(release, id) ? undefined
    : `releaseStep ${quoted(id)} must be one of ${[...release.forward, ...release.rollback].map((step) => step.id).join(', ')}; between releases leave it out`;
}

/** The step of this id. */
export function stepOf(release: ReleaseSteps, id: string): PlannedStep | undefined {
  return [...release.forward, ...release.rollback].find((step) => step.id === id);
}

/** The steps of a release, in words; none where something else takes them. */
export function toldSteps(planned: Planned): ReleaseStep[] {
  const release = releaseStepsOf(planned);
  return !release ? [] : [...release.forward, ...release.rollback].map((step) => ({
    id: step.id, title: step.title, waitFor: step.waitFor.map(waitText), isRollback: release.rollback.includes(step),
  }));
}

function waitText(wait: Wait): string {
  switch (wait.kind) {
    case 'available': return `Deployment ${wait.deployment} is available${wait.replicas === undefined ? '' : ` with ${wait.replicas} ${wait.replicas === 1 ? 'pod' : 'pods'}`}`;
    case 'seconds': return `${wait.seconds}s: ${wait.because}`;
    case 'analysis': return `zero-downtime analyze passes the analysis of ConfigMap ${wait.configMap}`;
    case 'approval': return 'somebody approves';
  }
}
