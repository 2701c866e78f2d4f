import { renderSteadyRoutes } from '../manifests/engines/native/render-native';
import type { Planned } from '../plan/planned-service';

/**
 * The ids of what leads all traffic to the other colour at once, where no controller does: it must not do so before that colour's pods
 * are there. Everything else that leads to pods stands before them.
 */
export function switchedRoutesOf(planned: Planned): ReadonlySet<string> {
  const { rollout } = planned;
  return new Set(rollout.kind === 'blueGreen' && rollout.engine.kind === 'native' ? renderSteadyRoutes(planned, rollout).map(({ id }) => id) : []);
}
