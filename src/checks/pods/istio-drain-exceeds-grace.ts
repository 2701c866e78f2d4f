import type { Rule } from '../rule';
import { istioExampleOf } from './istio-example';
import { proxyDrainOf } from './proxy-drain';

/** Istio's proxy ends within the grace period. */
export const ISTIO_DRAIN_EXCEEDS_GRACE: Rule = {
  id: 'istio-drain-exceeds-grace',
  severity: 'warning',
  title: 'Istio\'s terminationDrainDuration is shorter than the grace period.',
  why: 'The proxy waits for terminationDrainDuration before it ends, done or not, so the pod lasts at least as long. Where that is not within the grace period '
    + 'the kubelet kills the proxy, and cuts every connection that it still holds instead of letting it close them.',
  inequality: 'terminationDrainDuration < terminationGracePeriodSeconds',
  sources: [
    'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig',
    'https://github.com/istio/istio/blob/master/pkg/envoy/agent.go',
  ],
  failing: istioExampleOf('{ "terminationDrainDuration": "40s" }'),
  passing: istioExampleOf('{ "terminationDrainDuration": "30s" }'),
  check: (context) => context.cluster.workloads.flatMap((workload) => {
    const drain = proxyDrainOf(context, workload);
    const grace = workload.template.terminationGracePeriodSeconds;
    const ends = drain && drain.heldSeconds + drain.terminationDrainSeconds;
    return drain === undefined || ends === undefined || drain.minimumDrainSeconds !== undefined || ends < grace ? [] : [{
      object: workload,
      field: drain.field,
      message: `Istio's proxy ends ${ends} s after the deletion (terminationDrainDuration ${drain.terminationDrainSeconds} s), `
        + `but the pod is killed after ${grace} s`,
      actual: `${ends} s`,
      required: `< ${grace} s`,
      fix: `set terminationGracePeriodSeconds to more than ${ends}, or terminationDrainDuration to less than ${grace}s`,
    }];
  }),
};
