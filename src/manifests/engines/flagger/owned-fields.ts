import type { Planned } from '../../../plan/planned-service';
import type { OwnedFields } from '../owned-object';

/**
 * What Flagger changes in the manifests of a service. The Services, the routes, and everything whose name ends in `-primary` or
 * `-canary`, are not among them: nobody applies these.
 */
export function flaggerOwnedFields({ spec: { name, replicas: { _scaler: scaler } } }: Planned): OwnedFields[] {
  return [
    // Zero between releases; in the manifest there are none, but a tool that sets what is left out would set one.
    { group: 'apps', kind: 'Deployment', name, jqPathExpressions: ['.spec.replicas'] },
    ...(scaler?.kind === 'scaledObject' ? [{
      group: 'keda.sh',
      kind: 'ScaledObject',
      name,
      // How Flagger holds KEDA back between releases.
      jqPathExpressions: ['.metadata.annotations["autoscaling.keda.sh/paused-replicas"]'],
    }] : []),
  ];
}
