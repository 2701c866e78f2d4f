import { Amount, sum } from '../amount';
import { atLeast } from '../bound';
import { Context, MARGIN } from '../context';
import { Path } from './path';
import type { PlannedRoute } from './planned-traffic';
import { dnsLabelProblem, dnsSubdomainProblem, hostProblem, routePathProblem } from '../../spec/names';
import { Protocol } from '../../spec/protocol';
import type { HttpRouteOptions } from '../../spec/traffic/gateway-api';
import { optionalSeconds, secondsOf } from '../../spec/values';

const CUSTOMARY_TIMEOUT = 60;

/** Calls through a Gateway of the Gateway API. */
export class RoutePath extends Path {
  constructor(context: Context, private readonly kind: 'httpRoute' | 'grpcRoute', private readonly options: HttpRouteOptions) {
    super(context, kind, {
      declared: options.propagation,
      seconds: 30,
      source: 'no implementation publishes a bound; engineering judgement for a proxy inside the cluster',
    });
  }

  planIdleTimeout(): Amount {
    const declared = optionalSeconds(`${this.kind}.upstreamIdleTimeout`, this.options.upstreamIdleTimeout, 1, 86_400);
    return this.context.ledger.assume(`${this.kind}.upstreamIdleTimeout`,
      { seconds: declared ?? 60, isDefault: declared === undefined }, 'the Gateway\'s own configuration; 60s is engineering judgement');
  }

  plan(): PlannedRoute {
    const { kind, options, context: { ledger, spec } } = this;
    if (options.gateways.length === 0) {
      ledger.problem(`${kind}.gateways must name at least one Gateway`);
    }
    for (const gateway of options.gateways) {
      ledger.problem(dnsSubdomainProblem(`${kind}.gateways name`, gateway.name));
      ledger.problem(gateway.namespace === undefined ? undefined : dnsLabelProblem(`${kind}.gateways namespace`, gateway.namespace));
    }
    (options.hosts ?? []).forEach((host) => ledger.problem(hostProblem(`${kind}.host`, host)));
    if (kind === 'grpcRoute' && spec.protocol !== Protocol.GRPC) {
      ledger.problem(`grpcRoute needs protocol GRPC, not ${spec.protocol}; give protocol: Protocol.GRPC or use Traffic.httpRoute`);
    }
    ledger.problem(options.path === undefined ? undefined : routePathProblem(`${kind}.path`, options.path));
    return {
      kind,
      gateways: options.gateways,
      hosts: options.hosts ?? [],
      path: kind === 'httpRoute' ? options.path ?? '/' : undefined,
      requestTimeout: kind === 'httpRoute' ? this.planRequestTimeout() : undefined,
    };
  }

  private planRequestTimeout(): number | undefined {
    const { ledger, longestExchange, spec } = this.context;
    if (spec.maxConnectionAgeSeconds !== undefined && this.options.requestTimeout === undefined) {
      return undefined;
    }
    return ledger.decide({
      name: 'httpRoute.requestTimeout',
      unit: 's',
      override: this.options.requestTimeout && secondsOf(this.options.requestTimeout),
      preferred: CUSTOMARY_TIMEOUT,
      bounds: [atLeast(sum(longestExchange, MARGIN), {
        because: 'the Gateway answers 504 while the program is still working', source: 'Gateway API: HTTPRouteTimeouts.request',
      })],
    }).value;
  }
}
