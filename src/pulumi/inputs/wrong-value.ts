import { shown } from '../../spec/values';
import { InvalidArgumentsError } from '../invalid-arguments-error';

interface Wrong {
  readonly field: string;
  readonly component?: string;
  readonly problem: string;
  readonly value: unknown;
  readonly isSecret: boolean;
}

/** What ends a run where a value turns out wrong once it is known. A secret is never shown. */
export function wrongValue({ field, component, problem, value, isSecret }: Wrong): InvalidArgumentsError {
  return new InvalidArgumentsError([isSecret ? withoutValue(field, problem, value) : problem], component);
}

/** A problem begins with the field and the value; what follows is the same for every value. */
function withoutValue(field: string, problem: string, value: unknown): string {
  const start = `${field} ${shown(value)} `;
  return `${field} (a secret) ${problem.startsWith(start) ? problem.slice(start.length) : 'cannot stand there'}`;
}
