import { AVAILABLE, CHANGES, EVICTIONS, REPLICAS, SERVING, sizeOf, State, TARGET, UNAVAILABLE, VERSIONS } from './state';

/** What pods of a version are called. */
export const NAMES = ['old', 'new', 'newest'] as const;

/** What has happened from one state to the next, as a clause. */
export function eventBetween(before: State, after: State): string {
  if (after[CHANGES] !== before[CHANGES]) {
    return after[TARGET] === 0 ? 'the template is changed back to the old version' : 'the template is changed once more';
  }
  if (after[REPLICAS] !== before[REPLICAS]) {
    return `the autoscaler sets the replicas from ${before[REPLICAS]} to ${after[REPLICAS]}${sizes(before, after)}`;
  }
  if (after[SERVING] !== before[SERVING]) {
    return `the traffic moves to the ${NAMES[after[SERVING]]} pods`;
  }
  const became = VERSIONS.find((version) => after[AVAILABLE + version] > before[AVAILABLE + version]);
  if (became !== undefined) {
    return `${article(became)} pod becomes available`;
  }
  if (after[EVICTIONS] !== before[EVICTIONS]) {
    const evicted = VERSIONS.find((version) => after[AVAILABLE + version] < before[AVAILABLE + version])!;
    return `${article(evicted)} pod is evicted, and a successor is created`;
  }
  return `the controller changes the number of pods${sizes(before, after)}`;
}

function article(version: number): string {
  return `${NAMES[version] === 'old' ? 'an' : 'a'} ${NAMES[version]}`;
}

/** The numbers that have changed, with what is available of them. */
function sizes(before: State, after: State): string {
  return VERSIONS
    .filter((version) => sizeOf(before, version) !== sizeOf(after, version) || before[UNAVAILABLE + version] !== after[UNAVAILABLE + version])
    .map((version) => `, ${NAMES[version]} ones from ${sizeOf(before, version)} to ${sizeOf(after, version)} (${after[AVAILABLE + version]} available)`)
    .join('');
}
