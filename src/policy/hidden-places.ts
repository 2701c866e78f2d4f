import { roleOf } from './hidden-role';
import type { HiddenValue } from './hidden-value';
import type { StackObject } from './stack-object';
import type { Finding } from '../checks/finding';
import { pathText } from '../reading/source';

const EVERYWHERE = Symbol('everywhere');

/** Kinds to which nothing of another namespace relates. */
const OF_ONE_NAMESPACE = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob', 'PodDisruptionBudget', 'HorizontalPodAutoscaler',
  'ResourceQuota', 'LimitRange', 'NetworkPolicy', 'PersistentVolumeClaim', 'AnalysisTemplate'];

/** Kinds of which single values concern their namespace alone. */
const MOSTLY_OF_ONE_NAMESPACE = [...OF_ONE_NAMESPACE, 'Service', 'Ingress', 'ConfigMap', 'Secret', 'Rollout', 'Canary', 'TargetGroupBinding'];

/** Where values of a cluster's objects are hidden, and what that leaves open. */
export class HiddenPlaces {
  private readonly byResource = new Map<string, readonly HiddenValue[]>();
  /** Resources with a value that something else may depend on. */
  private readonly partly = new Set<string>();
  /** Places on which anything in a namespace may depend. */
  private readonly byNamespace = new Map<unknown, readonly HiddenValue[]>();
  /** Namespaces in which not even the shape of some object is known; `EVERYWHERE` where that may concern them all. */
  private readonly shapeless = new Set<unknown>();
  /** Names of ConfigMaps and Secrets whose keys are not known. */
  private readonly keyless = new Set<string>();

  constructor(objects: readonly StackObject[]) {
    for (const object of objects) {
      this.byResource.set(object.urn, [...this.of(object.urn), ...object.hidden]);
      for (const hidden of object.hidden) {
        const role = roleOf(object, hidden);
        if (role !== 'idle') {
          this.note(object, hidden, role);
        }
      }
    }
  }

  /** The hidden values of a resource. */
  of(urn: string): readonly HiddenValue[] {
    return this.byResource.get(urn) ?? [];
  }

  /** The resources of which something is hidden that decides more than its own place. */
  partlyKnown(): readonly string[] {
    return [...this.partly];
  }

  /** The hidden values on which the course of a release in a namespace may depend. */
  in(namespace: unknown): readonly HiddenValue[] {
    return [...this.byNamespace.get(namespace) ?? [], ...namespace === EVERYWHERE ? [] : this.in(EVERYWHERE)];
  }

  /** Whether a finding is about a place that is hidden, or may depend on one for which no values can be tried. */
  decide({ source, path, namespace, message }: Finding): boolean {
    const isOpen = this.shapeless.has(namespace) || this.shapeless.has(EVERYWHERE) || (namespace === '' && this.shapeless.size > 0);
    return isOpen || this.of(source).some((hidden) => touches(pathText(hidden.path), path))
      || [...this.keyless].some((name) => message.includes(name));
  }

  private note({ urn, value }: StackObject, hidden: HiddenValue, role: 'scalar' | 'shape'): void {
    const { name, namespace } = value.metadata as { readonly name: string; readonly namespace: unknown };
    const own = role === 'scalar' ? MOSTLY_OF_ONE_NAMESPACE : OF_ONE_NAMESPACE;
    const reach = own.includes(String(value.kind)) ? namespace : EVERYWHERE;
    this.partly.add(urn);
    if (role === 'shape' && ['data', 'binaryData', 'stringData'].includes(String(hidden.path[0]))) {
      this.keyless.add(name);
      return;
    }
    this.byNamespace.set(reach, [...this.byNamespace.get(reach) ?? [], hidden]);
    if (role === 'shape') {
      this.shapeless.add(reach);
    }
  }
}

/** Whether one path is the other, or leads to it. */
function touches(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)));
}
