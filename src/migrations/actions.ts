import { calledBy, isKnownCall } from './effects/called';
import type { Action, Surroundings } from './effects/effect';
import { effectsOf } from './effects/effects-of';
import type { SqlStatement } from './sql/read-script';

/** What a statement does; of a DO and of a call, what the bodies do. */
export function actionsOfStatement({ node, inner, opaque, commits }: SqlStatement, surroundings: Surroundings): readonly Action[] {
  if (inner.length > 0) {
    const within = { ...surroundings, isInTransaction: !commits };
    return inner.flatMap((each) => [...effectsOf(each, within), ...calledBy(each, within)]).map(uncertain);
  }
  const isSeen = ('DoStmt' in node && opaque === undefined) || isKnownCall(node, surroundings);
  const own = effectsOf(node, surroundings).map((action) => isSeen ? { ...action, opaque: undefined } : action);
  return [...own, ...calledBy(node, surroundings).map(uncertain)];
}

/** What runs under a condition may not run at all: nothing is refused for certain. */
function uncertain(action: Action): Action {
  return { ...action, refusal: action.needsNoTransaction ? action.refusal : undefined };
}
