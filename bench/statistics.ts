/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How far the values lie apart, in percent of their median. */
export function spreadPercent(values: readonly number[]): number {
  return 100 * (Math.max(...values) - Math.min(...values)) / median(values);
}
