import {
  DEFAULT_DRAIN_SECONDS, DEFAULT_TERMINATION_DRAIN_SECONDS, proxyConfigOf, saysNativeSidecar,
} from '../../cluster/istio-proxy-config';
import { hasIstioSidecar } from '../../cluster/mesh';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';
import type { RuleContext } from '../rule';

/** How Istio's proxy ends where it is an ordinary container: by a clock of its own, whatever the program beside it does. */
export interface ProxyDrain {
  /** The annotation that decides it. */
  readonly field: Field;
  /** For how long its own preStop hook holds SIGTERM back from it. */
  readonly heldSeconds: number;
  /** From SIGTERM until it is killed. */
  readonly terminationDrainSeconds: number;
  /** From SIGTERM until it closes its listeners. */
  readonly drainSeconds: number;
  /** Set where it waits for its connections to end instead: how long it lives at least. */
  readonly minimumDrainSeconds?: number;
}

/** Before it Kubernetes has no native sidecars, but for those who turn an alpha feature on. */
const NATIVE_SINCE = 29;

/** How the proxy of a workload's pods ends; nothing where there is none, where it is a native sidecar, or where nobody says which. */
export function proxyDrainOf(context: RuleContext, workload: Workload): ProxyDrain | undefined {
  if (!hasIstioSidecar(context.cluster, workload) || !isOrdinary(context, workload)) {
    return undefined;
  }
  const config = proxyConfigOf(workload.template);
  const hook = workload.template.containers.find(({ name }) => name === 'istio-proxy')?.preStop;
  return {
    field: config.field,
    heldSeconds: hook?.sleepSeconds ?? 0,
    terminationDrainSeconds: config.terminationDrainSeconds ?? DEFAULT_TERMINATION_DRAIN_SECONDS,
    drainSeconds: config.drainSeconds ?? DEFAULT_DRAIN_SECONDS,
    minimumDrainSeconds: config.exitsOnZeroConnections ? config.minimumDrainSeconds : undefined,
  };
}

/** Whether the proxy certainly is an ordinary container: written as one, asked for as one, or no other is possible. */
function isOrdinary({ assumptionsOf, kubernetesMinor }: RuleContext, workload: Workload): boolean {
  const isNative = saysNativeSidecar(workload.template);
  return isNative === undefined ? kubernetesMinor < NATIVE_SINCE || assumptionsOf(workload).word('istio-sidecar') === 'legacy' : !isNative;
}
