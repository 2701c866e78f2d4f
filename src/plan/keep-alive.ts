import { Amount, sum } from './amount';
import { atLeast, moreThan } from './bound';
import { Context, MARGIN } from './context';
import type { Path } from './traffic/path';

/** How long the program must keep connections, and how long it may. */
export interface KeepAlive {
  /** How long an idle connection stays open. Absent where none is declared, and nothing that keeps connections stands before the pods. */
  readonly timeout?: Amount;
  /** The age at which the program must start to close a connection that is in use. */
  readonly maxConnectionAge?: Amount;
}

/** gRPC servers spread the age by ten percent either way, so that connections do not end together. */
const AGE_JITTER = 1.1;

/** Decides the idle timeouts from the outside in: whoever is nearer to the client gives up first. */
export function planKeepAlive(context: Context, paths: readonly Path[]): KeepAlive {
  const idle = paths.map((path) => path.planIdleTimeout()).filter((amount) => amount !== undefined);
  const isAsked = idle.length > 0 || context.spec.keepAliveSeconds !== undefined;
  return { timeout: isAsked ? planTimeout(context, idle) : undefined, maxConnectionAge: planMaxConnectionAge(context) };
}

function planTimeout({ spec, ledger }: Context, idle: readonly Amount[]): Amount {
  const reason = {
    because: 'the program closes a connection at the moment at which a request is sent on it: sporadic 502',
    source: 'AWS and Envoy reuse idle connections; Node closes them after 5s by default',
  };
  const isDeclared = spec.keepAliveSeconds !== undefined;
  const timeout = ledger.decide({
    name: 'keepAliveTimeout',
    unit: 's',
    override: spec.keepAliveSeconds,
    isFact: true,
    bounds: idle.map((amount) => isDeclared ? moreThan(amount, reason) : atLeast(sum(amount, MARGIN), reason)),
  });
  ledger.require('program', `it keeps idle connections open for ${timeout.value}s, and longer than that where it has a separate limit for reading headers`);
  return timeout;
}

function planMaxConnectionAge({ spec, ledger, longestRequest }: Context): Amount | undefined {
  const limit = spec.maxConnectionAgeSeconds;
  if (limit === undefined) {
    return undefined;
  }
  const largest = Math.floor((limit - longestRequest.value) / AGE_JITTER);
  if (largest < 1) {
    ledger.problem(`maxConnectionAge ${limit}s must be at least ${Math.ceil(longestRequest.value + AGE_JITTER)}s, `
      + `because a connection is closed between requests, and one may last ${longestRequest.text}`);
    return undefined;
  }
  const age = ledger.state('connectionAge', {
    value: largest, text: `⌊(maxConnectionAge ${limit}s − ${longestRequest.text}) ÷ ${AGE_JITTER}⌋`, isCompound: true,
  }, 's', { because: 'a stream outlives its pod', source: 'gRPC A9: the age is spread by 10 %, and calls in flight get a grace' });
  ledger.require('program', `it closes a connection ${age.value}s after it was opened, spread by at most 10 %, as soon as the request on it is over`);
  return age;
}
