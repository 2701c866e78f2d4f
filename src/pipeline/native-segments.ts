import type { NativeStep, Segment } from './segment';
import type { Wait } from '../manifests/release/release-step';
import { releaseStepsOf } from '../manifests/release/release-steps';
import { lastingOf, PlannedAnalysis } from '../plan/analysis/planned-analysis';
import type { Planned } from '../plan/planned-service';

/** The steps of a release, cut after each that waits for an approval. */
export function nativeSegments(planned: Planned): Segment[] {
  const segments: NativeStep[][] = [[]];
  for (const { id, title, waitFor } of releaseStepsOf(planned)!.forward) {
    segments[segments.length - 1].push({ id, title, ...waitsOf(planned, waitFor) });
    if (waitFor.some(({ kind }) => kind === 'approval')) {
      segments.push([]);
    }
  }
  return segments.map((steps, index) => ({ steps, pausesAt: index < segments.length - 1 ? steps[steps.length - 1].id : undefined }));
}

function waitsOf(planned: Planned, waitFor: readonly Wait[]): Pick<NativeStep, 'analysis' | 'rest'> {
  const seconds = Math.max(0, ...waitFor.map((wait) => wait.kind === 'seconds' ? wait.seconds : 0));
  const judged = waitFor.find((wait) => wait.kind === 'analysis');
  const analysis = judged && analysisOf(planned, judged.configMap);
  return { analysis: judged?.configMap, rest: Math.max(0, seconds - (analysis ? lastingOf(analysis) : 0)) };
}

function analysisOf({ rollout }: Planned, configMap: string): PlannedAnalysis | undefined {
  if (rollout.kind === 'rolling') {
    return undefined;
  }
  return rollout.kind === 'blueGreen' && configMap.endsWith('-preview-analysis') ? rollout.previewAnalysis : rollout.analysis;
}
