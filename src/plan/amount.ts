/** The units that planned numbers have. */
export type Unit = 's' | 'pods' | '%' | 'connections' | 'replicas' | '';

/** A number together with the expression that it comes from. */
export interface Amount {
  readonly value: number;
  /** Such as `preStop 10s + drain 30s`. */
  readonly text: string;
  /** Whether the text is an expression whose value it does not itself show. */
  readonly isCompound: boolean;
}

/** Shows a number with its unit: `20s`, `25%`, `3 pods`. */
export function show(value: number, unit: Unit): string {
  const plural = value === 1 && (unit === 'pods' || unit === 'connections' || unit === 'replicas') ? unit.slice(0, -1) : unit;
  return unit === 's' || unit === '%' || unit === '' ? `${value}${unit}` : `${value} ${plural}`;
}

/** A number by its name. */
export function named(name: string, value: number, unit: Unit): Amount {
  return { value, text: `${name} ${show(value, unit)}`, isCompound: false };
}

/** A number that needs no name. */
export function literal(value: number, unit: Unit): Amount {
  return { value, text: show(value, unit), isCompound: false };
}

export function sum(...terms: Amount[]): Amount {
  if (terms.length === 1) {
    return terms[0];
  }
  return { value: terms.reduce((total, term) => total + term.value, 0), text: terms.map((t) => t.text).join(' + '), isCompound: true };
}

export function product(...factors: Amount[]): Amount {
  const texts = factors.map((factor) => factor.text.includes(' + ') ? `(${factor.text})` : factor.text);
  return { value: factors.reduce((total, factor) => total * factor.value, 1), text: texts.join(' × '), isCompound: true };
}

/** Shows an amount as the right side of an inequality: the expression, and its value where it does not show it. */
export function showAmount(amount: Amount, unit: Unit): string {
  return amount.isCompound ? `${amount.text} = ${show(amount.value, unit)}` : amount.text;
}
