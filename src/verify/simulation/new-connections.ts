import { drawLength, loseOpening } from './exchange';
import type { Load } from './load';
import type { Tally } from './tally';

/** Requests each of which opens a connection: at random moments or at regular ones, spread at random over what the way knows. */
export function openConnections(load: Load, tally: Tally): void {
  const { model, way, index, epochs, random, requestsPerSecond, requestSeconds } = load;
  const gap = 1000 / requestsPerSecond;
  const isRegular = random.chance(0.5);
  let moment = epochs[0].from + gap * random.unit();
  for (const { to, endpoints } of epochs) {
    while (moment < to) {
      const at = Math.floor(moment);
      const length = drawLength(requestSeconds, model.longestRequestSeconds, random);
      tally.count('newConnections', endpoints.length === 0
        ? { at, reason: 'noEndpoint' }
        : loseOpening(random.pick(endpoints), way, index, at, length));
      moment += isRegular ? gap : -Math.log(1 - random.unit()) * gap;
    }
  }
}
