import { Manifest, metadataOf } from './manifest';
import type { Planned } from '../plan/planned-service';

/** Renders the service's own identity. */
export function renderServiceAccount(planned: Planned): Manifest {
  const { annotations, automountToken } = planned.spec.pod.serviceAccount;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataOf(planned, annotations),
    automountServiceAccountToken: automountToken,
  };
}
