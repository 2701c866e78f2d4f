import { covers } from './covers';
import { hasTemplate } from './deployment-patch';
import type { NativeRelease } from './native-release';
import type { ReleaseAction } from './release-action';
import { ReleaseEnd } from './release-end';
import type { ReleaseStep } from './release-step';
import { percentTo, sentBy } from './route-shares';
import { stepActions } from './step-actions';
import { objectText } from '../cluster/identity';
import { quoted } from '../reading/quoted';

/** How far a promotion shall go: to a share, by a single step, or where neither is said, to its end. */
export interface PromotionGoal {
  /** In percent. */
  readonly weight?: number;
  /** A step's name, with its number or without. */
  readonly step?: string;
}

/** What leads a release forward. Ends the command where there is no such share or step. */
export function promotionActions(release: NativeRelease, goal: PromotionGoal): ReleaseAction[] {
  const steps = stepsTo(release, goal);
  const isToTheEnd = goal.weight === undefined && goal.step === undefined;
  return [
    preparedAction(release),
    ...(goal.weight === undefined ? [] : [growingAction(release, goal.weight)]),
    ...(isToTheEnd && release.kind === 'canary' ? [provedAction(release)] : []),
    claimAction(release),
    ...steps.flatMap((step) => stepActions(release, step, { direction: 'PROMOTE', pods: podsBefore(release, step), seconds: secondsBefore(release, step) })),
  ];
}

function stepsTo(release: NativeRelease, { weight, step }: PromotionGoal): readonly ReleaseStep[] {
  if (step !== undefined) {
    return [stepNamed(release, step)];
  }
  if (weight === undefined) {
    return release.promotion;
  }
  const shares = release.shares.filter(({ percent }) => percent > 0);
  const share = shares.find(({ percent }) => percent === weight);
  if (shares.length === 0) {
    refuse(`--weight ${weight} is not possible, because no step of ${release.name} gives the new version a share; use --step, or neither`);
  }
  return share?.steps ?? refuse(`--weight ${weight} must be a share of the release, ${shares.map(({ percent }) => percent).join(', ')}`);
}

function stepNamed(release: NativeRelease, name: string): ReleaseStep {
  const steps = [...new Set([...release.growth, ...release.promotion])];
  const found = steps.find((step) => step.name === name || step.name.replace(/^\d+-/, '') === name);
  return found ?? refuse(`--step ${quoted(name)} must be a step of the release, ${steps.map((step) => step.name).join(', ')}`);
}

/** The pods that the steps up to one have given to the new version. */
function podsBefore(release: NativeRelease, step: ReleaseStep): number {
  const steps = [...new Set([...release.growth, ...release.promotion])];
  return steps.slice(0, steps.indexOf(step) + 1).flatMap(({ deployments }) => deployments)
    .reduce((pods, deployment) => deployment.track === release.next && deployment.pods ? deployment.pods : pods, 1);
}

function secondsBefore(release: NativeRelease, step: ReleaseStep): number {
  const before = release.promotion.slice(0, Math.max(0, release.promotion.indexOf(step)));
  return [...before].reverse().find(({ routes }) => routes.length > 0)?.seconds ?? 0;
}

/** Routes must not lead to what is not there, and pods must not be without their configuration. */
function preparedAction(release: NativeRelease): ReleaseAction {
  return {
    text: `${release.prepared.map(objectText).join(', ') || 'nothing'}: must be in the cluster`,
    run: async (session) => {
      for (const object of release.prepared) {
        const live = await session.find(object, 'apply the release\'s step prepare with kubectl, and wait as its index says');
        const subsets = object.field.get('spec', 'subsets').value;
        if (object.kind === 'DestinationRule' && !covers(live.get('spec', 'subsets').value, subsets)) {
          throw new ReleaseEnd('BAD_INPUT', `${objectText(object)} lacks subsets of the release; apply the release's step prepare with kubectl, and wait as its index says`);
        }
      }
      return false;
    },
  };
}

/** A share only grows: what takes traffic away from the new version is a rollback. */
function growingAction(release: NativeRelease, weight: number): ReleaseAction {
  return {
    text: `every route: must give ${release.next} at most ${weight} % so far`,
    run: async (session) => {
      for (const route of release.routes) {
        const live = await session.find(route, 'apply the manifests of the service before those of a release');
        const percent = percentTo(release.next, sentBy({ ...route, field: live }, release.destinations));
        if (percent > weight) {
          throw new ReleaseEnd('STOPPED', `${objectText(route)} gives ${release.next} ${Math.round(percent * 100) / 100} % already, which is more than `
            + `--weight ${weight}; a share only grows, so use a larger one, or rollback`);
        }
      }
      return false;
    },
  };
}

/** A version that was never tried, or was taken back, must not become the stable one by mistake. */
function provedAction(release: NativeRelease): ReleaseAction {
  const canary = release.deployments.get(release.next)!;
  const { stable } = release;
  return {
    text: `${objectText(canary)}: must have pods of this release, unless the promotion has begun`,
    run: async (session) => {
      const liveStable = stable && await session.find(stable.object, 'apply the manifests of the service before those of a release');
      const live = await session.tryFind(canary);
      const isTried = live !== undefined && live.get('spec', 'replicas').amount() !== 0 && (!stable || hasTemplateOf(live, stable));
      if (!isTried && !(liveStable && stable && hasTemplate(liveStable, stable.object))) {
        throw new ReleaseEnd('STOPPED', `${objectText(canary)} has no pods of this release, so the new version was never tried or was taken back; `
          + 'run promote --weight with its first share');
      }
      return false;
    },
  };
}

/** The tracks differ in a label alone, so that one container says which version a Deployment runs. */
function hasTemplateOf(live: Parameters<typeof hasTemplate>[0], { object }: NonNullable<NativeRelease['stable']>): boolean {
  return covers(live.get('spec', 'template', 'spec', 'containers').value, object.field.get('spec', 'template', 'spec', 'containers').value);
}

/** Marks both Deployments before anything is moved. */
export function claimAction(release: NativeRelease): ReleaseAction {
  const deployments = [...release.deployments.values()];
  return {
    text: `${deployments.map(objectText).join(', ')}: marked as being moved by this run`,
    run: async (session) => {
      for (const deployment of deployments) {
        if (await session.tryFind(deployment) !== undefined) {
          await session.change(deployment, 'it was deleted in the meantime', () => []);
        }
      }
      return true;
    },
  };
}

function refuse(message: string): never {
  throw new ReleaseEnd('BAD_INPUT', message);
}
