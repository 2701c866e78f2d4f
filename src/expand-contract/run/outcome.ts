/** Up to where a migration is taken. */
export type Goal = 'expanded' | 'ready' | 'contract' | 'abort' | 'baseline' | CommandGoal;

/** Up to a command that is due, and from one that has ended: what expands, or what lets the old shape go, for which `contract` asks. */
export type CommandGoal = 'command' | 'expand-ended' | 'contract-ended';

/** What came of a step. */
export interface Outcome {
  readonly state: 'step' | 'run' | 'wait' | 'due' | 'done' | 'unmet' | 'failed';
  /** What is to be run as a statement of its own. */
  readonly statement: string | null;
  /** Milliseconds until the next step. */
  readonly pause: number;
  readonly note: string;
  /** Rows of a walk, and about how many there are. */
  readonly done: number | null;
  readonly total: number | null;
}
