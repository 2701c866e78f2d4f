import type { ColumnDef, Constraint, Node } from 'libpg-query';
import { fieldName } from './names';
import { quoteIdentifier } from '../../sql/quote';
import { clausesOf } from '../catalog/column-of';
import type { Action } from '../effects/effect';
import { Lexer, type Lexeme } from '../sql/lexer';
import { as, namesOf, nodesIn } from '../sql/node';
import { unitsOfBytes } from '../sql/text-place';
import type { Step } from '../step';

/** The text of the statement that an action is written in; nothing where it stands in a body, whose places count from elsewhere. */
export function tryFindText({ statement }: Step, { node }: Action): string | undefined {
  const [written]: unknown[] = Object.values(node);
  return [...nodesIn(statement.node)].some((each) => Object.values(each)[0] === written) ? statement.text : undefined;
}

/** The lexemes of a text that are no comments, from a place on. */
function* lexemesOf(text: string, start = 0): Generator<Lexeme> {
  const lexer = new Lexer(text, start);
  for (let lexeme = lexer.next(); lexeme !== undefined; lexeme = lexer.next()) {
    if (lexeme.kind !== 'comment') {
      yield lexeme;
    }
  }
}

/** Where one of some words stands first, outside of texts, comments and quotes. */
export function tryFindWord(text: string, ...words: readonly string[]): Lexeme | undefined {
  return [...lexemesOf(text)].find(({ kind, start, end }) => kind === 'word' && words.includes(text.slice(start, end).toLowerCase()));
}

/** A text without its first lexemes. */
export function withoutFirst(text: string, count: number): string {
  const next = [...lexemesOf(text)][count];
  return next === undefined ? '' : text.slice(next.start);
}

/** The text of a clause that begins at a place which the parser counts in bytes: to the comma, the bracket or the end that closes it. */
export function clauseAt(text: string, location: number | undefined, until?: number): string {
  const start = unitsOfBytes(text, location ?? 0);
  const end = until === undefined ? clauseEnd(text, start) : Math.min(unitsOfBytes(text, until), clauseEnd(text, start));
  return text.slice(start, end).trim();
}

function clauseEnd(text: string, start: number): number {
  let depth = 0;
  let end = start;
  for (const lexeme of lexemesOf(text, start)) {
    const sign = lexeme.kind === 'sign' ? text[lexeme.start] : '';
    depth += sign === '(' || sign === '[' ? 1 : sign === ')' || sign === ']' ? -1 : 0;
    if (depth < 0 || (depth === 0 && sign === ',')) {
      return end;
    }
    end = lexeme.end;
  }
  return end;
}

/** A clause of a column's definition. */
export interface ClauseText {
  readonly node: Constraint;
  /** With what is said of it after it: DEFERRABLE, INITIALLY DEFERRED. */
  readonly text: string;
  /** What a DEFAULT gives. */
  readonly expression: string;
  readonly isDeferrable: boolean;
  readonly isDeferred: boolean;
}

/** The text of each clause of a column's definition, with what it is. */
export function clauseTextsOf(definition: ColumnDef, text: string): readonly ClauseText[] {
  const written = clausesOf(definition).sort((one, other) => (one.location ?? 0) - (other.location ?? 0));
  const isAttribute = ({ contype }: Constraint) => contype?.startsWith('CONSTR_ATTR_') === true;
  const clauses = written.filter((clause) => !isAttribute(clause));
  return clauses.map((node, index) => {
    const next = clauses[index + 1];
    const attributes = written.slice(written.indexOf(node) + 1, next === undefined ? undefined : written.indexOf(next)).map(({ contype }) => contype);
    const whole = clauseAt(text, node.location, next?.location);
    return {
      node,
      text: whole,
      expression: withoutFirst(whole, 1),
      isDeferrable: attributes.includes('CONSTR_ATTR_DEFERRABLE') || attributes.includes('CONSTR_ATTR_DEFERRED'),
      isDeferred: attributes.includes('CONSTR_ATTR_DEFERRED'),
    };
  });
}

/** The text of a column's type. */
export function typeTextOf(definition: ColumnDef | undefined, text: string): string {
  const [first] = definition === undefined ? [] : clausesOf(definition).sort((one, other) => (one.location ?? 0) - (other.location ?? 0));
  const whole = clauseAt(text, definition?.typeName?.location, first?.location);
  return whole.slice(0, tryFindWord(whole, 'using', 'collate')?.start).trim();
}

/** The text of a column's COLLATE, with a blank before it, or an empty text. */
export function collationTextOf(definition: ColumnDef | undefined): string {
  const names = namesOf(definition?.collClause?.collname);
  return names.length === 0 ? '' : ` COLLATE ${names.map(quoteIdentifier).join('.')}`;
}

const DOTTED_NAME = /(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+))*/y;

/** The text of a USING with each column as that of the new row of a trigger; nothing where it names what is no column of the table. */
export function tryFindUsing(definition: ColumnDef, text: string, columns: readonly string[]): string | undefined {
  const whole = clauseAt(text, definition.typeName?.location);
  const using = tryFindWord(whole, 'using');
  const references = [...nodesIn(definition.raw_default)].flatMap((node) => as(node, 'ColumnRef') ?? []);
  if (using === undefined || references.some(({ fields }) => !columns.includes(lastOf(fields)))) {
    return undefined;
  }
  const typeStart = unitsOfBytes(text, definition.typeName?.location ?? 0);
  let at = typeStart + using.end;
  let written = '';
  for (const { fields, location } of references) {
    const start = unitsOfBytes(text, location ?? 0);
    DOTTED_NAME.lastIndex = start;
    DOTTED_NAME.test(text);
    written += `${text.slice(at, start)}NEW.${fieldName(lastOf(fields))}`;
    at = DOTTED_NAME.lastIndex;
  }
  return (written + text.slice(at, typeStart + whole.length)).trim();
}

function lastOf(fields: readonly Node[] | undefined): string {
  const names = namesOf(fields);
  return names.length === fields?.length ? names[names.length - 1] : '';
}
