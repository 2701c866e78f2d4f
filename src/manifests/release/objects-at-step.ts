import type { ReleaseStep, ReleaseSteps } from './release-step';
import type { Planned } from '../../plan/planned-service';
import { Colour } from '../../spec/rollout/rollout-engine';
import type { Rendered } from '../manifest';
import { renderService } from '../render';

/** All that a service without a controller consists of at one step of a release. */
export interface ObjectsAtStep {
  /** As the version before left them. Whatever applies the step must leave them alone, and must not remove them. */
  readonly untouched: readonly Rendered[];
  /** What this step and those before it change, each object with the last step that does, in the order of the steps. */
  readonly changed: readonly (readonly Rendered[])[];
}

/** The objects of a service at a step of its release; the step is one of the release's. */
export function objectsAtStep(planned: Planned, release: ReleaseSteps, step: ReleaseStep): ObjectsAtStep {
  const at = release.forward.indexOf(step);
  const taken = at >= 0 ? release.forward.slice(0, at + 1) : [release.forward[0], ...release.rollback.slice(0, release.rollback.indexOf(step) + 1)];
  const changed = changedBy(taken);
  const isChanged = new Set(changed.flat().map(keyOf));
  // The way back may begin anywhere, so that whatever the way there may have made is still there; what never was has no pods.
  const alsoThere = at >= 0 ? [] : [...release.forward, ...release.rollback].flatMap(({ manifests }) => manifests);
  return { untouched: lastOfEach([...steadyBefore(planned), ...alsoThere]).filter((object) => !isChanged.has(keyOf(object))), changed };
}

/** The same object under the same id at every step and between releases: one version's may be called as if there were no other. */
export function underStepIds(objects: readonly Rendered[], release: ReleaseSteps): Rendered[] {
  const ids = new Map([...release.forward, ...release.rollback].flatMap(({ manifests }) => manifests).map((object) => [keyOf(object), object.id]));
  return objects.map((object) => ({ ...object, id: ids.get(keyOf(object)) ?? object.id }));
}

/** Between releases one of two colours is there: at the beginning of a release the one that is live, which has the version before. */
function steadyBefore(planned: Planned): Rendered[] {
  const { rollout } = planned;
  return renderService(rollout.kind !== 'blueGreen' ? planned
    : { ...planned, rollout: { ...rollout, live: rollout.live === Colour.GREEN ? Colour.BLUE : Colour.GREEN } });
}

function changedBy(steps: readonly ReleaseStep[]): Rendered[][] {
  const last = new Map(steps.flatMap(({ manifests }, index) => manifests.map((object): [string, number] => [keyOf(object), index])));
  return steps.map(({ manifests }, index) => manifests.filter((object) => last.get(keyOf(object)) === index)).filter(({ length }) => length > 0);
}

function lastOfEach(objects: readonly Rendered[]): Rendered[] {
  return [...new Map(objects.map((object) => [keyOf(object), object])).values()];
}

function keyOf({ manifest: { apiVersion, kind, metadata: { name } } }: Rendered): string {
  return `${apiVersion} ${kind} ${name}`;
}
