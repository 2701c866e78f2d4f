import { Manifest, metadataOf, selectorOf, withoutAbsent } from './manifest';
import type { Planned } from '../plan/planned-service';
import type { NetworkPeer } from '../spec/network-peer';
import { portNameOf } from '../spec/protocol';

/** Renders who may connect to the service's port. The kubelet's probes come from the node and are always allowed. */
export function renderNetworkPolicy(planned: Planned, peers: readonly NetworkPeer[]): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(planned),
    spec: {
      podSelector: { matchLabels: selectorOf(planned) },
      policyTypes: ['Ingress'],
      // A rule without peers would let everybody in.
      ingress: peers.length === 0 ? [] : [{
        from: peers.map(({ _spec: { podLabels, namespaceLabels, cidr } }) => withoutAbsent({
          podSelector: podLabels && selectorWith(podLabels),
          namespaceSelector: namespaceLabels && selectorWith(namespaceLabels),
          ipBlock: cidr === undefined ? undefined : { cidr },
        })),
        ports: [portNameOf(planned.spec.protocol), ...healthPortsOf(planned)].map((port) => ({ port, protocol: 'TCP' })),
      }],
    },
  };
}

/** A load balancer is a peer like others, and may ask about health at a port of its own. */
function healthPortsOf({ traffic }: Planned): number[] {
  const ports = traffic.flatMap((path) => 'health' in path && path.health.port !== undefined ? [path.health.port] : []);
  return [...new Set(ports)];
}

/** An empty selector selects everything. */
function selectorWith(labels: Readonly<Record<string, string>>) {
  return Object.keys(labels).length === 0 ? {} : { matchLabels: { ...labels } };
}
