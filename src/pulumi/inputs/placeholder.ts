import { randomBytes } from 'crypto';
import * as pulumi from '@pulumi/pulumi';
import { wrongValue } from './wrong-value';
import { refuseIf } from '../../spec/declaration-error';
import { listProblem, quoted, settingsOf, textProblem } from '../../spec/values';

/** Says why a text cannot stand in a field, or nothing. */
export type Check = (field: string, value: string) => string | undefined;

/** A text of which the value is known later. */
interface Later extends Omit<Place, 'field'> {
  readonly output: pulumi.Output<string>;
  readonly text: string;
}

interface Place {
  readonly field: string;
  readonly check?: Check;
  readonly component?: string;
}

/**
 * What stands for a text until its value is known. It is a DNS label, so that it may stand wherever a name may; and it differs from
 * process to process, so that no text of a user's is one by chance.
 */
const MARK = `known-later-${randomBytes(4).toString('hex')}`;
// A letter ends it, because digits may follow.
const PLACEHOLDER = `${MARK}-(\\d+)z(?::${MARK})?`;

/** What a reader is told in the place of a value that nobody knows yet. */
const KNOWN_LATER = '(known later)';

const laters: Later[] = [];
// By the input itself: a Secret's name that is declared and referred to is one name, though nobody knows it yet.
const known = new WeakMap<object, Later[]>();

/**
 * Takes a text whose value decides nothing. One that is known later is replaced by a placeholder, which the plan passes on without
 * looking at it; the value is held against the same check once it is known.
 * @param field what messages call it
 * @param check what the plan holds a plain value against; by default any text will do
 * @param component the component that it is an argument of, where that is known
 */
export function textOf(field: string, input: pulumi.Input<string>, check?: Check, component?: string): string {
  if (isLater(input)) {
    return placeholderOf({ field, check, component }, input, '');
  }
  refuseIf(textProblem(field, input));
  return input;
}

/** What a resource that the service makes itself tells of itself: nobody has given it, so nobody is told that it is wrong. */
export function toldTextOf(output: pulumi.Output<string>): string {
  return keep(output, { output });
}

/** The same for an image, whose placeholder must have a tag. */
export function imageOf(field: string, input: pulumi.Input<string>, check: Check, component?: string): string {
  return isLater(input) ? placeholderOf({ field, check, component }, input, `:${MARK}`) : textOf(field, input);
}

/** The same for each value of a map; its keys are plain. */
export function textsOf<T extends pulumi.Input<string>>(
  field: string, inputs: Readonly<Record<string, T>> | undefined, check?: Check, component?: string,
): Record<string, string> | undefined {
  return inputs === undefined ? undefined : Object.fromEntries(Object.entries(plainMapOf(field, inputs))
    .map(([key, value]) => [key, textOf(`${field} ${quoted(key)}`, value, check, component)]));
}

/** The same for each item of a list. */
export function textListOf(
  field: string, inputs: readonly pulumi.Input<string>[] | undefined, item: string, check?: Check, component?: string,
): string[] | undefined {
  return inputs === undefined ? undefined : plainListOf(field, inputs).map((input) => textOf(item, input, check, component));
}

/** Returns a map whose keys are known, or throws. */
export function plainMapOf<T extends object>(field: string, inputs: T): T {
  refuseIf(isLater(inputs) ? laterProblem(field, '; only its values may be known later') : undefined);
  return settingsOf(field, inputs);
}

/** Returns a list whose length is known, or throws. */
export function plainListOf<T>(field: string, inputs: readonly T[]): readonly T[] {
  refuseIf(isLater(inputs) ? laterProblem(field, '; only its items may be known later') : listProblem(field, inputs));
  return inputs;
}

/** Says that a value is known later where it must be plain. */
export function laterProblem(field: string, more = ', because the plan decides by it'): string {
  return `${field} must be a plain value, not one that is known later (an Output or a Promise)${more}`;
}

/** Whether a value is known later only. */
export function isLater(value: unknown): value is Promise<string> | pulumi.OutputInstance<string> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a text holds a placeholder. */
export function holdsPlaceholder(text: string): boolean {
  return text.includes(MARK);
}

/** A text as a reader is told it. */
export function readable(text: string): string {
  return holdsPlaceholder(text) ? text.replace(new RegExp(`"${PLACEHOLDER}"|${PLACEHOLDER}`, 'g'), KNOWN_LATER) : text;
}

/** Texts that follow from values which are known later, by what the plan has made in their place of placeholders. */
export type Derived = ReadonlyMap<string, pulumi.Input<string>>;

/** A text with values in the place of its placeholders: an Output where it holds any, and otherwise the text itself. */
export function settled(text: string, derived: Derived = new Map()): pulumi.Input<string> {
  const tokens = [...derived.keys()].filter((token) => text.includes(token));
  if (tokens.length === 0 && !holdsPlaceholder(text)) {
    return text;
  }
  const parts = partsOf(text, tokens, derived);
  return parts.length === 1 ? parts[0] : pulumi.all(parts).apply((values) => values.join(''));
}

/** The plain and the later parts of a text, in turn. A derived text goes before the placeholder in it. */
function partsOf(text: string, tokens: readonly string[], derived: Derived): pulumi.Input<string>[] {
  const parts: pulumi.Input<string>[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp([...tokens.map(escaped), PLACEHOLDER].join('|'), 'g'))) {
    const value = derived.get(match[0]) ?? laters[Number(match[1])]?.output;
    if (value !== undefined) {
      parts.push(...(match.index > end ? [text.slice(end, match.index)] : []), value);
      end = match.index + match[0].length;
    }
  }
  return end < text.length ? [...parts, text.slice(end)] : parts;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether the value of any placeholder in a text is a secret. One that never comes is none. */
export async function holdsSecret(text: string): Promise<boolean> {
  const outputs = [...text.matchAll(new RegExp(PLACEHOLDER, 'g'))].map((match) => laters[Number(match[1])]?.output).filter((output) => output !== undefined);
  const secrets = await Promise.all(outputs.map((output) => pulumi.isSecret(output).catch(() => false)));
  return secrets.includes(true);
}

function placeholderOf(place: Place, input: Promise<string> | pulumi.OutputInstance<string>, suffix: string): string {
  const { component, check } = place;
  const before = known.get(input) ?? [];
  const same = before.find((later) => check !== undefined && later.check === check && later.component === component && later.text.endsWith(`z${suffix}`));
  if (same !== undefined) {
    return same.text;
  }
  return keep(input, { output: checked(place, input), component, check }, suffix);
}

function keep(input: object, fields: Omit<Later, 'text'>, suffix = ''): string {
  const later: Later = { ...fields, text: `${MARK}-${laters.length}z${suffix}` };
  laters.push(later);
  known.set(input, [...known.get(input) ?? [], later]);
  return later.text;
}

function checked({ field, component, check }: Place, input: pulumi.Input<string>): pulumi.Output<string> {
  const output = pulumi.output(input);
  return output.apply(async (value) => {
    const problem = textProblem(field, value) ?? check?.(field, value);
    if (problem !== undefined) {
      throw wrongValue({ field, component, problem, value, isSecret: await pulumi.isSecret(output) });
    }
    return value;
  });
}
