import type { Planned } from '../../../plan/planned-service';

/** Fields of an object that a controller changes, and that whoever applies manifests must leave as they are. */
export interface OwnedFields {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** As jq paths, which is how Argo CD's `ignoreDifferences` takes them. */
  readonly jqPaths: readonly string[];
}

/**
 * What Flagger changes in the manifests of a service. The Services, the routes, and everything whose name ends in `-primary` or
 * `-canary`, are not among them: nobody applies these.
 */
export function flaggerOwnedFields({ spec: { name, replicas: { _scaler: scaler } } }: Planned): OwnedFields[] {
  return [
    // Zero between releases; in the manifest there are none, but a tool that sets what is left out would set one.
    { group: 'apps', kind: 'Deployment', name, jqPaths: ['.spec.replicas'] },
    ...(scaler?.kind === 'scaledObject' ? [{
      group: 'keda.sh',
      kind: 'ScaledObject',
      name,
      // How Flagger holds KEDA back between releases.
      jqPaths: ['.metadata.annotations["autoscaling.keda.sh/paused-replicas"]'],
    }] : []),
  ];
}
