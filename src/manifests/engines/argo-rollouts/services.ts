import { serviceNamesOf } from './names';
import { hasVersionServices } from './routers';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import type { Rendered } from '../../manifest';
import { renderService } from '../../service';

type VersionService = Exclude<keyof ReturnType<typeof serviceNamesOf>, 'all'>;

/** The Services of a release besides the service's own. */
export function versionServicesOf(rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): VersionService[] {
  if (rollout.kind === 'blueGreen') {
    return ['preview'];
  }
  return [
    ...(hasVersionServices(rollout) ? ['stable', 'canary'] as const : []),
    ...(rollout.routers.includes('awsLoadBalancer') ? ['ping', 'pong', 'root'] as const : []),
  ];
}

/**
 * Renders the Services of a release besides the service's own. All select every pod of the service: Argo Rollouts adds the hash of a
 * version once that version's pods can serve, and until then none of them is empty.
 */
export function renderVersionServices(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): Rendered[] {
  const names = serviceNamesOf(planned);
  return versionServicesOf(rollout).map((version) => ({
    id: `service-${version}`, manifest: renderService(planned, { kind: 'clusterInternal' }, { name: names[version] }),
  }));
}
