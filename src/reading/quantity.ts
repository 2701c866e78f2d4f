const SMALL: Readonly<Record<string, number>> = { n: 1e9, u: 1e6, m: 1e3 };
const LARGE: Readonly<Record<string, number>> = {
  '': 1,
  'k': 1e3,
  'M': 1e6,
  'G': 1e9,
  'T': 1e12,
  'P': 1e15,
  'E': 1e18,
  'Ki': 2 ** 10,
  'Mi': 2 ** 20,
  'Gi': 2 ** 30,
  'Ti': 2 ** 40,
  'Pi': 2 ** 50,
  'Ei': 2 ** 60,
};

const QUANTITY = /^([-+]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][-+]?\d+)|([KMGTPE]i|[numkMGTPE]|))$/;

/** The number of a Kubernetes quantity such as `100m`, `2`, `1.5Gi` or `1e3`; nothing where it is none. */
export function quantityOf(text: string): number | undefined {
  const match = QUANTITY.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, amount, exponent, suffix = ''] = match;
  const value = exponent !== undefined ? Number(amount + exponent)
    : suffix in SMALL ? Number(amount) / SMALL[suffix] : Number(amount) * LARGE[suffix];
  return Number.isFinite(value) ? value : undefined;
}
