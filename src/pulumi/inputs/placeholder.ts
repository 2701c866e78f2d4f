import { randomBytes } from 'crypto';
import * as pulumi from '@pulumi/pulumi';
import { textProblem } from '../../spec/values';
import { InvalidArgumentsError } from '../invalid-arguments-error';

/** Says why a text cannot stand in a field, or nothing. */
export type Check = (field: string, value: string) => string | undefined;

/** A text of which the value is known later. */
interface Later {
  readonly output: pulumi.Output<string>;
  readonly field: string;
}

/**
 * What stands for a text until its value is known. It is a DNS label, so that it may stand wherever a name may; and it differs from
 * process to process, so that no text of a user's is one by chance.
 */
const MARK = `known-later-${randomBytes(4).toString('hex')}`;
const PLACEHOLDER = new RegExp(`${MARK}-(\\d+)(?::${MARK})?`, 'g');

const laters: Later[] = [];
// By the input itself: a Secret's name that is declared and referred to is one name, though nobody knows it yet.
const known = new WeakMap<object, Map<string, string>>();

/**
 * Takes a text whose value decides nothing. One that is known later is replaced by a placeholder, which the plan passes on without
 * looking at it; the value is held against the same check once it is known.
 */
export function textOf(field: string, input: pulumi.Input<string>, check: Check = () => undefined): string {
  return isLater(input) ? placeholderOf(field, input, check, '') : input;
}

/** The same for an image, whose placeholder must have a tag. */
export function imageOf(field: string, input: pulumi.Input<string>, check: Check): string {
  return isLater(input) ? placeholderOf(field, input, check, `:${MARK}`) : input;
}

/** The same for each value of a map; its keys are plain. */
export function textsOf<T extends pulumi.Input<string>>(
  field: string, inputs: Readonly<Record<string, T>> | undefined, check?: Check,
): Record<string, string> | undefined {
  return inputs && Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, textOf(`${field}.${key}`, value, check)]));
}

/** Whether a value is known later only. */
export function isLater(value: unknown): value is Promise<string> | pulumi.OutputInstance<string> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a text holds a placeholder. */
export function holdsPlaceholder(text: string): boolean {
  return text.includes(MARK);
}

/** A text with values in the place of its placeholders: an Output where it holds any, and otherwise the text itself. */
export function settled(text: string): pulumi.Input<string> {
  if (!holdsPlaceholder(text)) {
    return text;
  }
  const found = [...text.matchAll(PLACEHOLDER)].map((match) => ({ start: match.index, text: match[0], later: laters[Number(match[1])] }));
  if (found.length === 1 && found[0].text === text) {
    return found[0].later.output;
  }
  return pulumi.all(found.map(({ later }) => later.output)).apply((values) => {
    const parts = found.map(({ start, text: { length } }, index) =>
      text.slice(index === 0 ? 0 : found[index - 1].start + found[index - 1].text.length, start) + values[index] + (index === found.length - 1 ? text.slice(start + length) : ''));
    return parts.join('');
  });
}

/** The fields whose values are known later, by the placeholders in a text. */
export function fieldsIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => laters[Number(match[1])].field);
}

function placeholderOf(field: string, input: Promise<string> | pulumi.OutputInstance<string>, check: Check, suffix: string): string {
  const texts = known.get(input) ?? new Map<string, string>();
  known.set(input, texts);
  const found = texts.get(suffix) ?? `${MARK}-${laters.push({ field, output: checked(field, input, check) }) - 1}${suffix}`;
  texts.set(suffix, found);
  return found;
}

function checked(field: string, input: pulumi.Input<string>, check: Check): pulumi.Output<string> {
  return pulumi.output(input).apply((value) => {
    const problem = textProblem(field, value) ?? check(field, value);
    if (problem !== undefined) {
      throw new InvalidArgumentsError([problem]);
    }
    return value;
  });
}
