import { HiddenValue, hiddenIn, mapped } from './hidden-value';
import type { Destination } from './kubernetes-provider';
import type { KubernetesType } from './resource-type';
import { isMap, objectsIn } from '../reading/found-objects';
import type { InputProblem } from '../reading/input-problem';
import type { FieldPath } from '../reading/source';

type Values = Readonly<Record<string, unknown>>;

/** An object that a stack declares, with its hidden values. */
export interface StackObject {
  /** The resource that it belongs to. */
  readonly urn: string;
  readonly value: Values;
  readonly hidden: readonly HiddenValue[];
}

/** A resource of the Kubernetes provider as it was declared. */
export interface DeclaredResource {
  readonly urn: string;
  /** The resource's name in the program. */
  readonly name: string;
  readonly type: KubernetesType;
  readonly properties: Values;
  readonly destination: Destination;
}

/** What the API server or Pulumi adds, and nobody declares. */
const ADDED = ['managedFields', 'creationTimestamp', 'uid', 'resourceVersion', 'generation', 'selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds'];
const ADDED_ANNOTATION = /^(?:pulumi\.com\/|kubectl\.kubernetes\.io\/last-applied-configuration$|deployment\.kubernetes\.io\/revision$)/;

/** The objects of a resource: itself, or the items of a list. */
export function objectsOf(resource: DeclaredResource): { readonly objects: readonly StackObject[]; readonly problems: readonly InputProblem[] } {
  const objects: StackObject[] = [];
  const problems: InputProblem[] = [];
  for (const found of objectsIn(typed(resource))) {
    if ('object' in found) {
      const value = declared(found.object, resource);
      objects.push({ urn: resource.urn, value, hidden: [...hiddenIn(value), ...hiddenName(resource)] });
    } else if ('message' in found) {
      problems.push({ source: resource.urn, message: found.message });
    }
  }
  return { objects, problems };
}

/** A hidden name is hidden although something stands there for messages to show. */
function hiddenName({ properties: { metadata } }: DeclaredResource): readonly HiddenValue[] {
  const hidden = metadata instanceof HiddenValue ? metadata : isMap(metadata) ? metadata.name : undefined;
  return hidden instanceof HiddenValue ? [new HiddenValue(['metadata', 'name'], hidden.because, hidden.identity)] : [];
}

/** The properties with what its type tells where they do not, and a name where Pulumi will make one. */
function typed({ name, type, properties }: DeclaredResource): Values {
  const { apiVersion, kind, metadata } = properties;
  const shown = { ...properties, apiVersion: knownOr(apiVersion, type.apiVersion), kind: knownOr(kind, type.kind) };
  const { items } = properties;
  const isList = typeof shown.kind === 'string' && shown.kind.endsWith('List') && Array.isArray(items);
  return isList ? { ...shown, items: items.map((item: unknown, index) => namedItem(item, `${name}-${index}`)) }
    : { ...shown, metadata: named(metadata ?? {}, name) };
}

/** An item of a list must have a name, which may be hidden. */
function namedItem(item: unknown, name: string): unknown {
  const metadata = isMap(item) ? item.metadata : undefined;
  const isHidden = metadata instanceof HiddenValue || (isMap(metadata) && metadata.name instanceof HiddenValue);
  return isMap(item) && isHidden ? { ...item, metadata: named(metadata, name) } : item;
}

function knownOr(value: unknown, otherwise: string): string {
  return value === undefined || value === null || value instanceof HiddenValue ? otherwise : value as string;
}

/** Of metadata that are not known as a whole, the resource's name is what remains. */
function named(metadata: unknown, name: string): unknown {
  if (metadata instanceof HiddenValue) {
    return { name, namespace: part(metadata, 'namespace'), labels: part(metadata, 'labels'), annotations: part(metadata, 'annotations') };
  }
  if (!isMap(metadata)) {
    return metadata;
  }
  const isNamed = metadata.generateName !== undefined || (metadata.name !== undefined && metadata.name !== null);
  // Messages show the name, and references to it are looked at as what is not known is.
  return isNamed && !(metadata.name instanceof HiddenValue) ? metadata : { ...metadata, name };
}

function part(metadata: HiddenValue, key: string): HiddenValue {
  return new HiddenValue([...metadata.path, key], metadata.because, [...metadata.path, key]);
}

function declared(object: Values, { destination }: DeclaredResource): Values {
  const { status, ...rest } = object;
  const path = ['metadata', 'namespace'];
  const metadata = metadataOf(object.metadata as Values);
  const namespace = metadata.namespace ?? destination.namespace ?? new HiddenValue(path, 'unknown', destination.cluster);
  return relocated({ ...rest, ...withoutSecrets(object), metadata: { ...metadata, namespace } }, []) as Values;
}

function metadataOf(metadata: Values): Values {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !ADDED.includes(key)));
  const { annotations } = kept;
  return !isMap(annotations) || annotations instanceof HiddenValue ? kept
    : { ...kept, annotations: Object.fromEntries(Object.entries(annotations).filter(([key]) => !ADDED_ANNOTATION.test(key))) };
}

/** What a Secret holds decides nothing but that it is there. */
function withoutSecrets(object: Values): Values {
  const blank = (values: unknown) => isMap(values) && !(values instanceof HiddenValue)
    ? Object.fromEntries(Object.keys(values).map((key) => [key, ''])) : values;
  return object.kind !== 'Secret' ? {} : Object.fromEntries(['data', 'stringData'].filter((key) => key in object).map((key) => [key, blank(object[key])]));
}

/** Hidden values by their place in the object; that in the resource is another for the items of a list. */
function relocated(value: unknown, path: FieldPath): unknown {
  if (value instanceof HiddenValue) {
    return new HiddenValue(path, value.because, value.identity);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value) ? value.map((item, index) => relocated(item, [...path, index]))
    : mapped(value, (field, key) => relocated(field, [...path, key]));
}
