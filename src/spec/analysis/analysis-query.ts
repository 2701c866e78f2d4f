import { refuse, refuseIf } from '../declaration-error';
import { dnsLabelProblem } from '../names';
import { listOf, nonEmpty, quoted, settingsOf } from '../values';

/** What must hold of a query's result. */
export interface QueryBounds {
  /**
   * The largest good result, in the unit of the query's own result. A number, no smaller than `min`.
   * @default - no upper bound; one of `max` and `min` is needed
   */
  readonly max?: number;

  /**
   * The smallest good result, in the unit of the query's own result. A number, no larger than `max`.
   * @default - no lower bound; one of `max` and `min` is needed
   */
  readonly min?: number;
}

/** A query of the team's own. */
export interface AnalysisQuery extends QueryBounds {
  /**
   * Its name, by which alerts and dashboards find it: at most 40 lower-case letters, digits or `-`, unique within the analysis, and none
   * of a threshold's (`error-rate`, `error-rate-increase`, `p50`, `p95`, `p99`, `p99-ratio`).
   */
  readonly name: string;

  /**
   * The query, in the source's language, with one number as its result: a vector of one element in Prometheus. `$canary` and
   * `$stable` stand for what selects the series of one version, such as `pod=~"…"` in Prometheus or `kube_deployment:…` in Datadog,
   * and `$window` for the time over which it looks back, such as `60s`. It must hold `$canary`: without it, it would judge both
   * versions together. `{{` is refused, because the engines take it for a template of their own. A result that is empty or no number is
   * inconclusive, and never good.
   */
  readonly query: string;
}

/** The same, checked. */
export type AnalysisQuerySpec = AnalysisQuery;

/** The names of thresholds: alerts and dashboards refer to them. */
export const THRESHOLD_NAMES = ['error-rate', 'error-rate-increase', 'p50', 'p95', 'p99', 'p99-ratio'];

const LONGEST_NAME = 40;

/** Reads queries. */
export function analysisQueriesOf(field: string, queries: readonly AnalysisQuery[]): AnalysisQuerySpec[] {
  return listOf(`${field} queries`, queries).map((query, index) => {
    settingsOf(`${field} queries ${index + 1}:`, query);
    const title = `${field} query ${quoted(query.name)}`;
    checkQueryName(field, query, queries.slice(0, index));
    nonEmpty(`${title} query`, query.query);
    if (!/\$canary\b/.test(query.query)) {
      refuse(`${title} must hold $canary where series are selected, because without it both versions are judged together`);
    }
    if (query.query.includes('{{')) {
      refuse(`${title} must not hold {{, which Argo Rollouts and Flagger take for templates of their own; use $canary, $stable and $window`);
    }
    checkBounds(title, query);
    return query;
  });
}

/** Holds a query's name against the rules and against those before it. */
export function checkQueryName(field: string, { name }: { readonly name: string }, before: ReadonlyArray<{ readonly name: string }>): void {
  const title = `${field} query ${quoted(name)}`;
  refuseIf(dnsLabelProblem(`${field} query name`, name));
  if (name.length > LONGEST_NAME) {
    refuse(`${title} has a name of ${name.length} characters; give it one of at most ${LONGEST_NAME}`);
  }
  if (THRESHOLD_NAMES.includes(name)) {
    refuse(`${title} has the name of a threshold; give it another name`);
  }
  if (before.some((other) => other.name === name)) {
    refuse(`${title} is given twice; give one of them another name`);
  }
}

/** A query judges by a number at least. */
export function checkBounds(title: string, { max, min }: QueryBounds): void {
  const bounds = [max, min].filter((bound) => bound !== undefined);
  if (bounds.length === 0 || !bounds.every(Number.isFinite)) {
    refuse(`${title} needs max or min, a number`);
  }
  if (max !== undefined && min !== undefined && min > max) {
    refuse(`${title} min ${min} must be at most max ${max}; exchange them`);
  }
}
