import type { Rule, RuleContext } from '../rule';
import { shutdownOf } from '../shutdown';
import { istioExampleOf } from './istio-example';
import { slowestPropagationOf } from './propagation';
import { proxyDrainOf, type ProxyDrain } from './proxy-drain';
import { servedOf, type Served } from './served';

/** Istio's proxy lives as long as the program beside it. */
export const ISTIO_DRAIN_TOO_SHORT: Rule = {
  id: 'istio-drain-too-short',
  severity: 'error',
  title: 'Istio\'s proxy drains for as long as the program needs it.',
  why: 'As an ordinary container Istio\'s proxy gets SIGTERM at the deletion, drains for terminationDrainDuration, 5 s by default, and is then killed, whether '
    + 'the program has finished or not. A program that still waits in its preStop hook can no longer be reached, and requests in flight are cut. A native '
    + 'sidecar ends after the program and has no such clock.',
  inequality: 'terminationDrainDuration ≥ preStop + drain (with EXIT_ON_ZERO_ACTIVE_CONNECTIONS: MINIMUM_DRAIN_DURATION ≥ propagation)',
  sources: [
    'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig',
    'https://github.com/istio/istio/blob/master/pkg/envoy/agent.go',
    'https://github.com/istio/istio/issues/36631',
  ],
  failing: istioExampleOf(undefined),
  passing: istioExampleOf('{ "terminationDrainDuration": "30s" }'),
  check: (context) => servedOf(context).flatMap((served) => {
    const { workload } = served;
    const drain = proxyDrainOf(context, workload);
    const needed = drain && neededOf(context, served, drain);
    if (drain === undefined || needed === undefined) {
      return [];
    }
    const key = drain.minimumDrainSeconds === undefined ? 'terminationDrainDuration' : 'MINIMUM_DRAIN_DURATION';
    const seconds = drain.minimumDrainSeconds ?? drain.terminationDrainSeconds;
    const lives = drain.heldSeconds + seconds;
    return lives >= needed.seconds ? [] : [{
      object: workload,
      field: drain.field,
      message: `Istio's proxy may end ${lives} s after the deletion (${key} ${seconds} s), but ${needed.because}`,
      actual: `${lives} s`,
      required: `≥ ${needed.seconds} s`,
      fix: `set ${key} to at least ${needed.seconds - drain.heldSeconds}s in the annotation proxy.istio.io/config, or make the proxy a native sidecar`,
    }];
  }),
};

interface Needed {
  readonly seconds: number;
  readonly because: string;
}

/** A proxy that waits for its connections to end needs only live until no new ones come. */
function neededOf(context: RuleContext, served: Served, { minimumDrainSeconds }: ProxyDrain): Needed | undefined {
  const { preStopSeconds, drainSeconds } = shutdownOf(context.relations, served.workload, context.assumptionsOf(served.workload));
  if (minimumDrainSeconds !== undefined) {
    const slowest = slowestPropagationOf(context, served);
    return slowest && { seconds: slowest.seconds, because: `requests may come for ${slowest.seconds} s after it (${slowest.key})` };
  }
  return preStopSeconds === undefined ? undefined : {
    seconds: preStopSeconds + drainSeconds,
    because: preStopSeconds === 0 ? `the program's drain takes up to ${drainSeconds} s`
      : `the program's preStop hook takes ${preStopSeconds} s and its drain up to ${drainSeconds} s`,
  };
}
