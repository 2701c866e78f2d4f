import type { OwnedFields } from '../../manifests/engines/owned-object';
import type { Manifest } from '../../manifests/manifest';

/**
 * The paths of an object that Pulumi must leave to what owns them once the object exists.
 *
 * Pulumi's provider keeps the live value of a path only where that leads through maps, so a path ends at the first list: the whole list
 * is then its owner's. A key that holds a dot is compared, but not kept by the provider: an update of such an object while the owner's
 * value differs is refused by the API server as a conflict, and so is never lost on a release that is under way.
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/await/await.go
 */
export function ignoredChangesOf(manifest: Manifest, owned: readonly OwnedFields[]): string[] {
  const { apiVersion, kind, metadata: { name } } = manifest;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const expressions = owned
    .filter((object) => object.group === group && object.kind === kind && object.name === name)
    .flatMap(({ jqPathExpressions }) => jqPathExpressions);
  return [...new Set(expressions.map(keysOf).filter((keys) => isDecidedHere(manifest, keys)).map(propertyPath))];
}

/** The keys that a jq path begins with, up to its first list. */
function keysOf(expression: string): string[] {
  const [throughMaps] = expression.split('[]');
  return [...throughMaps.matchAll(/\.([\w-]+)|\["([^"]+)"\]/g)].map(([, plain, inQuotes]) => plain ?? inQuotes);
}

/** What the manifest does not say is left alone in any case, but for replicas: a version of it before may have said them. */
function isDecidedHere(manifest: Manifest, keys: readonly string[]): boolean {
  const found = keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], manifest);
  return found !== undefined || keys.join('.') === 'spec.replicas';
}

function propertyPath(keys: readonly string[]): string {
  return keys.map((key, index) => /^[A-Za-z_]\w*$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`).join('');
}
