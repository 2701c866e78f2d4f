import { refuse, refuseIf } from '../declaration-error';
import { dnsLabelProblem } from '../names';
import { nonEmpty, quoted } from '../values';

/** A query of the team's own. */
export interface AnalysisQuery {
  /** Its name: at most 63 lower-case letters, digits or `-`. */
  readonly name: string;

  /**
   * The query, in the source's language, with one number as its result. `$canary` and `$stable` stand for the matchers that select
   * the series of one version, such as `pod=~"…"`, and `$window` for the time over which it looks back. It must hold `$canary`:
   * without it, it would judge both versions together.
   */
  readonly query: string;

  /**
   * The largest good result.
   * @default - no upper bound; one of `max` and `min` is needed
   */
  readonly max?: number;

  /**
   * The smallest good result.
   * @default - no lower bound; one of `max` and `min` is needed
   */
  readonly min?: number;
}

/** The same, checked. */
export type AnalysisQuerySpec = AnalysisQuery;

/** Reads queries. */
export function analysisQueriesOf(field: string, queries: readonly AnalysisQuery[]): AnalysisQuerySpec[] {
  const names = new Set<string>();
  return queries.map((query) => {
    const title = `${field} query ${quoted(query.name)}`;
    refuseIf(dnsLabelProblem(`${field} query name`, query.name));
    if (names.has(query.name)) {
      refuse(`${title} is given twice; give one of them another name`);
    }
    names.add(query.name);
    if (!/\$canary\b/.test(nonEmpty(`${title} query`, query.query))) {
      refuse(`${title} must hold $canary where series are selected, because without it both versions are judged together`);
    }
    const bounds = [query.max, query.min].filter((bound) => bound !== undefined);
    if (bounds.length === 0 || !bounds.every(Number.isFinite)) {
      refuse(`${title} needs max or min, a number`);
    }
    return query;
  });
}
