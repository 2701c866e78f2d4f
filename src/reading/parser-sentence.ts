import type { ErrorCode } from 'yaml';

/** The parser's commonest reasons in words that name the remedy. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab indents this line, where YAML takes spaces alone; replace it',
  BAD_INDENT: 'this line is indented neither like those before it nor deeper; align it',
  BLOCK_AS_IMPLICIT_KEY: 'a second key follows on one line; put it on a line of its own, or put a text with ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines; is a ":" missing after it?',
  RESOURCE_EXHAUSTION: 'lists and maps are too deep within each other; flatten them',
};

/** Why a document does not parse, in one line that repeats nothing of the document: it may be secret. */
export function parserSentence(code: ErrorCode, message: string): string {
  const known = SENTENCES[code];
  if (known !== undefined) {
    return `is not valid YAML: ${known}`;
  }
  const reason = message.split('\n')[0].replace(/^Not a YAML token: .*/, 'unexpected characters').replace(/: ".*$/, '')
    .replace(/^(Invalid escape sequence) .*/, '$1');
  return `is not valid YAML: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
