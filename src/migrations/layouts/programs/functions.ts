import { afterGroup, isName, valueAt, type Tokens } from './tokens';

const ENDS = new Set([';', ',', ')', ']', '}']);

/** A function of a program, as indexes of its tokens; `to` is the one after the last. */
export interface ProgramFunction {
  /** What its first parameter is called; nothing where it has none, or takes it apart. */
  readonly parameter?: string;
  readonly from: number;
  readonly to: number;
}

/** The function that begins at a token: an arrow function, or one with the keyword; nothing where none does. */
export function functionAt(tokens: Tokens, start: number): ProgramFunction | undefined {
  let at = valueAt(tokens, start) === 'async' && valueAt(tokens, start + 1) !== '=>' ? start + 1 : start;
  if (valueAt(tokens, at) === 'function') {
    at += valueAt(tokens, at + 1) === '*' ? 2 : 1;
    return methodAt(tokens, valueAt(tokens, at) === '(' ? at : at + 1);
  }
  if (isName(tokens, at) && valueAt(tokens, at + 1) === '=>') {
    return bodyAt(tokens, at + 2, valueAt(tokens, at));
  }
  const arrow = valueAt(tokens, at) === '(' ? arrowAfter(tokens, afterGroup(tokens, at)) : undefined;
  return arrow === undefined ? undefined : bodyAt(tokens, arrow + 1, parameterAt(tokens, at + 1));
}

/** The function whose parameters begin at a bracket, and whose body is a block. */
export function methodAt(tokens: Tokens, open: number): ProgramFunction | undefined {
  if (valueAt(tokens, open) !== '(') {
    return undefined;
  }
  const block = blockAfter(tokens, afterGroup(tokens, open));
  return block === undefined ? undefined : { parameter: parameterAt(tokens, open + 1), from: block + 1, to: afterGroup(tokens, block) - 1 };
}

function parameterAt(tokens: Tokens, index: number): string | undefined {
  return isName(tokens, index) ? valueAt(tokens, index) : undefined;
}

/** The arrow that follows parameters, behind the type of what is returned where TypeScript has one. */
function arrowAfter(tokens: Tokens, index: number): number | undefined {
  if (valueAt(tokens, index) === '=>') {
    return index;
  }
  return valueAt(tokens, index) === ':' ? afterType(tokens, index + 1, '=>') : undefined;
}

function blockAfter(tokens: Tokens, index: number): number | undefined {
  if (valueAt(tokens, index) === '{') {
    return index;
  }
  return valueAt(tokens, index) === ':' ? afterType(tokens, index + 1, '{') : undefined;
}

/** The token after a type; a type may hold the same token, between `<` and `>` or where a part of it has to follow. */
function afterType(tokens: Tokens, from: number, wanted: string): number | undefined {
  let depth = 0;
  for (let index = from; index < tokens.list.length; index = afterGroup(tokens, index)) {
    const value = valueAt(tokens, index);
    if (value === wanted && depth === 0 && index > from && !/^(?:[|&]|=>)$/.test(valueAt(tokens, index - 1))) {
      return index;
    }
    if ((ENDS.has(value) && (value !== ',' || depth <= 0)) || value === '=') {
      return undefined;
    }
    depth += value === '<' ? 1 : /^>+$/.test(value) ? -value.length : 0;
  }
  return undefined;
}

function bodyAt(tokens: Tokens, from: number, parameter: string | undefined): ProgramFunction {
  return valueAt(tokens, from) === '{'
    ? { parameter, from: from + 1, to: afterGroup(tokens, from) - 1 }
    : { parameter, from, to: endOfExpression(tokens, from) };
}

const BEGINS_STATEMENT = new Set(['exports', 'module', 'export', 'const', 'let', 'var', 'async', 'function', 'class', 'import', 'Object']);
const NEEDS_MORE = new Set(['as', 'await', 'delete', 'in', 'instanceof', 'new', 'of', 'return', 'satisfies', 'typeof', 'void', 'yield']);

/** Where an expression ends, with a semicolon or without one. */
function endOfExpression(tokens: Tokens, from: number): number {
  let index = from;
  while (index < tokens.list.length && !ENDS.has(valueAt(tokens, index)) && !(index > from && beginsStatement(tokens, index))) {
    index = afterGroup(tokens, index);
  }
  return index;
}

/** A word that only a statement begins with, after what can end one. */
function beginsStatement(tokens: Tokens, index: number): boolean {
  const before = valueAt(tokens, index - 1);
  return BEGINS_STATEMENT.has(valueAt(tokens, index)) && /[\w$)\]}'"`]$/.test(before) && !NEEDS_MORE.has(before);
}
