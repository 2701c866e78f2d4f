import type { Cluster } from '../../cluster/cluster';
import type { Container } from '../../cluster/container';
import type { ClusterObject } from '../../cluster/identity';
import type { PodTemplate } from '../../cluster/pod-template';
import type { Field } from '../../reading/field';

/** A ConfigMap or Secret that a pod needs in order to start, and a key of it where one is named. */
export interface ConfigReference {
  readonly field: Field;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
}

/** Where references stand in an entry of env, in one of envFrom, and in a volume or one of its sources. */
const OF_ENV = [['ConfigMap', 'configMapKeyRef'], ['Secret', 'secretKeyRef']] as const;
const OF_ENV_FROM = [['ConfigMap', 'configMapRef'], ['Secret', 'secretRef']] as const;
const OF_VOLUME = [['ConfigMap', 'configMap', 'name'], ['Secret', 'secret', 'secretName']] as const;
const OF_SOURCE = [['ConfigMap', 'configMap', 'name'], ['Secret', 'secret', 'name']] as const;

/** All that a pod cannot start without. What is optional is none of it. */
export function configReferencesOf({ spec, containers, initContainers, sidecars }: PodTemplate): readonly ConfigReference[] {
  const volumes = spec.get('volumes').items();
  return [
    ...[...initContainers, ...sidecars, ...containers].flatMap(referencesOfContainer),
    ...volumes.flatMap((volume) => OF_VOLUME.flatMap(([kind, key, name]) => mountedOf(kind, volume.get(key), name))),
    ...volumes.flatMap((volume) => volume.get('projected', 'sources').items())
      .flatMap((source) => OF_SOURCE.flatMap(([kind, key, name]) => mountedOf(kind, source.get(key), name))),
  ];
}

function referencesOfContainer({ field }: Container): ConfigReference[] {
  const single = field.get('env').items().flatMap((entry) => OF_ENV.map(([kind, key]) => [kind, entry.get('valueFrom', key)] as const));
  const whole = field.get('envFrom').items().flatMap((entry) => OF_ENV_FROM.map(([kind, key]) => [kind, entry.get(key)] as const));
  return [...single, ...whole].flatMap(([kind, reference]) => referenceOf(kind, reference, 'name', reference.get('key')));
}

/** A volume shows all keys of its object, or those that it lists. */
function mountedOf(kind: ConfigReference['kind'], reference: Field, name: string): ConfigReference[] {
  const keys = reference.get('items').items().map((item) => item.get('key'));
  return keys.length === 0 ? referenceOf(kind, reference, name) : keys.flatMap((key) => referenceOf(kind, reference, name, key));
}

function referenceOf(kind: ConfigReference['kind'], reference: Field, nameKey: string, key?: Field): ConfigReference[] {
  const name = reference.get(nameKey);
  if (!name.exists || reference.get('optional').value === true) {
    return [];
  }
  return [{ field: key?.exists ? key : name, kind, name: name.written(), key: key?.exists ? key.written() : undefined }];
}

/** The objects of a reference: several where files describe the same one, as patches do. */
export function referredObjectsOf(cluster: Cluster, { kind, name }: ConfigReference, namespace: string): readonly ClusterObject[] {
  return cluster.ofKind(kind).filter((object) => object.name === name && object.namespace === namespace);
}

/** The keys of a ConfigMap or Secret. */
export function keysOf({ field }: ClusterObject): readonly string[] {
  return ['data', 'binaryData', 'stringData'].flatMap((part) => field.get(part).entries().map(([key]) => key));
}

/** Kinds whose objects make a Secret, and the field that names it where it is not their own name. */
const MAKERS = [['SealedSecret'], ['ExternalSecret', 'spec', 'target', 'name'], ['Certificate', 'spec', 'secretName'], ['InfisicalSecret']] as const;

/** Whether another object of the namespace makes the Secret when it is applied. */
export function isMadeByAnother(cluster: Cluster, { kind, name }: ConfigReference, namespace: string): boolean {
  return kind === 'Secret' && MAKERS.some(([maker, ...path]) => cluster.ofKind(maker).some((object) => {
    const target = path.length === 0 ? undefined : object.field.get(...path).value;
    return object.namespace === namespace && (target ?? object.name) === name;
  }));
}
