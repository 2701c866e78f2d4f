import type { Field } from '../reading/field';

/** A probe with Kubernetes' defaults filled in. */
export interface Probe {
  readonly field: Field;
  readonly handler: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec' | 'none';
  /** What it asks, so that two probes can be compared: handler, port, path, command. */
  readonly asks: string;
  /** The port by number or name, where it asks one. */
  readonly port?: number | string;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

/** Reads a probe, or nothing where none is written. */
export function probeOf(field: Field): Probe | undefined {
  if (!field.exists) {
    return undefined;
  }
  const handler = HANDLERS.find((name) => field.get(name).exists) ?? 'none';
  return {
    field,
    handler,
    asks: JSON.stringify([handler, field.get(handler).value ?? null]),
    port: handler === 'exec' || handler === 'none' ? undefined : field.get(handler, 'port').intOrString(),
    initialDelaySeconds: field.get('initialDelaySeconds').amount() ?? 0,
    periodSeconds: field.get('periodSeconds').amount() || 10,
    timeoutSeconds: field.get('timeoutSeconds').amount() || 1,
    successThreshold: field.get('successThreshold').amount() || 1,
    failureThreshold: field.get('failureThreshold').amount() || 3,
    terminationGracePeriodSeconds: field.get('terminationGracePeriodSeconds').amount(),
  };
}

/** For how long the kubelet asks before it gives the container up. */
export function budgetSecondsOf(probe: Probe): number {
  return probe.initialDelaySeconds + probe.failureThreshold * probe.periodSeconds;
}
