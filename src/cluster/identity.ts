import type { Field } from '../reading/field';

/** What tells an object from all others in a cluster. */
export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for objects that belong to no namespace. */
  readonly namespace: string;
  readonly name: string;
}

/** An object as it is found in a cluster. */
export interface ClusterObject extends Identity {
  readonly field: Field;
}

const WITHOUT_NAMESPACE = new Set(['Namespace', 'IngressClass', 'GatewayClass', 'ClusterAnalysisTemplate', 'PersistentVolume', 'StorageClass',
  'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'PriorityClass', 'IngressClassParams']);

/** Reads what every object has. `namespace` is where objects go that name none. */
export function identityOf(field: Field, namespace: string): ClusterObject {
  const kind = field.get('kind').string() ?? '';
  const object = {
    field,
    apiVersion: field.get('apiVersion').string() ?? '',
    kind,
    namespace: WITHOUT_NAMESPACE.has(kind) ? '' : field.get('metadata', 'namespace').string() || namespace,
    name: field.get('metadata', 'name').string() ?? field.get('metadata', 'generateName').string() ?? '',
  };
  // Anybody may ask for these later on, where a wrong type could no longer be told as a fault of the input.
  labelsOf(object);
  annotationsOf(object);
  [['kind'], ['apiVersion'], ['metadata', 'name'], ['metadata', 'namespace']].forEach((path) => refuseControl(field.get(...path)));
  return object;
}

/** No API server takes such a name, and no terminal should be shown one. */
function refuseControl(name: Field): void {
  // eslint-disable-next-line no-control-regex
  if (typeof name.value === 'string' && /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name.value)) {
    name.refuse('must have no control characters; remove them');
  }
}

/** The object as messages name it: `Deployment shop/payments`. */
export function objectText({ kind, namespace, name }: Identity): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The API group of an object: `apps` of `apps/v1`, empty for the core group. */
export function groupOf({ apiVersion }: Pick<Identity, 'apiVersion'>): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The labels or annotations of an object. */
export function labelsOf(object: ClusterObject): ReadonlyMap<string, string> {
  return object.field.get('metadata', 'labels').stringMap();
}

/** The annotations of an object. */
export function annotationsOf(object: ClusterObject): ReadonlyMap<string, string> {
  return object.field.get('metadata', 'annotations').stringMap();
}
