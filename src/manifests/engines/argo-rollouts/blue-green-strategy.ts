import { renderAntiAffinity, settingsOf } from './engine-settings';
import { renderAnalysisReference } from './hold';
import { analysisNamesOf, serviceNamesOf } from './names';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedBlueGreen } from '../../../plan/rollout/planned-rollout';
import { withoutAbsent } from '../../manifest';

/** Renders `strategy.blueGreen`. */
export function renderBlueGreenStrategy(planned: Planned, rollout: PlannedBlueGreen) {
  const services = serviceNamesOf(planned);
  const analyses = analysisNamesOf(planned);
  return withoutAbsent({
    activeService: services.all,
    previewService: services.preview,
    autoPromotionEnabled: !rollout.awaitsApproval,
    previewReplicaCount: rollout.previewReplicas,
    prePromotionAnalysis: rollout.previewAnalysis && renderAnalysisReference(analyses.preview),
    postPromotionAnalysis: rollout.analysis && renderAnalysisReference(analyses.analysis),
    scaleDownDelaySeconds: rollout.scaleDownDelay,
    abortScaleDownDelaySeconds: rollout.abortScaleDownDelay,
    // Releases in quick succession would otherwise leave the pods of every one of them running for as long as that.
    scaleDownDelayRevisionLimit: 1,
    antiAffinity: renderAntiAffinity(settingsOf(rollout.engine)),
  });
}
