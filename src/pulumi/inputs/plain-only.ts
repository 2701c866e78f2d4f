import { Construct } from 'constructs';
import { isLater, laterProblem } from './placeholder';

/** Members that hold what a factory was given, and that no user knows of. */
const INNER = new Set(['_spec', '_source', '_action', '_options', 'options', 'amount', 'unit']);

/** What an Output becomes where it is written into a text. */
const WRITTEN_OUTPUT = 'Calling [toString] on an [Output<T>] is not supported.';

/**
 * Says which arguments must be plain and are not: everything that the plan decides by. Whatever may be known later has been replaced
 * before this is asked.
 */
export function laterProblems(args: object): string[] {
  return [...new Set(problemsIn(args, '', new Set()))];
}

function problemsIn(value: unknown, path: string, seen: Set<object>): string[] {
  if (typeof value === 'string') {
    return value.includes(WRITTEN_OUTPUT) ? [`${path} holds no value, because an Output was written into a text; write it with pulumi.interpolate`] : [];
  }
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return [];
  }
  if (isLater(value)) {
    return [laterProblem(path)];
  }
  seen.add(value);
  // A construct leads to its whole app, which holds no arguments.
  return Construct.isConstruct(value) ? [] : Object.entries(value).flatMap(([key, member]) => problemsIn(member, pathOf(path, key, value), seen));
}

function pathOf(path: string, key: string, holder: object): string {
  if (INNER.has(key)) {
    return path;
  }
  return Array.isArray(holder) ? `${path}[${key}]` : path === '' ? key : `${path}.${key.replace(/^_/, '')}`;
}
