import { equals, type Matcher, showMatchers } from '../analysis/promql';

/** What a controller or kube-state-metrics says of objects in a namespace, or in any where it is not known. */
export interface OwnSeries {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  readonly namespace?: string;
}

/**
 * The series of objects in a namespace. Prometheus keeps the exporter's label `namespace` where the scrape honours labels, and
 * otherwise moves it to `exported_namespace`, because the exporter's own pod has a namespace too.
 */
export function selectOwn(series: OwnSeries): string {
  return ownSelectors(series).join(' or ');
}

/** The same, of what a function makes of a range of each series. */
export function overTime(aggregate: 'max_over_time', series: OwnSeries, seconds: number): string {
  return ownSelectors(series).map((selector) => `${aggregate}(${selector}[${seconds}s])`).join(' or ');
}

function ownSelectors({ metric, matchers, namespace }: OwnSeries): string[] {
  const select = (more: readonly Matcher[]) => `${metric}{${showMatchers([...more, ...matchers])}}`;
  return namespace === undefined
    ? [select([])]
    : [select([equals('exported_namespace', namespace)]), select([equals('exported_namespace', ''), equals('namespace', namespace)])];
}
