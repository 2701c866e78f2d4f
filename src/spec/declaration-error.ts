import { sep } from 'path';

const LIBRARY_ROOT = require.resolve('./declaration-error').split(sep).slice(0, -2).join(sep) + sep;

/**
 * A declaration that cannot be synthesized, told in the user's words.
 *
 * It carries the one line of the user's program that declared it instead of a stack trace: the frames inside the
 * library say nothing about what to change.
 */
export class DeclarationError extends Error {
  declare readonly problems: readonly string[];

  constructor(problems: readonly string[], path?: string) {
    super(messageOf(problems, path));
    this.name = 'DeclarationError';
    // Not enumerable: Node prints enumerable members below the message, and the problems would be told twice.
    Object.defineProperty(this, 'problems', { value: problems });
    const frame = callerFrame(this.stack ?? '');
    this.stack = `${this.name}: ${this.message}${frame ? `\n${frame}` : ''}`;
  }
}

/** Throws for one bad value, at the place where it is given. */
export function refuse(problem: string): never {
  throw new DeclarationError([problem]);
}

/** Throws where a check has found a problem. */
export function refuseIf(problem: string | undefined): void {
  if (problem !== undefined) {
    refuse(problem);
  }
}

/** All problems in one text, under the place of what they are about. */
export function messageOf(problems: readonly string[], path?: string): string {
  const prefix = path ? `[${path}] ` : '';
  if (problems.length === 1) {
    return prefix + problems[0];
  }
  return `${prefix}${problems.length} problems in the declaration:\n${problems.map((p) => `  - ${p}`).join('\n')}`;
}

function callerFrame(stack: string): string | undefined {
  return stack.split('\n').find((line) => {
    const isFrame = /^\s+at /.test(line);
    return isFrame && !line.includes(LIBRARY_ROOT) && !line.includes('node:') && !line.includes(`${sep}node_modules${sep}`);
  });
}
