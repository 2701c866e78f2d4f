import { applyBeside } from './beside';
import { releasePatch, scalingPatch } from './deployment-patch';
import type { NativeRelease } from './native-release';
import type { ReleaseAction } from './release-action';
import { ReleaseEnd } from './release-end';
import type { ReleaseSession } from './release-session';
import type { ReleaseStep, TrackedDeployment } from './release-step';
import { rolloutStatusOf } from './rollout-status';
import { manifestOf, routePatch } from './route-patch';
import { percentTo, sendsTo, sentBy } from './route-shares';
import { scaleDownAction } from './scale-down';
import { objectText, type ClusterObject } from '../cluster/identity';
import type { Field } from '../reading/field';

const APPLY_STEADY = 'apply the manifests of the service before those of a release';

/** What a step's routes need: how many pods of the new version, and whether traffic goes there or back. */
export interface StepPurpose {
  readonly direction: 'PROMOTE' | 'ROLLBACK';
  /** The pods that the new version has at the least. */
  readonly pods: number;
  /** How long the routes of the step before must have been in effect, in seconds. */
  readonly seconds: number;
}

/** What puts one step into effect: autoscalers and budgets, then pods, then routes, and only then the removal of pods. */
export function stepActions(release: NativeRelease, step: ReleaseStep, purpose: StepPurpose): ReleaseAction[] {
  const removed = step.deployments.filter(({ pods }) => pods === 0);
  const kept = step.deployments.filter(({ pods }) => pods !== 0);
  return [
    ...(removed.length > 0 ? [] : step.beside.map(besideAction)),
    ...kept.flatMap((deployment) => deploymentAction(release, deployment)),
    ...step.routes.map((route) => routeAction(release, route, purpose)),
    ...removed.map((deployment, index) => scaleDownAction(release, deployment, index === 0 ? step.beside : [], purpose.seconds)),
  ];
}

/** Gives an autoscaler or a budget the step's settings. */
function besideAction(object: ClusterObject): ReleaseAction {
  return { text: `${objectText(object)}: as the step has it`, run: (session) => applyBeside(session, object) };
}

function deploymentAction(release: NativeRelease, { object, track, pods }: TrackedDeployment): ReleaseAction {
  const number = pods === undefined ? '' : `, at least ${pods === 1 ? '1 pod' : `${pods} pods`}`;
  return {
    text: `${objectText(object)}: the release's pod template${number}; wait until every pod is available`,
    run: async (session) => {
      // Only the track of the new version is new; without the other one there is nothing that a release could start from.
      const isNew = track === release.next && await session.createIfAbsent(object, manifestOf(object));
      const changed = await session.change(object, APPLY_STEADY, (live) => [
        ...releasePatch(live, object, track === release.last),
        ...(pods !== undefined && (live.get('spec', 'replicas').amount() ?? 1) < pods ? scalingPatch(live, pods) : []),
      ]);
      const waited = await session.untilRolledOut(object, pods);
      return isNew || changed || waited;
    },
  };
}

function routeAction(release: NativeRelease, route: ClusterObject, purpose: StepPurpose): ReleaseAction {
  const wanted = sentBy(route, release.destinations);
  const shares = [release.next, release.last]
    .filter((track) => sendsTo(track, wanted))
    .map((track) => `${Math.round(percentTo(track, wanted) * 100) / 100} % to ${track}`);
  return {
    text: `${objectText(route)}: ${shares.length === 0 ? 'as the step has it' : shares.join(', ')}`,
    run: async (session) => {
      const prepare = purpose.direction === 'PROMOTE' ? demandPods : regainPods;
      let isRegained = false;
      const changed = await session.change(route, APPLY_STEADY, async (live) => {
        for (const track of growingTracks(release, live, route)) {
          isRegained = await prepare(session, release, track, track === release.next ? purpose.pods : 0) || isRegained;
        }
        return routePatch(live, route);
      });
      return changed || isRegained;
    },
  };
}

/** The tracks that get a larger share, or a first request, by what is to be done. */
function growingTracks(release: NativeRelease, live: Field, route: ClusterObject): string[] {
  const before = sentBy({ ...route, field: live }, release.destinations);
  const after = sentBy(route, release.destinations);
  return [release.next, release.last].filter((track) => percentTo(track, after) > percentTo(track, before)
    || (sendsTo(track, after) && !sendsTo(track, before)));
}

/** Before a track gets more traffic, its pods must be there now: what was true a moment ago may have been undone by another run. */
async function demandPods(session: ReleaseSession, release: NativeRelease, track: string, pods: number): Promise<boolean> {
  const deployment = release.deployments.get(track)!;
  const live = await session.find(deployment, 'run promote with the step before this one, which makes its pods');
  const { wanted } = rolloutStatusOf(live);
  const least = Math.max(1, pods);
  if (wanted < least) {
    throw new ReleaseEnd('STOPPED', `${objectText(deployment)} shall have ${wanted} pods, and must have at least ${least} before it gets more traffic; `
      + 'run promote with the step that makes them');
  }
  return session.untilRolledOut(deployment, least);
}

/** A version that is to take everything back, and has lost its pods, gets as many as the other has. Fewer than it wants are no reason to wait. */
async function regainPods(session: ReleaseSession, release: NativeRelease, track: string): Promise<boolean> {
  const deployment = release.deployments.get(track)!;
  const other = release.deployments.get(track === release.next ? release.last : release.next)!;
  const live = await session.find(deployment, 'there is nothing that the traffic could go back to');
  if (rolloutStatusOf(live).available > 0 && live.get('spec', 'replicas').amount() !== 0) {
    return false;
  }
  const pods = Math.max(1, (await session.tryFind(other))?.get('spec', 'replicas').amount() ?? 1);
  await session.change(deployment, APPLY_STEADY, (now) => now.get('spec', 'replicas').amount() === 0 ? scalingPatch(now, pods) : []);
  await session.untilRolledOut(deployment);
  return true;
}
