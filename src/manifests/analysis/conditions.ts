import type { PlannedMetric, PlannedSource } from '../../plan/analysis/planned-analysis';

/** How the conditions of Argo Rollouts find a source's number, and whether there is one. */
interface Result {
  readonly isThere: string;
  readonly value: string;
}

const RESULTS: Readonly<Record<PlannedSource['kind'], Result>> = {
  // More than one element is an answer to another question.
  prometheus: { isThere: 'len(result) == 1 && !isNaN(result[0])', value: 'result[0]' },
  cloudWatch: { isThere: 'len(result) > 0 && len(result[0].Values) > 0 && !isNaN(result[0].Values[0])', value: 'result[0].Values[0]' },
  // An absent number is compared even where it has been asked for.
  datadog: { isThere: '!isNil(result)', value: 'default(result, 0)' },
};

/** The conditions of a metric of Argo Rollouts. */
export interface Conditions {
  readonly successCondition: string;
  readonly failureCondition: string;
}

/**
 * Renders when a measurement is good and when it is bad, in the language of expr. Where there is no number neither holds, which
 * Argo Rollouts calls inconclusive: with one of them alone, no data would be a failure, or even success.
 */
export function renderConditions(source: PlannedSource['kind'], { max, min, validFrom }: PlannedMetric): Conditions {
  const { isThere, value } = RESULTS[source];
  const known = validFrom === undefined ? isThere : `${isThere} && ${value} >= ${show(validFrom)}`;
  const bounds = [
    ...max === undefined ? [] : [`${value} <= ${show(max)}`],
    ...min === undefined ? [] : [`${value} >= ${show(min)}`],
  ].join(' && ');
  return { successCondition: `${known} && ${bounds}`, failureCondition: `${known} && !(${bounds})` };
}

/** A number as a literal of expr and of Go alike: a sign is an operator there. */
function show(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}
