const QUANTITY = /^([+-]?)(\d+)?(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const DECIMAL_EXPONENTS: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY_SUFFIXES = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Enough decimals to hold any quantity with a nano suffix exactly. */
const SCALE = 30;

/** The quantity as a scaled whole number, exact so that `0.1` equals `100m`; nothing when it cannot be parsed. */
export function parseQuantity(value: unknown): bigint | undefined {
  const match = typeof value === 'string' || typeof value === 'number' ? QUANTITY.exec(String(value)) : null;
  if (!match) {
    return undefined;
  }
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') {
    return undefined;
  }
  const binary = BINARY_SUFFIXES.indexOf(suffix) + 1;
  const exponent = SCALE - fraction.length + decimalExponent(suffix);
  const digits = BigInt(whole + fraction) * 1024n ** BigInt(binary);
  const scaled = exponent >= 0 ? digits * 10n ** BigInt(exponent) : digits / 10n ** BigInt(-exponent);
  return sign === '-' ? -scaled : scaled;
}

function decimalExponent(suffix: string): number {
  // `E` alone is exa; with digits it is an exponent.
  return DECIMAL_EXPONENTS[suffix] ?? (/^[eE]/.test(suffix) ? Number(suffix.slice(1)) : 0);
}
