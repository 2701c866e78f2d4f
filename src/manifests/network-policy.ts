import { Manifest, metadataOf, withoutAbsent } from './manifest';
import { podSelectorOf } from './pod-selector';
import type { Planned } from '../plan/planned-service';
import type { NetworkPeer } from '../spec/network-peer';
import { portNameOf } from '../spec/protocol';

/** Renders who may connect to the ports that the pods declare. The kubelet's probes come from the node and are always allowed. */
export function renderNetworkPolicy(planned: Planned, peers: readonly NetworkPeer[]): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(planned),
    spec: {
      podSelector: podSelectorOf(planned),
      policyTypes: ['Ingress'],
      // A rule without peers would let everybody in.
      ingress: peers.length === 0 ? [] : [{
        from: peers.map(({ _spec: { podLabels, namespaceLabels, cidr } }) => withoutAbsent({
          podSelector: podLabels && selectorWith(podLabels),
          namespaceSelector: namespaceLabels && selectorWith(namespaceLabels),
          ipBlock: cidr === undefined ? undefined : { cidr },
        })),
        ports: [portNameOf(planned.spec.protocol), ...furtherPortsOf(planned)].map((port) => ({ port, protocol: 'TCP' })),
      }],
    },
  };
}

/** Sidecars' ports, and where a load balancer asks about health at a port of its own. */
function furtherPortsOf({ spec, traffic }: Planned): number[] {
  const sidecars = spec.sidecars.flatMap(({ ports }) => Object.values(ports));
  const health = traffic.flatMap((path) => 'health' in path && path.health.port !== undefined ? [path.health.port] : []);
  return [...new Set([...sidecars, ...health])];
}

/** An empty selector selects everything. */
function selectorWith(labels: Readonly<Record<string, string>>) {
  return Object.keys(labels).length === 0 ? {} : { matchLabels: { ...labels } };
}
