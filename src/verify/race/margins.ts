import type { Asked, ModelBound } from './model-bound';
import type { Margin } from './race-answer';

/** Beyond a day a bound is none. */
const LONGEST = 86_400;

/**
 * The margin of each bound on which the answer depends. Every one is found by asking again with other values, and the value after
 * it has been refused. A bound is left out where no value of it changes the answer.
 */
export function marginsOf(asked: Asked, bounds: readonly ModelBound[], holds: (asked: Asked) => boolean): Margin[] {
  return bounds.flatMap((bound) => {
    const assumed = bound.valueOf(asked);
    const holdsUntil = assumed === undefined ? undefined : lastThatHolds(bound.limit, (value) => holds(bound.replacedBy(asked, value)));
    return assumed === undefined || holdsUntil === undefined ? [] : [{ bound: bound.nameOf(asked), assumed, holdsUntil }];
  });
}

/** Halves the values between one that holds and one that does not; undefined where both ends are alike. */
function lastThatHolds(limit: ModelBound['limit'], holds: (value: number) => boolean): number | undefined {
  let [held, refused] = limit === 'largest' ? [0, LONGEST] : [LONGEST, 0];
  if (!holds(held) || holds(refused)) {
    return undefined;
  }
  while (Math.abs(held - refused) > 1) {
    const middle = Math.floor((held + refused) / 2);
    [held, refused] = holds(middle) ? [middle, refused] : [held, middle];
  }
  return held;
}
