import { renderHold } from './hold';
import { MANAGED_ROUTES } from './names';
import { headerRoutersOf } from './routers';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedCanary, PlannedStep } from '../../../plan/rollout/planned-rollout';
import type { HeaderMatch } from '../../../spec/rollout/header-match';

/** Renders the steps of a canary: its shares, and before them a mirror and a header route where they are declared. */
export function renderCanarySteps(planned: Planned, rollout: PlannedCanary): object[] {
  const [first, ...others] = rollout.steps;
  const mirror = renderMirror(planned, rollout);
  const header = renderHeaderRoute(rollout);
  const arePodsFirst = mirror.length > 0 || header.length > 0;
  return [
    ...(arePodsFirst ? [{ setCanaryScale: { weight: Math.max(first.weight, rollout.mirrorPercent ?? 0) } }] : []),
    ...mirror,
    ...header,
    { setWeight: first.weight },
    // Only now: before the first weight it would take the canary's pods away again.
    ...(arePodsFirst ? [{ setCanaryScale: { matchTrafficWeight: true } }] : []),
    ...renderShare(planned, rollout, first),
    ...others.flatMap((step) => [{ setWeight: step.weight }, ...renderShare(planned, rollout, step)]),
  ];
}

/** Renders the steps of an A/B test: all pods, because all requests may carry the header, and then its route. */
export function renderAbTestSteps(planned: Planned, rollout: PlannedAbTest): object[] {
  return [
    { setCanaryScale: { weight: 100 } },
    ...renderHeaderRoute(rollout),
    ...renderHold(planned, rollout.analysis, rollout.seconds),
  ];
}

function renderShare(planned: Planned, { analysis }: PlannedCanary, { seconds, awaitsApproval }: PlannedStep): object[] {
  return [...renderHold(planned, analysis, seconds), ...(awaitsApproval ? [{ pause: {} }] : [])];
}

/** A mirror is judged as a share is, and over before the first one: otherwise the canary would execute requests twice. */
function renderMirror(planned: Planned, { analysis, mirrorPercent, steps: [first] }: PlannedCanary): object[] {
  return mirrorPercent === undefined ? [] : [
    { setMirrorRoute: { name: MANAGED_ROUTES.mirror, percentage: mirrorPercent, match: [{ path: { prefix: '/' } }] } },
    ...renderHold(planned, analysis, first.seconds),
    // A mirror without a match is no mirror.
    { setMirrorRoute: { name: MANAGED_ROUTES.mirror } },
  ];
}

/** Argo Rollouts takes the route away by itself where a release is promoted or given up. */
function renderHeaderRoute(rollout: PlannedCanary | PlannedAbTest): object[] {
  return rollout.header && headerRoutersOf(rollout).length > 0 ? [{ setHeaderRoute: renderRoute(rollout.header) }] : [];
}

function renderRoute({ name, value }: HeaderMatch) {
  return { name: MANAGED_ROUTES.header, match: [{ headerName: name, headerValue: { exact: value } }] };
}
