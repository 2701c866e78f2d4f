import { Balancer } from './aws/balancer';
import type { Balanced } from './aws/scope';
import { stepOf } from './release-step';
import { itemOf, type Item } from './resources/item';
import { stagesOf, type Stage } from './resources/stages';
import { switchedRoutesOf } from './switched-routes';
import type { Rendered } from '../manifests/manifest';
import { objectsAtStep, underStepIds } from '../manifests/release/objects-at-step';
import { releaseStepsOf } from '../manifests/release/release-steps';
import { renderService } from '../manifests/render';
import type { Planned } from '../plan/planned-service';

/** Everything that a service consists of, in the order in which it is made. */
export interface ServiceStages {
  readonly stages: readonly Stage[];
  /** The load balancer that Pulumi makes, which stands before all of them. */
  readonly balancer?: Balancer;
}

/** Of what a load balancer is set up with, that by which pods become ready. */
const ALWAYS_BEFORE = new Set(['TargetGroupBinding', 'KeepingRule']);

/**
 * Puts the objects of a service into the order in which they are made.
 * @param releaseStep the step of a release without a controller that is in effect
 * @param balanced the way in whose load balancer Pulumi makes
 */
export function serviceStagesOf(planned: Planned, releaseStep: string | undefined, balanced: Balanced | undefined): ServiceStages {
  const release = releaseStepsOf(planned);
  const between = renderService(planned);
  const steady = release ? underStepIds(between, release) : between;
  const balancer = balanced && balancerOf(balanced, steady);
  const itemsOf = (objects: readonly Rendered[]): Item[] => objects.flatMap((object) =>
    balancer && object.forward ? balancer.itemsOf(object.forward) : [itemOf(object)]);
  if (!release || releaseStep === undefined) {
    const routes = switchedRoutesOf(planned);
    const switched = itemsOf(steady.filter(({ id }) => routes.has(id))).filter(({ kind }) => !ALWAYS_BEFORE.has(kind));
    return { balancer, stages: stagesOf(itemsOf(steady), new Set(switched.map(({ id }) => id))) };
  }
  const { untouched, changed } = objectsAtStep(planned, release, stepOf(release, releaseStep)!);
  return { balancer, stages: [...stagesOf(itemsOf(untouched), undefined, true), ...changed.flatMap((objects) => stagesOf(itemsOf(objects)))] };
}

/** Of two colours one has no part in any rule until all requests go to it, and its pods must be found healthy before. */
function balancerOf(balanced: Balanced, steady: readonly Rendered[]): Balancer {
  return new Balancer(balanced, steady.find(({ forward }) => forward)!.forward!, balanced.planned.rollout.kind === 'blueGreen');
}
