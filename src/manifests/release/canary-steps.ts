import { approved, available, judged, prepareStep, renderAnalyses, spent, untilUnused } from './release-parts';
import type { ReleaseStep, ReleaseSteps, Wait } from './release-step';
import type { Planned } from '../../plan/planned-service';
import type { PlannedAbTest, PlannedCanary } from '../../plan/rollout/planned-rollout';
import { replicasOf } from '../deployment';
import { ALL_STABLE, cookieSecondsOf, Split } from '../engines/native/split';
import { renderSplitRoutes } from '../engines/native/split-routes';
import { renderTrackAutoscaler, Scaling } from '../engines/native/track-autoscaler';
import { renderTrackBudget, renderTrackDeployment } from '../engines/native/track-workload';

type Rollout = PlannedCanary | PlannedAbTest;

/** One division of the traffic, and the pods that it needs before. */
interface Stage {
  /** Such as `canary-5`. */
  readonly name: string;
  readonly title: string;
  /** What the step that moves the traffic is called. */
  readonly route: string;
  /** Never fewer than those of the stage before, which still carry its share when this one begins. */
  readonly pods: number;
  readonly split: Split;
  readonly waitFor: readonly Wait[];
}

/** The steps of a release in which a canary proves itself, and its version then takes the stable version's place. */
export function canarySteps(planned: Planned, rollout: Rollout): ReleaseSteps {
  const stages = rollout.kind === 'canary' ? canaryStages(planned, rollout) : [abTestStage(planned, rollout)];
  const proving = stages.flatMap((stage) => [podsOf(planned, rollout, stage), routesOf(planned, rollout, stage)]);
  return {
    forward: [
      prepareStep(planned, rollout, [
        ...renderAnalyses(planned, { analysis: rollout.analysis }),
        ...renderTrackAutoscaler(planned, 'stable', { kind: 'held' }),
      ]),
      ...proving.map((step, index) => ({ ...step, id: `${String(index + 1).padStart(2, '0')}-${step.id}` })),
      ...promotion(planned, rollout, stages[stages.length - 1].pods),
    ],
    rollback: [
      { ...allStable(planned, rollout, rollout.abortScaleDownDelay), id: 'rollback-1-weights' },
      { ...canaryOff(planned, rollout), id: 'rollback-2-scale-down' },
    ],
    noReturnFrom: 'promote-1-stable',
  };
}

function canaryStages(planned: Planned, rollout: PlannedCanary): Stage[] {
  const { steps, header, mirrorPercent, mirrorPods, analysis } = rollout;
  const mirror: Stage[] = mirrorPercent === undefined ? [] : [{
    name: `canary-mirror-${mirrorPercent}`,
    title: `the canary gets a copy of ${mirrorPercent} % of the requests, and no client its answers`,
    route: 'routes',
    pods: mirrorPods!,
    split: { weight: 0, header, mirrorPercent },
    waitFor: [spent(steps[0].seconds, 'copies show what requests would do'), ...judged(planned, 'analysis', analysis)],
  }];
  return [...mirror, ...steps.map(({ weight, seconds, awaitsApproval, pods }): Stage => ({
    name: `canary-${weight}`,
    title: `the canary takes ${weight} % of the traffic`,
    route: 'weights',
    pods,
    split: { weight, header },
    waitFor: [spent(seconds, 'the share is held'), ...judged(planned, 'analysis', analysis), ...approved(awaitsApproval)],
  }))];
}

function abTestStage(planned: Planned, { header, pods, seconds, analysis }: PlannedAbTest): Stage {
  return {
    name: 'ab-test',
    title: `requests with the header ${header.name} go to the canary`,
    route: 'header',
    pods,
    split: { weight: 0, header },
    waitFor: [spent(seconds, 'the version is tried'), ...judged(planned, 'analysis', analysis)],
  };
}

function podsOf(planned: Planned, rollout: Rollout, { name, pods }: Stage): ReleaseStep {
  return {
    id: `${name}-pods`,
    title: `the canary has ${pods} ${pods === 1 ? 'pod' : 'pods'}${planned.spec.replicas.isAutoscaled ? ', enough at the most replicas' : ''}`,
    waitFor: [available(planned, 'canary', pods)],
    manifests: [...renderTrackBudget(planned, 'canary', pods), renderTrackDeployment(planned, rollout, 'canary', pods)],
  };
}

function routesOf(planned: Planned, rollout: Rollout, { name, route, title, split, waitFor }: Stage): ReleaseStep {
  return { id: `${name}-${route}`, title, waitFor, manifests: renderSplitRoutes(planned, split, cookieSecondsOf(rollout)) };
}

/** The canary keeps its share while the stable track gets its version, so that no pod carries more than before. */
function promotion(planned: Planned, rollout: Rollout, canaryPods: number): ReleaseStep[] {
  return [
    {
      id: 'promote-1-stable',
      title: `the stable version becomes the new one, pod by pod, beside the canary's ${canaryPods} pods`,
      waitFor: [available(planned, 'stable', replicasOf(planned))],
      manifests: [...renderTrackBudget(planned, 'stable'), renderTrackDeployment(planned, rollout, 'stable', replicasOf(planned))],
    },
    { ...allStable(planned, rollout, rollout.scaleDownDelay), id: 'promote-2-weights' },
    { ...canaryOff(planned, rollout), id: 'promote-3-scale-down' },
  ];
}

function allStable(planned: Planned, rollout: Rollout, delay: number): ReleaseStep {
  return {
    id: 'weights',
    title: 'the stable version takes all traffic',
    waitFor: [untilUnused(planned, rollout, delay)],
    manifests: renderSplitRoutes(planned, ALL_STABLE, cookieSecondsOf(rollout)),
  };
}

function canaryOff(planned: Planned, rollout: Rollout): ReleaseStep {
  const free: Scaling = { kind: 'free' };
  return {
    id: 'scale-down',
    title: 'the canary has no pods',
    waitFor: [],
    manifests: [renderTrackDeployment(planned, rollout, 'canary', 0), ...renderTrackAutoscaler(planned, 'stable', free)],
  };
}
