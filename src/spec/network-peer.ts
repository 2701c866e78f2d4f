import { refuse } from './declaration-error';

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
    return new NetworkPeer({ podLabels: labels, namespaceLabels });
  }

  /** Every pod of one namespace. */
  static namespace(name: string): NetworkPeer {
    return new NetworkPeer({ namespaceLabels: { 'kubernetes.io/metadata.name': name } });
  }

  /**
   * A range of addresses, such as the subnets of a load balancer.
   * @param cidr the range, such as `10.0.0.0/16`
   * @throws where it is not a range
   */
  static cidr(cidr: string): NetworkPeer {
    if (!/^(\d{1,3}(\.\d{1,3}){3}\/([0-9]|[12]\d|3[0-2])|[0-9a-fA-F:]*:[0-9a-fA-F:]*\/\d{1,3})$/.test(cidr)) {
      refuse(`NetworkPeer.cidr ${JSON.stringify(cidr)} must be a range of addresses such as "10.0.0.0/16"`);
    }
    return new NetworkPeer({ cidr });
  }

  /** @internal */
  readonly _spec: NetworkPeerSpec;

  private constructor(spec: NetworkPeerSpec) {
    this._spec = spec;
  }
}
