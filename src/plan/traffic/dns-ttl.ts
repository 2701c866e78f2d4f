import { literal } from '../amount';
import { atLeast, atMost } from '../bound';
import type { Context } from '../context';

/** The longest time for which a client may hold on to an old address during a switch. */
const MAX_DNS_TTL = 60;

/** Decides the lifetime of the DNS records that lead to a path. */
export function planDnsTtl({ ledger }: Context, path: string, override?: number): number {
  return ledger.decide({
    name: `${path}.dnsTtl`,
    unit: 's',
    override,
    preferred: MAX_DNS_TTL,
    bounds: [
      atLeast(literal(1, 's'), { because: 'every request would ask the name server', source: 'external-dns: ttl is a positive number' }),
      atMost(literal(MAX_DNS_TTL, 's'), {
        because: 'clients hold on to the old address after a switch', source: 'practice of switching by DNS: at most a minute',
      }),
    ],
  }).value;
}
