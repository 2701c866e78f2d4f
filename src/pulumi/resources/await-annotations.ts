import type { Manifest } from '../../manifests/manifest';

/**
 * Kinds that Pulumi would await until pods are behind them. They are made before the pods, which would then never be: the Service of
 * a canary has none between releases, and an Ingress is ready only once its Services are.
 */
const NOT_AWAITED = new Set(['Service', 'Ingress']);

/** Adds what tells Pulumi not to await an object, or to make a Job anew that has failed: the same update would find it as it is. */
export function withAwaitAnnotations(manifest: Manifest): Manifest {
  const annotation = NOT_AWAITED.has(manifest.kind) ? 'pulumi.com/skipAwait' : manifest.kind === 'Job' ? 'pulumi.com/replaceUnready' : undefined;
  const { metadata } = manifest;
  return annotation === undefined ? manifest : { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, [annotation]: 'true' } } };
}
