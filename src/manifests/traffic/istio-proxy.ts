import { durationOf } from './virtual-service';
import type { Planned } from '../../plan/planned-service';
import type { PlannedIstio } from '../../plan/traffic/planned-traffic';

/** Renders the settings of the proxy in the service's own pods, for its start and its end. */
export function renderProxyAnnotations(planned: Planned): Record<string, string> {
  const istio = istioOf(planned);
  if (!istio) {
    return {};
  }
  if (istio.isNativeSidecarForced) {
    return { 'sidecar.istio.io/nativeSidecar': 'true' };
  }
  // A proxy's configuration is YAML inside an annotation, and JSON is YAML.
  return {
    'proxy.istio.io/config': JSON.stringify({
      holdApplicationUntilProxyStarts: true,
      terminationDrainDuration: durationOf(istio.proxyDrain!.terminationDrainDuration),
      drainDuration: durationOf(istio.proxyDrain!.drainDuration),
    }),
  };
}

function istioOf(planned: Planned): PlannedIstio | undefined {
  return planned.traffic.find((traffic) => traffic.kind === 'istio');
}
