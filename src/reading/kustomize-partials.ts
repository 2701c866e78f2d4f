import { isMap } from './found-objects';
import { plainDocuments } from './read-text';

/** The names that kustomize looks for in a folder. */
export const KUSTOMIZATION_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The files of patches that a kustomization names, as it names them: what they hold are parts of objects. */
export function partialFilesOf(text: string): readonly string[] {
  return plainDocuments(text).filter(isMap).flatMap(({ patches, patchesStrategicMerge, patchesJson6902 }) => [
    ...listOf(patchesStrategicMerge),
    ...[...listOf(patches), ...listOf(patchesJson6902)].map((patch) => isMap(patch) ? patch.path : undefined),
  ]).filter((path): path is string => typeof path === 'string' && path !== '' && !path.includes('\n'));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
