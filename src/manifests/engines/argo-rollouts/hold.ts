import { analysisNamesOf } from './names';
import type { PlannedAnalysis } from '../../../plan/analysis/planned-analysis';
import type { Planned } from '../../../plan/planned-service';
import { renderAnalysisArgs } from '../../analysis/analysis-template';

/** How long an analysis takes where no query has to be repeated: the first measurement comes after the initial delay. */
export function lastingOf({ initialDelay, count, interval }: PlannedAnalysis): number {
  return initialDelay + (count - 1) * interval;
}

/** Renders the steps by which something is held for its time: an analysis, and a pause for what it leaves of the time. */
export function renderHold(planned: Planned, analysis: PlannedAnalysis | undefined, seconds: number): object[] {
  const rest = analysis ? seconds - lastingOf(analysis) : seconds;
  return [
    ...(analysis ? [{ analysis: renderAnalysisReference(analysisNamesOf(planned).analysis, analysis) }] : []),
    ...(rest > 0 ? [{ pause: { duration: `${rest}s` } }] : []),
  ];
}

/** Renders what a Rollout says of an analysis that it runs. */
export function renderAnalysisReference(templateName: string, analysis?: PlannedAnalysis) {
  return { templates: [{ templateName }], args: renderAnalysisArgs(analysis) };
}
