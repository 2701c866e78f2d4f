/** One step of a way to do the same without harm. */
export interface RewriteStep {
  /** What it is for, as a comment. */
  readonly title: string;
  readonly sql: string;
  /** In a file of its own, outside of a transaction. */
  readonly needsNoTransaction?: boolean;
  /** Whether it waits until no instance of the old version runs. */
  readonly isContract?: boolean;
}

/** The way, in the order of its steps; each in a transaction of its own. */
export type Rewrite = readonly RewriteStep[];

/** A way as a script that psql runs. */
export function rewriteText(rewrite: Rewrite): string {
  return rewrite.map(({ title, sql, needsNoTransaction, isContract }) => {
    const when = [isContract ? 'after the old version is gone' : undefined, needsNoTransaction ? 'outside of a transaction' : undefined].filter((each) => each !== undefined);
    return `-- ${title}${when.length === 0 ? '' : ` (${when.join(', ')})`}\n${sql}`;
  }).join('\n');
}
