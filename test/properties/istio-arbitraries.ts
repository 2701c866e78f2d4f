import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { IstioOptions, IstioRetries, IstioSidecar, Traffic } from 'zero-downtime';
import { covers } from './oracle-traffic';
import { dnsLabels, maybe } from './text-arbitraries';
import { above, Behind, DeclaredTraffic, durations, Ending, hostLists, MARGIN, orDefault, propagations, slacks } from './traffic-bounds';

const outlierEjections = fc.record({
  consecutiveErrors: maybe(fc.integer({ min: 1, max: 20 })),
  interval: maybe(durations(1, 60)),
  baseEjectionTime: maybe(durations(1, 300)),
  /** Of the largest share that is allowed. */
  ejectedPart: fc.constantFrom(undefined, 0, 0.5, 1),
});

/** How much longer than the program a plain proxy goes on, and its listeners longer than itself. */
const proxySlacks = maybe(fc.integer({ min: 0, max: 60 }));

export const istio = fc.record({
  hosts: maybe(hostLists),
  gateways: maybe(fc.uniqueArray(dnsLabels(20).map((name) => `istio-system/${name}`), { minLength: 1, maxLength: 2 })),
  timeoutSlack: slacks,
  retryKind: fc.constantFrom(undefined, 'safe', 'idempotent', 'none'),
  attempts: maybe(fc.integer({ min: 1, max: 10 })),
  perTrySlack: maybe(fc.integer({ min: 0, max: 20 })),
  outlierEjection: maybe(outlierEjections),
  idleTimeout: maybe(durations(1, 600)),
  sidecar: maybe(fc.constantFrom(IstioSidecar.ANY, IstioSidecar.PLAIN, IstioSidecar.NATIVE)),
  terminationSlack: proxySlacks,
  listenerSlack: proxySlacks,
  propagation: propagations,
}).map((drawn) => (behind: Behind): DeclaredTraffic => {
  const { idleTimeout, propagation, retryKind } = drawn;
  const hosts = drawn.hosts && apart(drawn.hosts);
  // A native sidecar wants Kubernetes 1.29, and reads neither duration of a plain one.
  const sidecar = drawn.sidecar === IstioSidecar.NATIVE && behind.kubernetesMinor < 29 ? undefined : drawn.sidecar;
  const isNative = sidecar === IstioSidecar.NATIVE;
  const terminationSlack = isNative ? undefined : drawn.terminationSlack;
  const listenerSlack = isNative ? undefined : drawn.listenerSlack;
  const options: IstioOptions = {
    hosts, gateways: hosts && drawn.gateways, idleTimeout, sidecar, propagation, ...limitsOf(drawn, behind),
  };
  return {
    traffic: (ending) => Traffic.istio({
      ...options,
      outlierEjection: drawn.outlierEjection && ejectionOf(drawn.outlierEjection, ending),
      terminationDrainDuration: above(terminationSlack, ending.programEnd),
      drainDuration: above(listenerSlack, ending.programEnd + (terminationSlack ?? 0)),
    }),
    propagation: orDefault(propagation, 15),
    idleTimeout: orDefault(idleTimeout, 60),
    deregistrationDelay: 0,
    isIdempotent: retryKind === 'idempotent',
    proxySlack: terminationSlack,
  };
});

interface DrawnLimits {
  readonly timeoutSlack?: number;
  readonly retryKind?: string;
  readonly attempts?: number;
  readonly perTrySlack?: number;
}

/** The timeouts of requests and tries, which must not be given beside streams. */
function limitsOf({ timeoutSlack, retryKind, attempts, perTrySlack }: DrawnLimits, { longestRequest, hasStreams }: Behind): IstioOptions {
  const perTry = longestRequest + MARGIN + (perTrySlack ?? 0);
  const tries = 1 + (retryKind === 'none' ? 0 : attempts ?? 2);
  return {
    timeout: hasStreams ? undefined : above(timeoutSlack, tries * perTry + MARGIN),
    retries: retriesOf(retryKind, attempts, hasStreams || perTrySlack === undefined ? undefined : Duration.seconds(perTry)),
  };
}

function retriesOf(kind: string | undefined, attempts: number | undefined, perTryTimeout: Duration | undefined): IstioRetries | undefined {
  switch (kind) {
    case 'safe': return IstioRetries.safe({ attempts, perTryTimeout });
    case 'idempotent': return IstioRetries.idempotent({ attempts, perTryTimeout, on: ['gateway-error', '5xx'] });
    case 'none': return IstioRetries.none();
    default: return attempts === undefined && perTryTimeout === undefined ? undefined : IstioRetries.safe({ attempts, perTryTimeout });
  }
}

function ejectionOf({ ejectedPart, ...rest }: typeof outlierEjections extends fc.Arbitrary<infer V> ? V : never, { ejectable }: Ending) {
  return { ...rest, maxEjectionPercent: ejectedPart === undefined ? undefined : Math.floor(ejectable * ejectedPart) };
}

/** Those of the hosts of which none covers another: Istio refuses both together. */
function apart(hosts: readonly string[]): string[] {
  return hosts.reduce<string[]>((kept, host) => kept.some((other) => covers(other, host) || covers(host, other)) ? kept : [...kept, host], []);
}
