import type { Lock } from './effects/effect';
import { blocksWrites, LOCK_MODES, type LockMode } from './effects/lock-mode';
import { isUsed, type Step } from './step';

/** The locks that keep writers out, which the transaction holds from steps before; the strongest last. */
function heldLocks(step: Step): Lock[] {
  return step.earlier.flatMap((earlier) => earlier.used).filter(({ mode, relation }) => blocksWrites(mode) && isUsed(step, relation))
    .sort((one, other) => LOCK_MODES.indexOf(one.mode) - LOCK_MODES.indexOf(other.mode));
}

/** The strongest lock that the transaction holds on anything in use. */
export function heldBefore(step: Step): Lock | undefined {
  return heldLocks(step).pop();
}

/** The strongest lock that the transaction holds on one relation. */
export function heldOn(step: Step, relation: string | undefined): LockMode | undefined {
  return heldLocks(step).filter((lock) => lock.relation === relation).pop()?.mode;
}
