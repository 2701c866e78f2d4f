import type { Comment } from './sql/pieces';

/** A rule that somebody accepts the violation of, and why. */
export interface Acceptance {
  readonly ruleId: string;
  readonly reason: string;
  /** For example `--ignore`. */
  readonly by: string;
}

const ACCEPTED = /zero-downtime\/accepted\.([\w-]+):\s*(\S[^\n]*?)\s*(?:\*\/)?\s*$/;

/** What the comments before a statement accept; one without a reason accepts nothing. */
export function acceptedIn(comments: readonly Comment[]): readonly Acceptance[] {
  return comments.flatMap(({ text }) => {
    const match = ACCEPTED.exec(text);
    return match === null ? [] : [{ ruleId: match[1], reason: match[2], by: 'comment' }];
  });
}
