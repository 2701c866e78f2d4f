const CODES = { red: 31, green: 32, yellow: 33, blue: 34, dim: 2, bold: 1 } as const;

/** Paints a text for a terminal, or leaves it as it is. */
export type Paint = (colour: keyof typeof CODES, text: string) => string;

/** The paint for a terminal that shows colours, or for one that does not. */
export function paintFor(hasColour: boolean): Paint {
  return hasColour ? (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m` : (_colour, text) => text;
}
