import { isIPv4, isIPv6 } from 'net';
import { refuse, refuseIf } from './declaration-error';
import { dnsLabelProblem, labelsWithin } from './names';
import { quoted, textProblem } from './values';

/** Who may connect, in the form of a NetworkPolicy peer. */
export interface NetworkPeerSpec {
  readonly podLabels?: Record<string, string>;
  readonly namespaceLabels?: Record<string, string>;
  readonly cidr?: string;
}

/** Somebody who may connect to the service. */
export class NetworkPeer {
  /** Every pod of the service's own namespace. */
  static sameNamespace(): NetworkPeer {
    return new NetworkPeer({ podLabels: {} });
  }

  /**
   * Pods with these labels.
   * @param labels all of which a pod must have
   * @param namespaceLabels of the namespaces that they may be in; by default only the service's own
   */
  static pods(labels: { readonly [key: string]: string }, namespaceLabels?: { readonly [key: string]: string }): NetworkPeer {
    labelsWithin('NetworkPeer.pods label', labels);
    labelsWithin('NetworkPeer.pods namespace label', namespaceLabels ?? {});
    return new NetworkPeer({ podLabels: labels, namespaceLabels });
  }

  /**
   * Every pod of one namespace.
   * @throws where the name is not one that Kubernetes takes
   */
  static namespace(name: string): NetworkPeer {
    refuseIf(dnsLabelProblem('NetworkPeer.namespace name', name));
    return new NetworkPeer({ namespaceLabels: { 'kubernetes.io/metadata.name': name } });
  }

  /**
   * A range of addresses, such as the subnets of a load balancer.
   * @param cidr the range, such as `10.0.0.0/16`
   * @throws where it is not a range
   */
  static cidr(cidr: string): NetworkPeer {
    refuseIf(textProblem('NetworkPeer.cidr', cidr));
    const [address, bits, ...rest] = cidr.split('/');
    // Node takes an address with a zone; a range of one node's link is no range of a cluster.
    const largest = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : -1;
    if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits ?? '') || Number(bits) > largest) {
      refuse(`NetworkPeer.cidr ${quoted(cidr)} must be a range of addresses such as "10.0.0.0/16"`);
    }
    return new NetworkPeer({ cidr });
  }

  /** @internal */
  readonly _spec: NetworkPeerSpec;

  private constructor(spec: NetworkPeerSpec) {
    this._spec = spec;
  }
}
