import { renderBlueGreenStrategy } from './blue-green-strategy';
import { renderCanaryStrategy } from './canary-strategy';
import { settingsOf } from './engine-settings';
import { HASH_LABEL } from './names';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import { TakeOver } from '../../../spec/rollout/rollout-engine';
import { replicasOf } from '../../deployment';
import { type Manifest, metadataOf, selectorOf, withoutAbsent } from '../../manifest';
import { renderPodTemplate } from '../../pod-template';

/** The kind and version by which others refer to a Rollout. */
export const ROLLOUT = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' } as const;

/** What becomes of a Deployment that is taken over, in Argo Rollouts' words. */
const SCALE_DOWN: Record<TakeOver, string> = {
  [TakeOver.NEVER]: 'never', [TakeOver.ON_SUCCESS]: 'onsuccess', [TakeOver.PROGRESSIVELY]: 'progressively',
};

/** Old versions that are kept: the default of Argo Rollouts, and as many as the largest rollback window. */
const REVISION_HISTORY_LIMIT = 10;

/** Renders the Rollout. */
export function renderRollout(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): Manifest {
  const { rollbackWindow } = settingsOf(rollout.engine);
  return {
    ...ROLLOUT,
    metadata: metadataOf(planned, planned.factAnnotations),
    spec: withoutAbsent({
      replicas: replicasOf(planned),
      selector: { matchLabels: selectorOf(planned) },
      ...renderPods(planned, rollout),
      strategy: rollout.kind === 'blueGreen'
        ? { blueGreen: renderBlueGreenStrategy(planned, rollout) }
        : { canary: renderCanaryStrategy(planned, rollout) },
      minReadySeconds: planned.availability.minReady.value,
      progressDeadlineSeconds: rollout.progressDeadline,
      progressDeadlineAbort: true,
      revisionHistoryLimit: REVISION_HISTORY_LIMIT,
      rollbackWindow: rollbackWindow === undefined ? undefined : { revisions: rollbackWindow },
    }),
  };
}

/** A Rollout has a template of its own or another's, never both. */
function renderPods(planned: Planned, { engine }: PlannedCanary | PlannedAbTest | PlannedBlueGreen) {
  const { takeOver } = settingsOf(engine);
  return takeOver === undefined ? { template: renderPodTemplate(planned, { hashLabel: HASH_LABEL }) } : {
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: planned.spec.name, scaleDown: SCALE_DOWN[takeOver] },
  };
}
