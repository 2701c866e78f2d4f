import type * as pulumi from '@pulumi/pulumi';
import { createResource } from './resource-class';
import type { Manifest, Rendered } from '../../manifests/manifest';

/** One resource that is to be made among a service's own, whatever makes it. */
export interface Item {
  /** What its name ends in. */
  readonly id: string;
  /** By which it is put into its stage. */
  readonly kind: string;
  /** The object, where it is one of the cluster's. */
  readonly manifest?: Manifest;
  /** Its fields, as `ignoreChanges` names them. */
  readonly fields: readonly string[];
  /** @param settledManifest the object, with values in the place of placeholders */
  readonly create: (name: string, options: pulumi.CustomResourceOptions, settledManifest: Manifest | undefined) => pulumi.CustomResource;
}

/** The item of an object of the cluster. */
export function itemOf({ id, manifest }: Rendered): Item {
  const { apiVersion: _apiVersion, kind, ...fields } = manifest;
  return { id, kind, manifest, fields: Object.keys(fields), create: (name, options, settled) => createResource(name, settled!, options) };
}
