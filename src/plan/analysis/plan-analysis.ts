import type { PlannedAnalysis } from './planned-analysis';
import type { Analysis } from '../../spec/analysis/analysis';
import { literal, product, sum, type Amount } from '../amount';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { Path } from '../traffic/path';

interface AnalysisQuestion {
  readonly context: Context;
  readonly paths: readonly Path[];
  readonly capacity: Capacity;
}

/** An analysis, and how long each share must be held for it. */
export interface DecidedAnalysis {
  readonly planned: PlannedAnalysis;
  readonly seconds: Amount;
}

/** Decides what is measured, where an analysis was declared. */
export function planAnalysis({ paths }: AnalysisQuestion, analysis: Analysis | undefined, _smallestWeight: number): DecidedAnalysis | undefined {
  if (!analysis) {
    return undefined;
  }
  const { source, queries, timing } = analysis._spec;
  const window = timing.windowSeconds ?? 60;
  const interval = timing.intervalSeconds ?? 60;
  const propagation = Math.max(...paths.map((path) => path.propagation.value));
  const initialDelay = timing.initialDelaySeconds ?? window + (source.scrapeSeconds ?? 30) + propagation;
  return {
    planned: {
      source: { kind: 'prometheus', address: source.address, credentialsSecret: source.credentialsSecret },
      metrics: queries.map(({ name, query, max, min }) => ({
        name,
        text: name,
        unit: '',
        max,
        min,
        queryFor: ({ canary, stable }) => query
          .replaceAll('$canary', `pod=~"${canary.podPattern}"`).replaceAll('$stable', `pod=~"${stable.podPattern}"`).replaceAll('$window', `${window}s`),
      })),
      initialDelay,
      interval,
      count: timing.measurements,
      window,
      failureLimit: timing.failureLimit,
      inconclusiveLimit: timing.inconclusiveLimit,
      consecutiveErrorLimit: timing.consecutiveErrorLimit,
    },
    seconds: sum(literal(initialDelay, 's'), product(literal(timing.measurements, ''), literal(interval, 's'))),
  };
}
