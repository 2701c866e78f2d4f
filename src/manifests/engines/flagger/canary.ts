import { renderAutoscalerRef } from './autoscaler';
import { renderCanaryAnalysis, type FlaggerRollout } from './canary-analysis';
import { isSplit, renderCanaryService, type SplitTraffic } from './canary-service';
import type { Planned } from '../../../plan/planned-service';
import { type Manifest, metadataOf, withoutAbsent } from '../../manifest';

const PROVIDERS: Record<SplitTraffic['kind'], string> = { istio: 'istio', ingressNginx: 'nginx', httpRoute: 'gatewayapi:v1' };

/** Renders the Canary: what Flagger releases, by which way in, and what must hold. */
export function renderCanary(planned: Planned, rollout: FlaggerRollout): Manifest {
  const { spec: { name }, availability } = planned;
  const split = planned.traffic.find(isSplit);
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: metadataOf(planned),
    spec: withoutAbsent({
      // Said here, because otherwise it is whatever the controller was installed with.
      provider: split ? PROVIDERS[split.kind] : 'kubernetes',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      autoscalerRef: renderAutoscalerRef(planned),
      ingressRef: split?.kind === 'ingressNginx' ? { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: `${name}-nginx` } : undefined,
      progressDeadlineSeconds: availability.progressDeadline.value,
      skipAnalysis: false,
      // Whoever removes the Canary finds the Deployment serving again, and not at zero.
      revertOnDeletion: true,
      service: renderCanaryService(planned, rollout, split),
      analysis: renderCanaryAnalysis(planned, rollout),
    }),
  };
}
