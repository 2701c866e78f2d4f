import type { NamedAnalysis } from './find-analyses';
import type { Measurement } from './measure';
import type { AnalysisRun, MetricResult } from './run-analysis';
import type { InputProblem } from '../reading/input-problem';

/** An analysis as JSON: the fields are a contract. Values are texts, as Prometheus itself writes them, because JSON has no NaN. */
export function analysisJson({ name, document }: NamedAnalysis, run: AnalysisRun, problems: readonly InputProblem[]): string {
  const { addressPlace: _addressPlace, metrics: _metrics, ...settings } = document;
  return `${JSON.stringify({
    command: 'analyze',
    analysis: name,
    phase: run.phase ?? null,
    isInterrupted: run.isInterrupted,
    startedAt: new Date(run.startedAt).toISOString(),
    endedAt: new Date(run.endedAt).toISOString(),
    ...settings,
    metrics: run.results.map(resultOf),
    measurements: run.measurements.map(measurementOf),
    problems: problems.map(({ source, position, message }) => ({ source, line: position?.line, column: position?.column, message })),
  }, undefined, 2)}\n`;
}

function resultOf({ metric: { place: _place, ...metric }, counts, phase, message }: MetricResult): object {
  return { ...metric, phase: phase ?? null, message, counts };
}

function measurementOf({ metric, at, phase, written, message }: Measurement): object {
  return { metric, at: new Date(at).toISOString(), phase, value: written, message };
}
