import type { HiddenValue } from './hidden-value';
import type { StackObject } from './stack-object';

/** What can depend on a hidden value. */
export type HiddenRole =
  /** Nothing beyond its own place: an image, the value of an environment variable. */
  | 'idle'
  /** A name, a number or a switch, on which what is said of other fields and objects may depend. */
  | 'scalar'
  /** A list or a map, of which not even the size is known. */
  | 'shape';

/** Kinds by which no release is judged. */
const IDLE_KINDS = ['ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'PersistentVolume', 'StorageClass'];
const IDLE = ['image', 'env', 'volumeMounts', 'tolerations', 'securityContext', 'imagePullSecrets', 'finalizers', 'ownerReferences'];
const IDLE_OF_CONTAINERS = ['command', 'args', 'workingDir'];

/** Maps of texts, in which every value is one. */
const OF_TEXTS = ['labels', 'matchLabels', 'annotations', 'data', 'nodeSelector', 'selector', 'requests', 'limits'];

/** Fields that hold no list and no map, in any kind that is read. Whatever is not among them is taken to hold one. */
const SCALAR_NAMES = new RegExp(`^(?:${[
  'name', 'namespace', 'generateName', 'host', 'hostname', 'path', 'port', 'number', 'value', 'key', 'kind', 'type', 'protocol', 'scheme', 'replicas', 'weight',
  'subset', 'timeout', 'attempts', 'perTryTimeout', 'minAvailable', 'maxUnavailable', 'maxSurge', 'partition', 'paused', 'optional', 'cpu', 'memory',
  'averageUtilization', 'maxSkew', 'topologyKey', 'whenUnsatisfiable', 'operator', 'appProtocol', 'hostNetwork',
].join('|')})$`);
const SCALAR_ENDINGS = /(?:Seconds|Threshold|Port|Name|Policy|Replicas|Affinity|Limit|Deadline)$/;

/** What can depend on a hidden value of an object. */
export function roleOf({ value }: StackObject, { path }: HiddenValue): HiddenRole {
  const steps = path.map(String);
  if (IDLE_KINDS.includes(String(value.kind)) || steps.some((step) => IDLE.includes(step)) || isIdleInContainer(path)) {
    return 'idle';
  }
  const last = path[path.length - 1];
  // An object whose name is not known may be what any other refers to.
  const isScalar = typeof last === 'string' && steps.join('.') !== 'metadata.name' && (isOfTexts(steps) || SCALAR_NAMES.test(last) || SCALAR_ENDINGS.test(last));
  return isScalar ? 'scalar' : 'shape';
}

/** Selectors of Services are maps of texts, and those of others hold such. */
function isOfTexts(steps: readonly string[]): boolean {
  const [map, key] = steps.slice(-2);
  return OF_TEXTS.includes(map) && !(map === 'selector' && key.startsWith('match'));
}

/** The command of a container, and not that of a hook or a probe of it. */
function isIdleInContainer(path: HiddenValue['path']): boolean {
  const at = path.findIndex((step) => IDLE_OF_CONTAINERS.includes(String(step)));
  return at > 1 && typeof path[at - 1] === 'number' && ['containers', 'initContainers'].includes(String(path[at - 2]));
}
