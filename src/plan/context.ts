import { Amount, named } from './amount';
import type { Ledger } from './ledger';
import type { ServiceSpec } from '../spec/service-spec';

/** What every part of the planner works from. */
export interface Context {
  readonly spec: ServiceSpec;
  readonly ledger: Ledger;
  readonly startsWithin: Amount;
  readonly longestRequest: Amount;
  /** The longest thing that must not be cut: a request, or a connection where connections live longer. */
  readonly longestExchange: Amount;
}

/**
 * Slack for what has no bound of its own: clock ticks of the kubelet, process exit, one more sync of a controller.
 * Engineering judgement.
 */
export const MARGIN = named('margin', 5, 's');

export const JUDGEMENT = 'engineering judgement; override it where you have measured better';

/** Writes down the times that the team stated. */
export function contextOf(spec: ServiceSpec, ledger: Ledger): Context {
  const startsWithin = ledger.assume('startsWithin', spec.startsWithin,
    'longest time from the container\'s start until the program can serve');
  const longestRequest = ledger.assume('longestRequest', spec.longestRequest, 'longest request that must not be cut');
  const age = spec.maxConnectionAgeSeconds;
  const longestExchange = age === undefined
    ? longestRequest
    : ledger.assume('maxConnectionAge', { seconds: age, isDefault: false }, 'longest life of one stream or WebSocket');
  return {
    spec,
    ledger,
    startsWithin,
    longestRequest,
    longestExchange: longestExchange.value >= longestRequest.value ? longestExchange : longestRequest,
  };
}
