import type { Manifest } from '../../manifests/manifest';

/**
 * Kinds that Pulumi would await until pods are behind them. They are made before the pods, which would then never be: the Service of
 * a canary has none between releases, and an Ingress is ready only once its Services are.
 */
const NOT_AWAITED = new Set(['Service', 'Ingress']);

/** Adds what tells Pulumi not to await an object. */
export function withAwaitAnnotations(manifest: Manifest): Manifest {
  const { metadata } = manifest;
  return !NOT_AWAITED.has(manifest.kind) ? manifest
    : { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, 'pulumi.com/skipAwait': 'true' } } };
}
