import type * as pulumi from '@pulumi/pulumi';
import { ignoredChangesOf } from './ignored-changes';
import type { Manifest } from '../../manifests/manifest';
import type { ReleaseFacts } from '../../pipeline/release-facts';

/** What the options of a service's resources follow from. */
export interface Facts extends Pick<ReleaseFacts, 'time' | 'ownedFields'> {
  /** In seconds. */
  readonly gracePeriod: number;
}

/** The API server's own work beside the pods' end, in seconds: Pulumi looks again at intervals. */
const DELETION_MARGIN = 60;

const SERVES = new Set(['Deployment', 'Rollout', 'Service', 'Ingress', 'VirtualService', 'DestinationRule', 'HTTPRoute', 'GRPCRoute', 'TargetGroupBinding']);

/** The options by which a resource of a service is updated without a gap. */
export function resourceOptionsOf(manifest: Manifest, { time, ownedFields, gracePeriod }: Facts): pulumi.CustomResourceOptions {
  const { kind } = manifest;
  const ignoreChanges = ignoredChangesOf(manifest, ownedFields);
  return {
    ...(kind === 'Deployment' && {
      customTimeouts: { create: `${time.seconds}s`, update: `${time.seconds}s`, delete: `${gracePeriod + DELETION_MARGIN}s` },
    }),
    // Pulumi awaits it until it is complete, which it is or not within its own deadline.
    ...(kind === 'Job' && { customTimeouts: { create: `${jobSecondsOf(manifest) + DELETION_MARGIN}s` } }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    // The old version's pods may be restarted until the last of them is gone, and a return to it wants its configuration.
    ...(kind === 'ConfigMap' && manifest.immutable === true && { retainOnDelete: true }),
    // The provider would delete what it has to replace under the same name, pods and all. Refused by the API server it at least still serves.
    ...(SERVES.has(kind) && { deleteBeforeReplace: false }),
  };
}

function jobSecondsOf({ spec }: Manifest): number {
  return (spec as { readonly activeDeadlineSeconds: number }).activeDeadlineSeconds;
}
