import type { InputProblem } from './input-problem';
import { quoted } from './quoted';

/** A field whose value is of another type than its API has, thrown for whoever asked for it. */
export class WrongField extends Error {
  constructor(readonly problem: InputProblem) {
    super(problem.message);
    this.name = 'WrongField';
  }
}

/** The problem of a wrong field. Only that is the input's fault; everything else is ours, and must be seen. */
export function problemOf(error: unknown): InputProblem {
  if (error instanceof WrongField) {
    return error.problem;
  }
  throw error;
}

/** What a field holds, as a message names it: `a text`, `a list`. */
export function typeText(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  switch (typeof value) {
    case 'string': return 'a text';
    case 'number': return 'a number';
    case 'boolean': return 'true or false';
    default: return 'a map';
  }
}

/** A scalar as a message shows it; what holds other values is told by its type alone. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') {
    return ` ${quoted(value)}`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? ` ${value}` : '';
}
