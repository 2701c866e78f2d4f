import { analysisNamesOf } from './names';
import { lastingOf, PlannedAnalysis } from '../../../plan/analysis/planned-analysis';
import type { Planned } from '../../../plan/planned-service';
import { renderAnalysisArgs } from '../../analysis/analysis-template';

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
