import type { Rule } from '../rule';
import { shutdownOf } from '../shutdown';
import { istioExampleOf } from './istio-example';
import { proxyDrainOf } from './proxy-drain';
import { servedOf } from './served';

/** Istio's proxy keeps its listeners for as long as requests may come. */
export const ISTIO_DRAIN_DURATION: Rule = {
  id: 'istio-drain-duration',
  severity: 'error',
  title: 'Istio\'s drainDuration is as long as its proxy has to serve the program.',
  why: 'From SIGTERM on Envoy takes new connections for drainDuration and then closes its listeners, and with them what they carry. Where that is shorter than '
    + 'terminationDrainDuration, the proxy lives on but lets nothing through, while the program still has requests to finish.',
  inequality: 'drainDuration ≥ the lesser of terminationDrainDuration and preStop + drain',
  sources: [
    'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig',
    'https://github.com/envoyproxy/envoy/blob/main/source/server/admin/listeners_handler.cc',
  ],
  failing: istioExampleOf('{ "terminationDrainDuration": "30s", "drainDuration": "10s" }'),
  passing: istioExampleOf('{ "terminationDrainDuration": "30s", "drainDuration": "30s" }'),
  check: (context) => servedOf(context).flatMap(({ workload }) => {
    const drain = proxyDrainOf(context, workload);
    const { preStopSeconds, drainSeconds } = shutdownOf(context.relations, workload, context.assumptionsOf(workload));
    if (drain === undefined || preStopSeconds === undefined || drain.minimumDrainSeconds !== undefined) {
      return [];
    }
    // What the proxy has nothing left to carry for, it need not listen for.
    const needed = Math.min(drain.terminationDrainSeconds, preStopSeconds + drainSeconds - drain.heldSeconds);
    return drain.drainSeconds >= needed ? [] : [{
      object: workload,
      field: drain.field,
      message: `Istio's proxy closes its listeners ${drain.drainSeconds} s after SIGTERM (drainDuration), `
        + `but has to carry requests for ${needed} s`,
      actual: `${drain.drainSeconds} s`,
      required: `≥ ${needed} s`,
      fix: `set drainDuration to at least ${needed}s in the annotation proxy.istio.io/config`,
    }];
  }),
};
