import type { InputProblem } from '../reading/input-problem';
import type { Position } from '../reading/source';

/** Where something is written, for whoever must mend it. */
export type Place = Pick<InputProblem, 'source' | 'position'>;

/** One question that is asked at every measurement, and the bounds of a good answer. */
export interface AnalysisMetric {
  readonly name: string;
  /** What it measures, in words. */
  readonly text: string;
  /** The unit of its values: `s`, or nothing for a share or a count. */
  readonly unit: string;
  /** The largest good value. */
  readonly max?: number;
  /** The smallest good value; there is at least one of the two. */
  readonly min?: number;
  readonly query: string;
  /** Where the query is written. */
  readonly place: Place;
}

/** How many measurements that are not good a metric may have, as Argo Rollouts counts them: only one more ends the analysis. */
export interface AnalysisLimits {
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  /** Measurements that could not be taken, without any other between them. */
  readonly consecutiveErrorLimit: number;
}

/** An analysis as a file describes it: what is asked of which Prometheus, when and how often, and what is good. */
export interface AnalysisDocument extends AnalysisLimits {
  readonly address: string;
  /** Where the address is written. */
  readonly addressPlace: Place;
  readonly metrics: readonly AnalysisMetric[];
  /** From the change of the traffic to the first measurement. */
  readonly initialDelaySeconds: number;
  /** From one measurement to the next. */
  readonly intervalSeconds: number;
  /** Measurements of each metric. */
  readonly count: number;
  /** The time over which each measurement looks back: written in the queries, and here for whoever reads along. */
  readonly windowSeconds: number;
}

/** A place of a text within a file, such as the document within a ConfigMap, as messages name it. */
export function nestedName(source: string, position: Position | undefined, name: string): string {
  return position === undefined ? `${source} ${name}` : `${source}:${position.line}:${position.column} ${name}`;
}
