/** What a resource of the Kubernetes provider is to Kubernetes. */
export type ResourceRole =
  /** One object, or a list of them. */
  | 'object'
  /** Some fields of an object that is not seen whole. */
  | 'patch'
  /** A chart that Helm renders on its own, out of sight. */
  | 'release'
  /** Groups other resources, which come one by one. */
  | 'component';

/** A type of the Kubernetes provider, such as `kubernetes:apps/v1:Deployment`. */
export interface KubernetesType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly role: ResourceRole;
}

const COMPONENTS = /^(?:yaml|yaml\/v2|kustomize|kustomize\/v2|helm\.sh\/v\d+)$/;

/**
 * What a resource's type says, or nothing for resources of other providers.
 *
 * @param kind the kind that its properties name, which tells a patch from a kind whose name ends so
 */
export function kubernetesTypeOf(type: string, kind: unknown): KubernetesType | undefined {
  const [, group, name] = /^kubernetes:([^:]+):([^:]+)$/.exec(type) ?? [];
  if (group === undefined || name === undefined) {
    return undefined;
  }
  const role = roleOf(group, name, kind);
  return { apiVersion: group.replace(/^core\//, ''), kind: role === 'patch' ? name.slice(0, -'Patch'.length) : name, role };
}

function roleOf(group: string, name: string, kind: unknown): ResourceRole {
  if (group === 'helm.sh/v3' && name === 'Release') {
    return 'release';
  }
  if (COMPONENTS.test(group)) {
    return 'component';
  }
  const isPatch = name.endsWith('Patch') && (typeof kind !== 'string' || name === `${kind}Patch`);
  return isPatch ? 'patch' : 'object';
}
