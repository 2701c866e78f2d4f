/** Lines text up in columns: the first to the left, numbers to the right. */
export function table(heads: readonly string[], rows: readonly string[][]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => cells
    .map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
    .join('  ').trimEnd();
  return [heads, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}
