import { Construct } from 'constructs';
import { isLater } from './placeholder';

/** Members that hold what a factory was given, and that no user knows of. */
const INNER = new Set(['_spec', '_source', 'options']);

/**
 * Says which arguments must be plain and are not: everything that the plan decides by. Whatever may be known later has been replaced
 * before this is asked.
 */
export function laterProblems(args: object): string[] {
  return [...new Set(laterPathsIn(args, '', new Set()))].map((path) =>
    `${path} must be a plain value, not one that is known later (an Output or a Promise), because the plan decides by it`);
}

function laterPathsIn(value: unknown, path: string, seen: Set<object>): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return [];
  }
  if (isLater(value)) {
    return [path];
  }
  seen.add(value);
  // A construct leads to its whole app, which holds no arguments.
  return Construct.isConstruct(value) ? [] : Object.entries(value).flatMap(([key, member]) =>
    laterPathsIn(member, INNER.has(key) ? path : Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key.replace(/^_/, '')}`, seen));
}
