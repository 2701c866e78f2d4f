import { Amount, sum } from '../amount';
import { atLeast } from '../bound';
import { Context, MARGIN } from '../context';
import { checkAnnotations } from './annotations';
import { planDnsTtl } from './dns-ttl';
import { Path } from './path';
import type { PlannedIngressNginx } from './planned-traffic';
import { dnsSubdomainProblem, hostProblem, routePathProblem } from '../../spec/names';
import { Protocol } from '../../spec/protocol';
import type { IngressNginxOptions } from '../../spec/traffic/ingress-nginx';
import { optionalSeconds, secondsOf } from '../../spec/values';

const CUSTOMARY_TIMEOUT = 60;
const DERIVED_ANNOTATIONS = new RegExp('^nginx\\.ingress\\.kubernetes\\.io/(proxy-read-timeout|proxy-send-timeout|proxy-next-upstream'
  + '|backend-protocol)$|^external-dns\\.alpha\\.kubernetes\\.io/ttl$');

/** Calls through the ingress-nginx controller. */
export class IngressNginxPath extends Path {
  constructor(context: Context, private readonly options: IngressNginxOptions) {
    super(context, 'ingressNginx', {
      declared: options.propagation,
      seconds: 10,
      source: 'the controller syncs every 3.3s at most and its balancer reads endpoints every second; the rest is engineering judgement',
    });
  }

  planIdleTimeout(): Amount {
    const declared = optionalSeconds('ingressNginx.upstreamKeepaliveTimeout', this.options.upstreamKeepaliveTimeout, 1, 86_400);
    return this.context.ledger.assume('ingressNginx.upstreamKeepaliveTimeout',
      { seconds: declared ?? 60, isDefault: declared === undefined }, 'the controller\'s upstream-keepalive-timeout, 60s by default');
  }

  plan(): PlannedIngressNginx {
    const { options, context } = this;
    const { ledger, longestExchange } = context;
    if (options.hosts.length === 0) {
      ledger.problem('ingressNginx.hosts must name at least one host');
    }
    checkAnnotations(ledger, 'ingressNginx', options.annotations ?? {}, DERIVED_ANNOTATIONS);
    options.hosts.forEach((host) => ledger.problem(hostProblem('ingressNginx.host', host)));
    ledger.problem(routePathProblem('ingressNginx.path', options.path ?? '/'));
    this.checkProtocol();
    if (options.tlsSecret !== undefined) {
      ledger.problem(dnsSubdomainProblem('ingressNginx.tlsSecret', options.tlsSecret));
    }
    const readTimeout = ledger.decide({
      name: 'ingressNginx.readTimeout',
      unit: 's',
      override: options.readTimeout && secondsOf(options.readTimeout),
      preferred: CUSTOMARY_TIMEOUT,
      bounds: [atLeast(sum(longestExchange, MARGIN), {
        because: 'nginx answers 504 while the program is still working', source: 'ingress-nginx: proxy-read-timeout, 60s by default',
      })],
    });
    ledger.require('cluster', `the ingress-nginx controller's worker-shutdown-timeout is at least ${longestExchange.value}s, `
      + 'so that its own reloads cut no request');
    return {
      kind: 'ingressNginx',
      hosts: options.hosts,
      path: options.path ?? '/',
      tlsSecret: options.tlsSecret,
      ingressClassName: options.ingressClassName ?? 'nginx',
      readTimeout: readTimeout.value,
      dnsTtl: planDnsTtl(context, 'ingressNginx', options.dnsTtl && secondsOf(options.dnsTtl)),
      annotations: options.annotations ?? {},
    };
  }

  private checkProtocol(): void {
    const { ledger, spec: { protocol } } = this.context;
    if (protocol === Protocol.HTTP2) {
      ledger.problem('ingressNginx cannot reach protocol HTTP2, because the controller speaks HTTP/1.1 or gRPC to pods; use another way in, or Protocol.HTTP');
    }
    if (protocol === Protocol.GRPC && this.options.tlsSecret === undefined) {
      ledger.problem('ingressNginx.tlsSecret must be given with protocol GRPC, because the controller takes HTTP/2 from clients over TLS only');
    }
  }
}
