import { restoringPatch } from './deployment-patch';
import type { NativeRelease } from './native-release';
import { claimAction } from './promotion';
import type { ReleaseAction } from './release-action';
import { stepActions } from './step-actions';
import { objectText } from '../cluster/identity';

/** What leads a release back, whatever it has reached: traffic first of all. */
export function rollbackActions(release: NativeRelease): ReleaseAction[] {
  const seconds = Math.max(0, ...release.rollback.map((step) => step.seconds));
  const [first, ...rest] = release.rollback.map((step) => stepActions(release, step, { direction: 'ROLLBACK', pods: 0, seconds }));
  return [...first ?? [], claimAction(release), ...restoringActions(release), ...rest.flat(), ...restoredActions(release)];
}

/** A promotion that has begun has changed the stable version already. */
function restoringActions({ stable }: NativeRelease): ReleaseAction[] {
  return !stable ? [] : [{
    text: `${objectText(stable.object)}: the pod template before the release, where the promotion has replaced it`,
    run: (session) => session.change(stable.object, 'there is nothing that could be gone back to', (live) => restoringPatch(live, stable.object)),
  }];
}

function restoredActions({ stable }: NativeRelease): ReleaseAction[] {
  return !stable ? [] : [{
    text: `${objectText(stable.object)}: wait until every pod is available`,
    run: (session) => session.untilRolledOut(stable.object),
  }];
}
