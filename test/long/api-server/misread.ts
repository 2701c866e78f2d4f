/**
 * Texts that cdk8s writes as YAML 1.1 without the quotes or escapes that the server's parser needs: it reads numbers,
 * spaces or nothing, or cannot read the document (`undefined`). The parser that cdk8s itself comes with reads them as they were meant.
 */
export const MISREAD: ReadonlyArray<readonly [title: string, text: string, as: unknown]> = [
  ['an octal number', '0o17', 15],
  ['an octal number with a sign and a capital', '-0O17', -15],
  ['a hexadecimal number with a capital', '0X1F', 31],
  ['a binary number with a capital', '0B11', 3],
  ['an exponent with an underscore', '1e1_0', 1e10],
  ['a next line', 'a\u0085b', 'a b'],
  ['a line separator at the end', 'a\u2028', 'a'],
  ['a paragraph separator alone', '\u2029', null],
  ['a line separator within', 'a\u2028b', undefined],
  ['a deletion', 'a\u007fb', undefined],
  ['a control character of Latin-1', 'a\u009fb', undefined],
  ['what is no character', '\uffff', undefined],
];

const CHARACTERS = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;
const NUMBERS = /^[-+]?(0o[0-7_]+|0X[\dA-F_]+|0B[01_]+|[\d._]+e[-+]?[\d_]+)$/i;

/** Whether an object holds a text of such a kind, as a key or as a value. */
export function holdsMisread(value: unknown): boolean {
  if (typeof value === 'string') {
    return CHARACTERS.test(value) || NUMBERS.test(value);
  }
  return typeof value === 'object' && value !== null && Object.entries(value).some((entry) => entry.some(holdsMisread));
}
