import { milliseconds } from './delays';
import { epochAt } from './epochs';
import { balancerCutAt, drawLength, loseInFlight, loseOpening } from './exchange';
import type { Load } from './load';
import type { Pod } from './pod';
import type { Loss, Tally } from './tally';

/** How many requests a second one kept connection carries at the most. */
const REQUESTS_PER_CONNECTION = 10;
const FEWEST_CONNECTIONS = 4;
/** How often a connection stays idle for about as long as the program waits before it closes it. */
const LONG_IDLE = 0.002;

/** A connection that one client keeps open and sends one request after another on. */
interface Kept {
  pod?: Pod;
  /** When it last carried a request. */
  usedUntil: number;
}

/** Requests on kept connections, which are opened again when they are found closed. */
export function sendOnKeptConnections(load: Load, tally: Tally): void {
  const { epochs, random, requestsPerSecond } = load;
  const connections = Math.max(FEWEST_CONNECTIONS, Math.ceil(requestsPerSecond / REQUESTS_PER_CONNECTION));
  const gap = 1000 * connections / requestsPerSecond;
  const end = epochs[epochs.length - 1].to;
  for (let connection = 0; connection < connections; connection += 1) {
    const kept: Kept = { usedUntil: epochs[0].from };
    for (let at = epochs[0].from + Math.floor(gap * random.unit()); at < end;) {
      const length = drawKeptLength(load);
      const loss = send(load, kept, at, length);
      tally.count('keptConnections', loss);
      kept.usedUntil = at + length;
      if (loss) {
        kept.pod = undefined;
        kept.usedUntil = loss.at;
      }
      at = Math.max(kept.usedUntil + 1, at + Math.round(gap * (0.5 + random.unit())));
      at += longIdle(load, kept.usedUntil, at);
    }
  }
}

/** Short ones more often than elsewhere: while a long one lasts a connection is not exposed to anything else. */
function drawKeptLength({ model, random, requestSeconds }: Load): number {
  return requestSeconds === 'upToLongest' && random.chance(0.75)
    ? random.between(0, Math.min(50, milliseconds(model.longestRequestSeconds)))
    : drawLength(requestSeconds, model.longestRequestSeconds, random);
}

function longIdle({ model, random }: Load, usedUntil: number, at: number): number {
  return model.keepAliveSeconds !== undefined && random.chance(LONG_IDLE)
    ? Math.max(0, Math.round(2000 * model.keepAliveSeconds * random.unit()) - (at - usedUntil))
    : 0;
}

function send(load: Load, kept: Kept, at: number, length: number): Loss | undefined {
  const { way, index, epochs, random } = load;
  const { endpoints } = epochAt(epochs, at);
  if (kept.pod && way.keptBy === 'none' && !endpoints.includes(kept.pod)) {
    kept.pod = undefined;
  }
  if (kept.pod) {
    const state = stateOf(load, kept, kept.pod, at);
    if (state === 'closing') {
      return { at, reason: 'closedWhileWriting', pod: kept.pod };
    }
    if (state === 'open') {
      return loseInFlight(kept.pod, way, index, at + length);
    }
  }
  if (endpoints.length === 0) {
    return { at, reason: 'noEndpoint' };
  }
  kept.pod = random.pick(endpoints);
  return loseOpening(kept.pod, way, index, at, length);
}

/**
 * What a client that wants to write finds. While the end of an idle connection is on its way to the client, or the client's request on
 * its way to the end, the request is lost, unless the end was announced or the request is repeated. A connection that was in use
 * when its program stopped ends with the response, and the client knows.
 */
function stateOf({ model, way, index, networkLatency }: Load, kept: Kept, pod: Pod, at: number): 'open' | 'closing' | 'closed' {
  if (kept.usedUntil >= pod.closesAt || at >= balancerCutAt(pod, way, index)) {
    return 'closed';
  }
  const { keepAliveSeconds } = model;
  const idle = at - kept.usedUntil;
  if (way.idleTimeoutSeconds !== undefined && idle >= milliseconds(way.idleTimeoutSeconds)
    && (keepAliveSeconds === undefined || way.idleTimeoutSeconds < keepAliveSeconds)) {
    return 'closed';
  }
  if (way.keptBy === 'none' && at >= pod.closesAt) {
    return 'closed';
  }
  const expiresAt = keepAliveSeconds === undefined ? Infinity : kept.usedUntil + milliseconds(keepAliveSeconds);
  // How long packets take is part of the time in which a proxy ceases to send to a pod.
  const closesAt = Math.min(way.keptBy === 'none' ? Infinity : pod.closesAt, expiresAt);
  if (at <= closesAt - networkLatency) {
    return 'open';
  }
  return at < closesAt + networkLatency && model.keptConnections === 'closed' ? 'closing' : 'closed';
}
