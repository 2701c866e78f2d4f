/** What of a resource's provider is used. */
export interface Provider {
  readonly urn: string;
  readonly name: string;
  readonly props: object;
}

/** Where a provider puts objects. */
export interface Destination {
  /** The same for providers that are known to reach the same cluster. It holds credentials: it is compared, and never shown. */
  readonly cluster: string;
  /** How messages name the provider. */
  readonly name: string;
  /** Where objects go that name no namespace; nothing where that is not known. */
  readonly namespace?: string;
}

/** What decides which cluster a provider reaches. */
const DECISIVE = ['kubeconfig', 'context', 'cluster', 'renderYamlToDirectory'];

/** Where the provider of a resource puts objects. Providers of which something decisive is not known are clusters of their own. */
export function destinationOf(provider: Provider | undefined): Destination {
  const property = (name: string) => provider && (provider.props as Readonly<Record<string, unknown>>)[name];
  return { cluster: clusterOf(provider, property), name: provider?.name ?? 'default', namespace: namespaceOf(property) };
}

function clusterOf(provider: Provider | undefined, property: (name: string) => unknown): string {
  try {
    return JSON.stringify(DECISIVE.map((name) => property(name) ?? null));
  } catch {
    return provider?.urn ?? '';
  }
}

function namespaceOf(property: (name: string) => unknown): string | undefined {
  try {
    const namespace = property('namespace');
    return typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
  } catch {
    return undefined;
  }
}
