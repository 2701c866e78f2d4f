import type { Fault } from './fault';
import { Limits, bytesText } from './limits';

/** Control characters and others that no YAML text may hold; NUL and the replacement character are told apart below. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffd-\uffff]/;

/** Go's parser of YAML 1.1 ends a line at each of these, and editors and other parsers do not. */
const LINE_SEPARATOR = /[\u0085\u2028\u2029]/;

/** Says why a text cannot be YAML or JSON at all, whatever it says, or nothing. */
export function textFault(text: string, limits: Limits): Fault | undefined {
  // A text never has fewer bytes than units, and counting bytes is the dearer of both.
  const bytes = text.length > limits.bytes ? text.length : Buffer.byteLength(text);
  if (bytes > limits.bytes) {
    return { offset: 0, message: `the text has more than ${bytesText(limits.bytes)}; split it into several files` };
  }
  const offset = text.search(FORBIDDEN);
  if (offset !== -1) {
    return { offset, message: forbiddenMessage(text, offset) };
  }
  const separator = text.trimStart().startsWith('{') ? -1 : text.search(LINE_SEPARATOR);
  return separator === -1 ? undefined : {
    offset: separator,
    message: `${codePoint(text, separator)} ends a line for Kubernetes alone; write it as an escape in double quotes`,
  };
}

function forbiddenMessage(text: string, offset: number): string {
  const looksLikeUtf16 = /^(\ufffd{2}|\ufffe)?[^\0]?\0[^\0]\0/.test(text) || text.startsWith('\ufffe');
  if (looksLikeUtf16) {
    return 'the text is encoded as UTF-16; save it as UTF-8';
  }
  if (text[offset] === '\0') {
    return 'the text holds a NUL byte, so it is binary; name manifests alone';
  }
  if (text[offset] === '\ufffd') {
    return 'the text holds the sign for a byte that is not UTF-8 (U+FFFD), so it is binary or in another encoding; save it as UTF-8';
  }
  return `control character ${codePoint(text, offset)} is not allowed in YAML; write it as an escape in double quotes`;
}

function codePoint(text: string, offset: number): string {
  return `U+${text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0')}`;
}
