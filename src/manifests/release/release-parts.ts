import type { ReleaseStep, Wait } from './release-step';
import type { PlannedAnalysis } from '../../plan/analysis/planned-analysis';
import type { Planned } from '../../plan/planned-service';
import { renderAnalysisConfigMap } from '../analysis/analysis-config-map';
import { hasAlb, NativeRollout } from '../engines/native/native-rollout';
import { type Track, trackNameOf } from '../engines/native/track';
import { renderTrackServices } from '../engines/native/track-services';
import type { Rendered } from '../manifest';
import { renderFoundations } from '../render';

/** What every release begins with: whatever the new pods and the routes to them need. */
export function prepareStep(planned: Planned, rollout: NativeRollout, further: readonly Rendered[]): ReleaseStep {
  return {
    id: 'prepare',
    title: 'make what the new version needs, and tell every proxy of it',
    waitFor: [spent(rollout.propagation, 'a route must not lead to what a proxy does not know yet')],
    manifests: [...renderFoundations(planned), ...renderTrackServices(planned, rollout), ...further],
  };
}

/** An analysis for `zero-downtime analyze`, under a name of its own. */
export function renderAnalyses(planned: Planned, analyses: Readonly<Record<string, PlannedAnalysis | undefined>>): Rendered[] {
  return Object.entries(analyses).flatMap(([id, analysis]) => {
    if (!analysis) {
      return [];
    }
    const manifest = renderAnalysisConfigMap(planned, analysis);
    return [{ id, manifest: { ...manifest, metadata: { ...manifest.metadata, name: `${planned.spec.name}-${id}` } } }];
  });
}

export function available(planned: Planned, track: Track, replicas?: number): Wait {
  return { kind: 'available', deployment: trackNameOf(planned, track), ...(replicas === undefined ? {} : { replicas }) };
}

export function spent(seconds: number, because: string): Wait {
  return { kind: 'seconds', seconds, because };
}

export function judged(planned: Planned, id: string, analysis: PlannedAnalysis | undefined): Wait[] {
  return analysis ? [{ kind: 'analysis', configMap: `${planned.spec.name}-${id}` }] : [];
}

export function approved(awaits: boolean): Wait[] {
  return awaits ? [{ kind: 'approval' }] : [];
}

/**
 * How long a version's pods stay once no route leads to them. A load balancer's cookie leads clients to its target group for as long
 * as it is valid, whatever the weights.
 */
export function untilUnused(planned: Planned, rollout: NativeRollout, delay: number): Wait {
  const sticky = planned.traffic.map((traffic) => traffic.kind === 'awsLoadBalancer' ? traffic.stickinessSeconds ?? 0 : 0);
  const seconds = Math.max(delay, rollout.propagation, ...hasAlb(rollout) ? sticky : []);
  return spent(seconds, 'requests are still sent to the pods that traffic has left');
}

