import { approved, available, judged, prepareStep, renderAnalyses, spent, untilUnused } from './release-parts';
import type { ReleaseStep, ReleaseSteps } from './release-step';
import type { Planned } from '../../plan/planned-service';
import type { PlannedBlueGreen } from '../../plan/rollout/planned-rollout';
import { replicasOf } from '../deployment';
import { renderColourRoutes } from '../engines/native/colour-routes';
import { tracksOf } from '../engines/native/native-rollout';
import type { Track } from '../engines/native/track';
import { renderTrackAutoscaler, Scaling } from '../engines/native/track-autoscaler';
import { renderPreviewService } from '../engines/native/track-services';
import { renderTrackBudget, renderTrackDeployment } from '../engines/native/track-workload';

const PREVIEW = 'preview-analysis';

/** The steps of a release in which all traffic moves at once to pods that are all there. */
export function blueGreenSteps(planned: Planned, rollout: PlannedBlueGreen): ReleaseSteps {
  const { next, last } = tracksOf(rollout);
  const most = planned.capacity.most.value;
  const preview = rollout.previewReplicas ?? most;
  const middle: ReleaseStep[] = [
    podsStep(planned, rollout, preview),
    previewStep(planned, rollout),
    ...(preview < most ? [{ ...podsStep(planned, rollout, most), id: `${next}-pods-all` }] : []),
    switchStep(planned, rollout),
    scaleDownStep(planned, rollout, next, last),
  ];
  return {
    forward: [
      prepareStep(planned, rollout, [
        ...renderAnalyses(planned, { analysis: rollout.analysis, [PREVIEW]: rollout.previewAnalysis }),
        // It has no traffic once the other colour is live, and must be able to take it back.
        ...renderTrackAutoscaler(planned, last, { kind: 'held' }),
      ]),
      ...middle.map((step, index) => ({ ...step, id: `${String(index + 1).padStart(2, '0')}-${step.id}` })),
    ],
    rollback: [
      {
        id: 'rollback-1-switch-back',
        title: `${last} takes all traffic`,
        waitFor: [untilUnused(planned, rollout, rollout.abortScaleDownDelay)],
        manifests: renderColourRoutes(planned, last, last),
      },
      { ...scaleDownStep(planned, rollout, last, next), id: 'rollback-2-scale-down' },
    ],
    noReturnFrom: `${String(middle.length).padStart(2, '0')}-scale-down`,
  };
}

/** Under an autoscaler no number is written: one that is taken out again later would leave a single pod. */
function podsStep(planned: Planned, rollout: PlannedBlueGreen, pods: number): ReleaseStep {
  const { next } = tracksOf(rollout);
  const isFixed = replicasOf(planned) !== undefined;
  return {
    id: `${next}-pods`,
    title: `${next} has ${pods} pods${isFixed ? '' : ', enough at the most replicas'}, and no traffic`,
    waitFor: [available(planned, next, pods)],
    manifests: [
      ...renderTrackBudget(planned, next, pods),
      ...renderTrackAutoscaler(planned, next, { kind: 'exactly', pods }),
      renderTrackDeployment(planned, rollout, next, isFixed ? pods : undefined),
    ],
  };
}

function previewStep(planned: Planned, rollout: PlannedBlueGreen): ReleaseStep {
  const { next } = tracksOf(rollout);
  return {
    id: 'preview',
    title: `the Service ${planned.spec.name}-preview leads to ${next}`,
    waitFor: [
      spent(rollout.propagation, 'callers learn of the change'),
      ...judged(planned, PREVIEW, rollout.previewAnalysis),
      ...approved(rollout.awaitsApproval),
    ],
    manifests: [renderPreviewService(planned, next)],
  };
}

function switchStep(planned: Planned, rollout: PlannedBlueGreen): ReleaseStep {
  const { next, last } = tracksOf(rollout);
  return {
    id: 'switch',
    title: `${next} takes all traffic, and ${last} keeps its pods`,
    waitFor: [untilUnused(planned, rollout, rollout.scaleDownDelay), ...judged(planned, 'analysis', rollout.analysis)],
    manifests: renderColourRoutes(planned, next, next),
  };
}

/** One colour stays, and is scaled as declared again; the other has no pods. */
function scaleDownStep(planned: Planned, rollout: PlannedBlueGreen, stays: Track, leaves: Track): ReleaseStep {
  const scaled = (track: Track, scaling: Scaling) => renderTrackAutoscaler(planned, track, scaling);
  return {
    id: 'scale-down',
    title: `${leaves} has no pods`,
    waitFor: [],
    manifests: [
      ...scaled(leaves, { kind: 'off' }),
      renderTrackDeployment(planned, rollout, leaves, 0),
      ...scaled(stays, { kind: 'free' }),
    ],
  };
}
