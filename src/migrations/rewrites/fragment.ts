import type { ColumnDef, Node } from 'libpg-query';
import { clausesOf } from '../catalog/column-of';
import { Lexer } from '../sql/lexer';
import { as } from '../sql/node';
import { unitsOfBytes } from '../sql/text-place';

/** The text of a clause that begins at a place which the parser counts in bytes: to the comma, the bracket or the end that closes it. */
export function clauseAt(text: string, location: number | undefined, until?: number): string {
  const start = unitsOfBytes(text, location ?? 0);
  const end = until === undefined ? clauseEnd(text, start) : Math.min(unitsOfBytes(text, until), clauseEnd(text, start));
  return text.slice(start, end).trim();
}

function clauseEnd(text: string, start: number): number {
  const lexer = new Lexer(text, start);
  let depth = 0;
  let end = start;
  for (let lexeme = lexer.next(); lexeme !== undefined; lexeme = lexer.next()) {
    const sign = lexeme.kind === 'sign' ? text[lexeme.start] : '';
    depth += sign === '(' || sign === '[' ? 1 : sign === ')' || sign === ']' ? -1 : 0;
    if (depth < 0 || (depth === 0 && sign === ',')) {
      return end;
    }
    end = lexeme.kind === 'comment' ? end : lexeme.end;
  }
  return end;
}

/** A clause of a column's definition. */
export interface ClauseText {
  readonly contype: string;
  readonly text: string;
  /** What a DEFAULT gives. */
  readonly expression: string;
}

/** The text of each clause of a column's definition, with what it is. */
export function clauseTextsOf(definition: ColumnDef, text: string): readonly ClauseText[] {
  const clauses = clausesOf(definition).sort((one, other) => (one.location ?? 0) - (other.location ?? 0));
  return clauses.map((clause, index) => {
    const whole = clauseAt(text, clause.location, clauses[index + 1]?.location);
    return { contype: clause.contype ?? '', text: whole, expression: whole.replace(/^\s*default\s+/i, '') };
  });
}

/** The text of a column's type. */
export function typeTextOf(definition: ColumnDef | undefined, text: string): string {
  const [first] = definition === undefined ? [] : clausesOf(definition).sort((one, other) => (one.location ?? 0) - (other.location ?? 0));
  const whole = clauseAt(text, definition?.typeName?.location, first?.location);
  return whole.replace(/\s+using\b[^]*$/i, '').replace(/\s+collate\b[^]*$/i, '');
}

/** The text of a USING, or nothing. */
export function usingTextOf(command: Node, text: string): string | undefined {
  const definition = as(as(command, 'AlterTableCmd')?.def, 'ColumnDef');
  return definition?.raw_default === undefined ? undefined : /\susing\s+([^]*)$/i.exec(clauseAt(text, definition.typeName?.location))?.[1];
}
