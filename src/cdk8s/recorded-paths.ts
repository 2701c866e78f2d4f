import type { ClusterObject } from '../cluster/identity';

/** cdk8s' record of constructs: the path of the construct by the name of its object. */
export type RecordedPaths = Readonly<Record<string, { readonly path: string }>>;

/**
 * Adds the paths of constructs under `Kind name`.
 *
 * cdk8s records one path for each name, that of the last object that carries it, though a Deployment is usually named as its
 * Service is. So the last of a name gets the path itself, and the others that of the scope around it, which holds them all where
 * one construct makes them.
 */
export function nameConstructs(recorded: RecordedPaths, objects: readonly ClusterObject[]): void {
  const last = new Map(objects.map((object) => [object.name, object]));
  const paths = objects.flatMap((object) => {
    const path = recorded[object.name]?.path;
    const known = last.get(object.name) === object ? path : path?.split('/').slice(0, -1).join('/');
    return known === undefined || known === '' ? [] : [[`${object.kind} ${object.name}`, { path: known }] as const];
  });
  // cdk8s-cli looks names up in this very object when it prints them.
  Object.assign(recorded, Object.fromEntries(paths));
}
