import { besidePatch } from './deployment-patch';
import type { ReleaseSession } from './release-session';
import { manifestOf } from './route-patch';
import type { ClusterObject } from '../cluster/identity';

const APPLY = 'it was deleted in the meantime; run this again';

/** Gives an autoscaler or a budget the settings of a step, and makes it where there is none. */
export async function applyBeside(session: ReleaseSession, object: ClusterObject): Promise<boolean> {
  const isNew = await session.createIfAbsent(object, manifestOf(object));
  return await session.change(object, APPLY, (live) => besidePatch(live, object)) || isNew;
}
