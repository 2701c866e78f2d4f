import { afterGroup, isName, valueAt, type Tokens } from './tokens';

/** A call within a chain: what stands in its brackets is from one index up to, and without, another. */
export interface Call {
  /** The names that lead to it, as `knex.schema.raw`; what was called on the way is left out. */
  readonly path: string;
  /** What it is called by; nothing where what a call returned is called. */
  readonly name?: string;
  readonly from: number;
  readonly to: number;
}

/** A name with everything that is read from it and called on it: `knex.schema.raw('…').then(…)`. */
export interface Chain {
  readonly root: string;
  readonly path: string;
  readonly calls: readonly Call[];
  /** What stands in square brackets. */
  readonly computed: readonly Pick<Call, 'from' | 'to'>[];
  /** The index after its last token. */
  readonly end: number;
}

/** The chain that begins with a name. */
export function chainAt(tokens: Tokens, start: number): Chain {
  const root = valueAt(tokens, start);
  const calls: Call[] = [];
  const computed: Pick<Call, 'from' | 'to'>[] = [];
  const names = [root];
  let name: string | undefined = root;
  let index = start + 1;
  for (let link = linkAt(tokens, index); link !== undefined; link = linkAt(tokens, index)) {
    const inside = { from: link.from, to: link.end - 1 };
    if (link.kind === 'call') {
      calls.push({ path: pathOf(names), name, ...inside });
      names.length -= name !== undefined && names.length > 1 ? 1 : 0;
      name = undefined;
    } else {
      name = link.kind === 'name' ? valueAt(tokens, link.from) : undefined;
      names.push(name ?? '[…]');
      computed.push(...link.kind === 'computed' ? [inside] : []);
    }
    index = link.end;
  }
  return { root, path: pathOf(names), calls, computed, end: index };
}

/** More names than lead to anything that is known. */
const MOST_NAMES = 8;

function pathOf(names: readonly string[]): string {
  return [...names.slice(0, MOST_NAMES), ...names.length > MOST_NAMES ? ['…'] : []].join('.');
}

interface Link {
  readonly kind: 'name' | 'call' | 'computed';
  readonly from: number;
  readonly end: number;
}

function linkAt(tokens: Tokens, index: number): Link | undefined {
  const value = valueAt(tokens, index);
  // TypeScript's own assertion that something is there.
  const isAsserted = value === '!' && /^(?:\.|\(|\[)$/.test(valueAt(tokens, index + 1));
  const at = isAsserted || (value === '?.' && /^[([]$/.test(valueAt(tokens, index + 1))) ? index + 1 : afterTypes(tokens, index);
  switch (valueAt(tokens, at)) {
    case '.': case '?.': return isName(tokens, at + 1) ? { kind: 'name', from: at + 1, end: at + 2 } : undefined;
    case '(': return { kind: 'call', from: at + 1, end: afterGroup(tokens, at) };
    case '[': return { kind: 'computed', from: at + 1, end: afterGroup(tokens, at) };
  }
  const kind = tokens.list[at]?.kind;
  return kind === 'NoSubstitutionTemplate' || kind === 'TemplateHead' ? { kind: 'call', from: at, end: afterGroup(tokens, at) } : undefined;
}

/** More tokens than arguments for types have. */
const MOST_OF_TYPES = 40;

/** Behind the arguments for types that a call of TypeScript may have: `raw<Row>(`; elsewhere, the same place. */
function afterTypes(tokens: Tokens, start: number): number {
  const end = Math.min(tokens.list.length, start + MOST_OF_TYPES);
  let depth = 0;
  for (let index = start; index < end && (index === start ? valueAt(tokens, index) === '<' : depth > 0); index = afterGroup(tokens, index)) {
    const value = valueAt(tokens, index);
    depth += value === '<' ? 1 : /^>+$/.test(value) ? -value.length : 0;
    if (depth === 0 && valueAt(tokens, index + 1) === '(') {
      return index + 1;
    }
    if (!/^(?:[<>.,|&[{?:]|>>|>>>|=>)$/.test(value) && !isName(tokens, index) && tokens.list[index].kind !== 'StringLiteral') {
      return start;
    }
  }
  return start;
}
