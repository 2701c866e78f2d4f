import { argoRolloutsOwnedFields } from './argo-rollouts/owned-fields';
import { flaggerOwnedFields } from './flagger/owned-fields';
import { steadyTrackOf } from './native/native-rollout';
import { nativeOwnedFields } from './native/owned-fields';
import { trackNameOf } from './native/track';
import type { OwnedFields } from './owned-object';
import type { Planned } from '../../plan/planned-service';

/** Tells which fields of which rendered objects are not the manifests' to decide once they exist. */
export function ownedFieldsOf(planned: Planned): OwnedFields[] {
  const { rollout } = planned;
  return rollout.kind !== 'rolling' && rollout.engine.kind === 'native'
    ? [...controllerOwnedFieldsOf(planned), ...nativeOwnedFields(planned, rollout)] : controllerOwnedFieldsOf(planned);
}

/** The same of what controllers in the cluster decide: not of a release's steps, which whoever applies them may apply himself. */
export function controllerOwnedFieldsOf(planned: Planned): OwnedFields[] {
  const { rollout } = planned;
  if (rollout.kind === 'rolling') {
    return scaledBy(planned, 'apps', 'Deployment', planned.spec.name);
  }
  switch (rollout.engine.kind) {
    case 'argoRollouts': return [...scaledBy(planned, 'argoproj.io', 'Rollout', planned.spec.name), ...argoRolloutsOwnedFields(planned, rollout)];
    case 'flagger': return flaggerOwnedFields(planned);
    case 'native': return scaledBy(planned, 'apps', 'Deployment', trackNameOf(planned, steadyTrackOf(rollout)));
  }
}

/** An autoscaler writes the replicas; in the manifest there are none, but a tool that sets what is left out would set one. */
function scaledBy({ spec }: Planned, group: string, kind: string, name: string): OwnedFields[] {
  return spec.replicas.isAutoscaled ? [{ group, kind, name, jqPathExpressions: ['.spec.replicas'] }] : [];
}
