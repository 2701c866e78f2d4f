import { visible } from './quoted';
import type { Position } from './source';

/** Why some input cannot be judged. */
export interface InputProblem {
  /** The file as the user named it. */
  readonly source: string;
  readonly position?: Position;
  /** One sentence with name, value, bound and remedy. */
  readonly message: string;
}

/** The problem as one line: `file:line:column: message`. */
export function problemText({ source, position, message }: InputProblem): string {
  const place = position ? `${source}:${position.line}:${position.column}` : source;
  return `${visible(place)}: ${visible(message)}`;
}
