import { applyBeside } from './beside';
import { scalingPatch } from './deployment-patch';
import type { NativeRelease } from './native-release';
import type { ReleaseAction } from './release-action';
import { ReleaseEnd } from './release-end';
import type { ReleaseSession } from './release-session';
import type { TrackedDeployment } from './release-step';
import { sendsTo, sentBy } from './route-shares';
import { objectText, type ClusterObject } from '../cluster/identity';

/**
 * Removes the pods of a track that no route sends to any more.
 *
 * Since when that is so nobody can tell after an interruption, so the whole bound is waited for in any case. Routes are read again between
 * the Deployment and its change: a run that moves traffic marks the Deployment first, and so makes that change fail.
 */
export function scaleDownAction(
  release: NativeRelease, { object, track }: TrackedDeployment, beside: readonly ClusterObject[], seconds: number,
): ReleaseAction {
  const bound = Math.max(seconds, release.propagationSeconds);
  return {
    text: `${objectText(object)}: once no route has sent to it for ${bound} s, 0 pods`,
    run: async (session) => {
      const live = await session.tryFind(object);
      const hasPods = live !== undefined && live.get('spec', 'replicas').amount() !== 0;
      if (hasPods) {
        await demandUnused(session, release, track);
        await session.untilPropagated(bound);
        await demandUnused(session, release, track);
      }
      let changed = false;
      for (const one of beside) {
        changed = await applyBeside(session, one) || changed;
      }
      return live === undefined ? changed : await session.change(object, 'it was deleted in the meantime', async (now) => {
        const operations = scalingPatch(now, 0);
        await (operations.length > 0 ? demandUnused(session, release, track) : undefined);
        return operations;
      }) || changed;
    },
  };
}

/** Ends the run where a route sends to a track. */
async function demandUnused(session: ReleaseSession, release: NativeRelease, track: string): Promise<void> {
  for (const route of release.routes) {
    const live = await session.tryFind(route);
    if (live && sendsTo(track, sentBy({ ...route, field: live }, release.destinations))) {
      throw new ReleaseEnd('STOPPED', `${objectText(route)} sends requests to ${track} again, because something else has changed it; `
        + 'no pod was removed; find what it is, and run this again');
    }
  }
}
