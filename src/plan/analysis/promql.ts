/** What a series must have to be selected. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export const equals = (label: string, value: string): Matcher => ({ label, operator: '=', value });
export const matches = (label: string, pattern: string): Matcher => ({ label, operator: '=~', value: pattern });
export const matchesNot = (label: string, pattern: string): Matcher => ({ label, operator: '!~', value: pattern });

/** The matchers as they stand in a selector. The escapes of JSON are among those of PromQL's strings. */
export function showMatchers(matchers: readonly Matcher[]): string {
  return matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(',');
}

/** The sum, over all series that are selected, of what a counter grew per second. */
export function rateOf(metric: string, matchers: readonly Matcher[], window: number): string {
  return `sum(rate(${metric}{${showMatchers(matchers)}}[${window}s]))`;
}

/** By how much a counter grew over the window, over all series that are selected. */
export function increaseOf(metric: string, matchers: readonly Matcher[], window: number): string {
  return `sum(increase(${metric}{${showMatchers(matchers)}}[${window}s]))`;
}

/** A quantile of a histogram, over all series that are selected. */
export function quantileOf(quantile: number, histogram: string, matchers: readonly Matcher[], window: number): string {
  return `histogram_quantile(${quantile}, sum by (le) (rate(${histogram}_bucket{${showMatchers(matchers)}}[${window}s])))`;
}

/** A text in which nothing is a regular expression's. Names of Kubernetes objects hold `-` and `.` alone of what RE2 might read. */
export function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
