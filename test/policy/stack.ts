import { parseAllDocuments } from 'yaml';
import { Engine, type Resource, type Violation } from './engine';
import { ReleasePolicies, type ReleasePoliciesOptions } from '../../src/policy';

/** The objects of some manifests as a program would create them; the name of a resource is that of its object. */
export function resourcesOf(yaml: string): Resource[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as Record<string, unknown>).filter(Boolean).flatMap(resourceOf);
}

/** An object as a program would create it. */
export function resourceOf(object: Record<string, unknown>): Resource {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string } };
  const group = apiVersion === 'v1' ? 'core/v1' : apiVersion;
  return { type: `kubernetes:${group}:${kind}`, name: [metadata?.namespace, metadata?.name].filter(Boolean).join('/'), props: object };
}

/** What Pulumi shows for a stack. */
export function violationsOf(resources: readonly Resource[], options: ReleasePoliciesOptions = {}): Promise<readonly Violation[]> {
  return new Engine(ReleasePolicies.of(options)).run(resources);
}

/** The names of the policies that a stack violates, each once. */
export async function policiesOf(resources: readonly Resource[], options: ReleasePoliciesOptions = {}): Promise<readonly string[]> {
  return [...new Set((await violationsOf(resources, options)).map(({ policy }) => policy))].sort();
}

/** The properties with something else at a place; the place must be there. */
export function changed<T>(value: T, path: readonly (string | number)[], to: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) {
    return to as T;
  }
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[step] = changed(copy[step], rest, to);
  return copy as T;
}

/** The paths of all values below one. */
export function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => [[...path, key], ...pathsIn((value as Record<string | number, unknown>)[key], [...path, key])]);
}
