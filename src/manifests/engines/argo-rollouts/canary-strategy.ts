import { renderAntiAffinity, settingsOf } from './engine-settings';
import { serviceNamesOf } from './names';
import { hasVersionServices, renderTrafficRouting } from './routers';
import { renderAbTestSteps, renderCanarySteps } from './steps';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import { StableScale } from '../../../spec/rollout/rollout-engine';
import { renderPods } from '../../deployment';
import { withoutAbsent } from '../../manifest';

/** Renders `strategy.canary` of a canary or an A/B test. */
export function renderCanaryStrategy(planned: Planned, rollout: PlannedCanary | PlannedAbTest) {
  return withoutAbsent({
    ...renderServiceNames(planned, rollout),
    trafficRouting: renderTrafficRouting(planned, rollout),
    ...(rollout.rollingUpdate ? renderCountedPods(rollout.rollingUpdate) : renderRoutedPods(planned, rollout)),
    antiAffinity: renderAntiAffinity(settingsOf(rollout.engine)),
    steps: rollout.kind === 'canary' ? renderCanarySteps(planned, rollout) : renderAbTestSteps(planned, rollout),
  });
}

function renderServiceNames(planned: Planned, rollout: PlannedCanary | PlannedAbTest) {
  const { stable, canary, ping, pong } = serviceNamesOf(planned);
  return {
    ...(hasVersionServices(rollout) ? { stableService: stable, canaryService: canary } : {}),
    // With Services that change their pods instead of their roles the load balancer has no target for a moment.
    ...(rollout.routers.includes('awsLoadBalancer') ? { pingPong: { pingService: ping, pongService: pong } } : {}),
  };
}

/** Where weights make the shares, Argo Rollouts reads neither maxSurge nor maxUnavailable. */
function renderRoutedPods({ capacity: { disrupted } }: Planned, rollout: PlannedCanary | PlannedAbTest) {
  const isDynamic = settingsOf(rollout.engine).stableScale === StableScale.DYNAMIC;
  return withoutAbsent({
    // A share belongs to its version's pods alone, and the budget may let all of `disrupted` be of one version. Beside a dynamic scale
    // it would keep an abort from ever taking the last share back: argo-rollouts issue 4841.
    minPodsPerReplicaSet: isDynamic || !disrupted ? undefined : disrupted.value + 1,
    dynamicStableScale: isDynamic || undefined,
    // Argo Rollouts refuses a delay beside a dynamic scale, and reads an abort's delay of 0 as for ever.
    scaleDownDelaySeconds: isDynamic ? undefined : rollout.scaleDownDelay,
    abortScaleDownDelaySeconds: rollout.abortScaleDownDelay || undefined,
  });
}

/** Where pods make the shares, old ones leave only when as many new ones are available. */
function renderCountedPods({ maxSurge, maxUnavailable }: NonNullable<PlannedCanary['rollingUpdate']>) {
  return { maxSurge: renderPods(maxSurge), maxUnavailable: renderPods(maxUnavailable) };
}
