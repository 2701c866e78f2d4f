import { Scalar } from 'yaml';

/** What a scalar means, or why it means nothing. */
export type Meaning = { readonly value: string | number | boolean | null } | { readonly wrong: string };

const TAGS = 'tag:yaml.org,2002:';

/** The words of YAML 1.1 as Go's parser has them: of each only these three spellings. */
const WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...spellings(['y', 'yes', 'true', 'on'], true),
  ...spellings(['n', 'no', 'false', 'off'], false),
  ...spellings(['null', '', '~'], null),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...spellings(['.inf', '+.inf'], Number.POSITIVE_INFINITY),
  ...spellings(['-.inf'], Number.NEGATIVE_INFINITY),
]);

function spellings<T>(words: readonly string[], value: T): (readonly [string, T])[] {
  return words.flatMap((word) => [
    [word, value],
    [word.replace(/[a-z]/, (letter) => letter.toUpperCase()), value],
    [word.toUpperCase(), value],
  ] as const);
}

/**
 * What kubectl takes a scalar for.
 *
 * Its parser is sigs.k8s.io/yaml over go-yaml 2, which is YAML 1.1 with exceptions: `yes` and `off` are booleans, 017, 0o17 and 0b11 are numbers,
 * 1_000 too, 1:30 is not, and a date stays a text. A tag of the user's own makes any scalar a text.
 */
export function meaningOf({ source, type, tag }: Scalar): Meaning {
  const text = source ?? '';
  if (tag === undefined) {
    return { value: type === Scalar.PLAIN ? plainMeaning(text) : text };
  }
  const name = tag.startsWith(TAGS) ? tag.slice(TAGS.length) : '';
  if (name === 'binary') {
    return { wrong: 'is tagged !!binary, which Kubernetes has no use for; write the text itself' };
  }
  const value = ['int', 'float', 'bool', 'null'].includes(name) ? plainMeaning(text) : text;
  return tagHolds(name, value) ? { value } : { wrong: `is no !!${name}; remove the tag` };
}

function tagHolds(name: string, value: boolean | number | string | null): boolean {
  switch (name) {
    case 'int': return Number.isInteger(value);
    case 'float': return typeof value === 'number';
    case 'bool': return typeof value === 'boolean';
    case 'null': return value === null;
    default: return true;
  }
}

function plainMeaning(text: string): boolean | number | string | null {
  const word = WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  return /^[-+.\d]/.test(text) ? numberIn(text) ?? text : text;
}

/** Go's strconv.ParseInt with base 0 and then ParseFloat; after a leading point underscores stand between digits alone. */
function numberIn(text: string): number | undefined {
  if (text.startsWith('.') && /\D_|_(?!\d)/.test(text)) {
    return undefined;
  }
  const plain = text.replaceAll('_', '');
  const based = /^([-+]?)0(?:[xX]([\da-fA-F]+)|[oO]?([0-7]+)|[bB]([01]+))$/.exec(plain);
  if (based) {
    const [, sign, hexadecimal, octal, binary] = based;
    const digits = BigInt(hexadecimal ? `0x${hexadecimal}` : octal ? `0o${octal}` : `0b${binary}`);
    return basedNumber(plain, sign, digits);
  }
  return decimalIn(plain);
}

const MOST_UNSIGNED = 2n ** 64n - 1n;
const MOST_NEGATIVE = 2n ** 63n;

/** Beyond 64 bits only what also reads as a decimal is a number. */
function basedNumber(plain: string, sign: string, digits: bigint): number | undefined {
  const most = sign === '-' ? MOST_NEGATIVE : sign === '+' ? MOST_NEGATIVE - 1n : MOST_UNSIGNED;
  if (digits > most) {
    return decimalIn(plain);
  }
  // Minus zero is zero: a whole number has no sign without a value.
  return Number(sign === '-' ? -digits : digits);
}

function decimalIn(plain: string): number | undefined {
  if (!/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) {
    return undefined;
  }
  const value = Number(plain);
  if (!Number.isFinite(value)) {
    return undefined;
  }
  return /^[-+]?\d+$/.test(plain) && value === 0 ? 0 : value;
}

/** The text that Kubernetes makes of a scalar which is a key, or nothing where it refuses it. */
export function keyText(key: Scalar): string | undefined {
  const meaning = meaningOf(key);
  if ('wrong' in meaning || meaning.value === null) {
    return undefined;
  }
  const { value } = meaning;
  return typeof value === 'number' ? numberKey(value, key.source ?? '') : String(value);
}

function numberKey(value: number, source: string): string | undefined {
  const isDecimal = /[.eE]/.test(source) && !/^[-+]?0[xX]/.test(source);
  if (!isDecimal && Number.isSafeInteger(value)) {
    return String(value);
  }
  return isDecimal || !Number.isInteger(value) ? shortFloat(value) : undefined;
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32), which sigs.k8s.io/yaml writes such keys with. */
function shortFloat(value: number): string | undefined {
  if (!Number.isFinite(value)) {
    return undefined;
  }
  const single = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    if (Math.fround(Number(`${mantissa}e${exponent}`)) === single) {
      const power = Number(exponent);
      // Six digits before the point are the most that this form writes without a power.
      const scientific = `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
      return power < -4 || power >= 6 ? scientific : String(Number(`${mantissa}e${exponent}`));
    }
  }
  return undefined;
}
