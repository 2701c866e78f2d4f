import { Composer, Document, ErrorCode, Lexer, Node, ParsedNode, Parser, Schema } from 'yaml';
import type { Fault } from './fault';
import type { Limits } from './limits';
import { parserSentence } from './parser-sentence';

/** A document's root, or why there is none; both may be absent where a text holds directives alone. */
export interface ParsedDocument {
  readonly root?: Node;
  readonly fault?: Fault;
}

/** Leaves every scalar as it is written: what it means is for Go's rules to say, which are none of the parser's. */
const SCHEMA = new Schema({ schema: 'failsafe', resolveKnownTags: false });

/**
 * Parses one document.
 *
 * The parser's own check for keys given twice compares each with each, and its recursion has no bound.
 * So the check is off here, and made while values are; and what is nested too deeply is refused while tokens arrive, before anything recurses.
 */
export function parseDocument(text: string, limits: Limits): ParsedDocument {
  const parser = new Parser();
  const faults = new FirstFault();
  const composer = new Composer({ schema: SCHEMA, uniqueKeys: false, prettyErrors: false });
  Object.assign(composer, { onError: faults.onError });
  const documents: Document.Parsed[] = [];
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser;
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') {
        faults.onError(token, 'UNEXPECTED_TOKEN', token.message);
      } else {
        documents.push(...composer.next(token));
      }
    }
    tokens += 1;
    if (depthOf(parser) > limits.depth) {
      return { fault: { offset, message: `lists and maps within each other must be at most ${limits.depth} deep; flatten them` } };
    }
    if (tokens > limits.tokens) {
      return { fault: { offset: 0, message: `one document must have at most ${limits.tokens} words and signs; split it at ---` } };
    }
  }
  for (const token of parser.end()) {
    documents.push(...composer.next(token));
  }
  documents.push(...composer.end());
  return outcome(documents, faults.first);
}

/** The stack holds the document, its collections and perhaps the scalar that is being read. */
function depthOf({ stack }: Parser): number {
  const top = stack.at(-1);
  return top !== undefined && 'items' in top ? stack.length - 1 : 0;
}

function outcome(documents: readonly Document.Parsed[], fault: Fault | undefined): ParsedDocument {
  if (fault !== undefined) {
    return { fault };
  }
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) {
    return { fault: { offset: Math.max(0, error.pos[0]), message: parserSentence(error.code, error.message) } };
  }
  if (documents.length > 1) {
    const offset = (documents[1].contents as ParsedNode | null)?.range[0] ?? documents[1].range[0];
    return { fault: { offset, message: 'kubectl passes over what follows "..." without a "---"; write "---" before it' } };
  }
  return { root: documents[0]?.contents ?? undefined };
}

/**
 * Keeps the fault that comes first in the text: what follows is mostly its consequence.
 *
 * Takes the place of the composer's own collection, which makes an Error with its stack for each of what may be millions.
 */
class FirstFault {
  first?: Fault;

  readonly onError = (source: number | readonly number[] | { readonly offset: number }, code: ErrorCode, message: string, isWarning?: boolean) => {
    const offset = typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0];
    if (!isWarning && (this.first === undefined || offset < this.first.offset)) {
      this.first = { offset: Math.max(0, offset), message: parserSentence(code, message) };
    }
  };
}
