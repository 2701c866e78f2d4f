import * as fc from 'fast-check';
import { Health, Probe } from 'zero-downtime';
import { maybe, paths, programArguments } from './text-arbitraries';

/** A health declaration with what the rest of the declaration must know of it. */
export interface DeclaredHealth {
  readonly health: Health;
  /** Ports besides the service's that sidecars must keep off. */
  readonly ports: number[];
  /** How readiness is asked, so that a load balancer may ask the same. */
  readonly readiness: 'http' | 'grpc' | 'tcp' | 'exec';
}

/** Another port than the service's, or the same one given as a number. */
const ports = fc.integer({ min: 1, max: 65_535 });

export const healths: fc.Arbitrary<DeclaredHealth> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ readiness: paths, liveness: maybe(paths), startup: maybe(paths), port: maybe(ports), tls: maybe(fc.boolean()) })
      .map((options) => declared(Health.http(options), [options.port], 'http')),
  },
  {
    weight: 2,
    arbitrary: fc.record({ readiness: maybe(grpcServices()), liveness: maybe(grpcServices()), port: maybe(ports) })
      .map((options) => declared(Health.grpc(options), [options.port], 'grpc')),
  },
  {
    weight: 3,
    arbitrary: fc.record({ readiness: probes(), liveness: maybe(probes()), startup: maybe(probes()) })
      .map(({ readiness, liveness, startup }) => declared(
        Health.probes({ readiness: readiness.probe, liveness: liveness?.probe, startup: startup?.probe }),
        [readiness.port, liveness?.port, startup?.port], readiness.kind)),
  },
);

function declared(health: Health, given: Array<number | undefined>, readiness: DeclaredHealth['readiness']): DeclaredHealth {
  return { health, ports: given.filter((port) => port !== undefined), readiness };
}

function grpcServices(): fc.Arbitrary<string> {
  return fc.constantFrom('readiness', 'shop.payments.v1.Payments', 'yes');
}

interface DeclaredProbe {
  readonly kind: DeclaredHealth['readiness'];
  readonly probe: Probe;
  readonly port?: number;
}

function probes(): fc.Arbitrary<DeclaredProbe> {
  return fc.oneof(
    fc.tuple(paths, maybe(ports), maybe(fc.boolean())).map(([path, port, tls]): DeclaredProbe => ({ kind: 'http', probe: Probe.http(path, { port, tls }), port })),
    fc.tuple(maybe(grpcServices()), maybe(ports)).map(([service, port]): DeclaredProbe => ({ kind: 'grpc', probe: Probe.grpc({ service, port }), port })),
    maybe(ports).map((port): DeclaredProbe => ({ kind: 'tcp', probe: Probe.tcp({ port }), port })),
    programArguments.map((command): DeclaredProbe => ({ kind: 'exec', probe: Probe.exec(command) })),
  );
}
