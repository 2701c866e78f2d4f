import { quoted } from './quoted';
import type { FieldPath } from './source';

type Values = Readonly<Record<string, unknown>>;

/** An object within a document, or what is wrong with one. */
export type Found =
  | { readonly path: FieldPath; readonly object: Values }
  | { readonly path: FieldPath; readonly message: string }
  | { readonly passedOver: true };

const PASSED_OVER: Found = { passedOver: true };

/** The objects of a document's value: itself, or the items of a list. */
export function* objectsIn(value: unknown, path: FieldPath = []): Generator<Found> {
  if (!isMap(value) || !isMeantAsObject(value)) {
    yield PASSED_OVER;
  } else if (isList(value)) {
    yield* itemsOf(value, path);
  } else {
    yield objectOf(value, path);
  }
}

/** Whether a document is meant for Kubernetes, so that what is wrong with it matters. */
export function isMeantAsObject(value: unknown): boolean {
  if (!isMap(value) || value.kind === undefined || value.kind === null) {
    return false;
  }
  const isOfKustomize = typeof value.apiVersion === 'string' && value.apiVersion.startsWith('kustomize.config.k8s.io/');
  return value.kind !== 'Kustomization' && !isOfKustomize;
}

/** Whether a value is a map, as opposed to a list, a scalar or nothing. */
export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList({ kind, items }: Values): boolean {
  return kind === 'List' || (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items));
}

function* itemsOf(list: Values, path: FieldPath): Generator<Found> {
  const { items } = list;
  const wrong = apiVersionProblem(list, path);
  if (wrong !== undefined) {
    yield wrong;
  } else if (Array.isArray(items)) {
    for (const [index, item] of items.entries()) {
      yield* objectsIn(isMap(item) ? withTypeOf(list, item) : item, [...path, 'items', index]);
    }
  } else if (items !== undefined && items !== null) {
    yield { path: [...path, 'items'], message: 'items of a List must be a list; put "-" before each item' };
  }
}

/** What a list of one kind holds need not repeat it, as the API server's own answers do not. */
function withTypeOf({ apiVersion, kind }: Values, item: Values): Values {
  const itemKind = String(kind).slice(0, -'List'.length);
  const isTyped = item.kind !== undefined && item.apiVersion !== undefined;
  return itemKind === '' || isTyped ? item : Object.assign(Object.create(null) as object, { apiVersion, kind: itemKind }, item);
}

function objectOf(value: Values, path: FieldPath): Found {
  return apiVersionProblem(value, path) ?? nameProblem(value, path) ?? { path, object: value };
}

function apiVersionProblem({ apiVersion, kind }: Values, path: FieldPath): Found | undefined {
  if (typeof kind !== 'string' || kind === '') {
    return { path: [...path, 'kind'], message: 'kind must be a text such as Deployment; give it one' };
  }
  if (apiVersion === undefined || apiVersion === null) {
    return { path: [...path, 'kind'], message: `kind ${quoted(kind)} must have an apiVersion beside it; add it` };
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    return { path: [...path, 'apiVersion'], message: 'apiVersion must be a text such as apps/v1; put it in quotes' };
  }
  return undefined;
}

function nameProblem({ kind, metadata }: Values, path: FieldPath): Found | undefined {
  const at = [...path, 'metadata'];
  if (metadata !== undefined && metadata !== null && !isMap(metadata)) {
    return { path: at, message: 'metadata must be a map; give it a name' };
  }
  const { name, generateName } = (metadata ?? {}) as Values;
  if (isText(name) || ((name === undefined || name === null || name === '') && isText(generateName))) {
    return undefined;
  }
  return name === undefined || name === null || name === ''
    ? { path: at, message: `kind ${quoted(String(kind))} must have a metadata.name; add it` }
    : { path: [...at, 'name'], message: 'metadata.name must be a text; put it in quotes' };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
