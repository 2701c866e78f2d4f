import type { Duration } from 'cdk8s';
import { refuse, refuseIf } from './declaration-error';

/** A class, whatever its constructor. */
interface Class<T> {
  readonly name: string;
  readonly prototype: T;
  [Symbol.hasInstance](value: unknown): boolean;
}

/** Whole seconds, rounded up: Kubernetes, Envoy and AWS take no fraction of a second in these fields. */
export function secondsOf(duration: Duration): number {
  return Math.ceil(duration.toMilliseconds() / 1000);
}

/** Says why a number is not a whole one within its bounds, or nothing. */
export function wholeNumberProblem(name: string, value: number, min: number, max: number): string | undefined {
  if (Number.isInteger(value) && value >= min && value <= max) {
    return undefined;
  }
  return `${name} ${shown(value)} must be a whole number from ${min} to ${max}`;
}

/** Returns the number, or throws where it is not a whole one within its bounds. */
export function wholeNumber(name: string, value: number, min: number, max: number): number {
  const problem = wholeNumberProblem(name, value, min, max);
  return problem ? refuse(problem) : value;
}

/** Returns the duration, or throws where plain JavaScript gives something else. */
export function durationOf(name: string, duration: Duration): Duration {
  // One of a number that is known later cannot be converted, and tells so in many lines.
  const { amount } = (duration as unknown as { amount?: unknown } | null | undefined) ?? {};
  return typeof (duration as Duration | null | undefined)?.toMilliseconds === 'function' && !isKnownLater(amount)
    ? duration : refuse(`${name} ${isKnownLater(duration) || isKnownLater(amount) ? shown(amount ?? duration) : quoted(String(duration))} must be a Duration, such as Duration.seconds(30)`);
}

/** Returns the seconds of a duration, or throws where they are outside the bounds. */
export function secondsWithin(name: string, duration: Duration, min: number, max: number): number {
  const seconds = secondsOf(durationOf(name, duration));
  if (seconds < min || seconds > max) {
    refuse(`${name} ${duration.toMilliseconds() / 1000}s must be from ${min}s to ${max}s`);
  }
  return seconds;
}

/** The same for a duration that may be absent. */
export function optionalSeconds(name: string, duration: Duration | undefined, min: number, max: number): number | undefined {
  return duration === undefined ? undefined : secondsWithin(name, duration, min, max);
}

/** Says why a value is none of an enum's, or nothing. */
export function enumProblem(name: string, value: unknown, title: string, values: Readonly<Record<string, string>>): string | undefined {
  return Object.values(values).includes(value as string) ? undefined
    : `${name} ${shown(value)} must be ${oneAfterAnother(Object.keys(values).map((key) => `${title}.${key}`))}`;
}

/** Returns a value of an enum, or nothing where none was given, or throws: another would count as one of the enum's without a word. */
export function oneOf<T extends string | undefined>(name: string, value: T, title: string, values: Readonly<Record<string, string>>): T {
  refuseIf(value === undefined ? undefined : enumProblem(name, value, title, values));
  return value;
}

/** Says why a value is no instance of a class, or nothing. */
export function instanceProblem(name: string, value: unknown, type: Class<unknown>, example: string): string | undefined {
  return type[Symbol.hasInstance](value) ? undefined : `${name} ${shown(value)} must be of the class ${type.name}, such as ${example}`;
}

/** Returns an instance of a class, or nothing where none was given, or throws. */
export function instanceOf<T, V extends T | undefined>(name: string, value: V, type: Class<T>, example: string): V {
  refuseIf(value === undefined ? undefined : instanceProblem(name, value, type, example));
  return value;
}

/** Says why a value is no list, or nothing. */
export function listProblem(name: string, value: unknown): string | undefined {
  return Array.isArray(value) ? undefined : `${name} ${shown(value)} must be a list`;
}

/** Returns a list, or throws. */
export function listOf<T>(name: string, value: readonly T[]): readonly T[] {
  refuseIf(listProblem(name, value));
  return value;
}

/** Returns settings, or throws where plain JavaScript gives something that has none. */
export function settingsOf<T extends object>(name: string, value: T): T {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : refuse(`${name} ${shown(value)} must be an object that holds the settings`);
}

/** Says why a value is neither true nor false, or nothing: of plain JavaScript, `'false'` would count as true, or as unsaid. */
export function flagProblem(name: string, value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : `${name} ${shown(value)} must be true or false`;
}

/** Returns a flag, or what it is where it is not given, or throws. */
export function flagOf(name: string, value: boolean | undefined, unsaid: boolean): boolean {
  refuseIf(flagProblem(name, value ?? unsaid));
  return value ?? unsaid;
}

/** Says why a value is no text, or nothing. */
export function textProblem(name: string, value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : `${name} ${shown(value)} must be a text`;
}

/** Returns settings whose values are all texts, or throws. */
export function textsOf(name: string, texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(settingsOf(name, texts))) {
    refuseIf(textProblem(`${name} ${quoted(key)}`, value));
  }
  return texts;
}

/** Whether a value is a text of a pattern. A pattern alone takes what is no text for one: `undefined` is nine letters. */
export function isTextOf(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/** Returns a text that is not blank, or throws. */
export function nonEmpty(name: string, value: string): string {
  refuseIf(isKnownLater(value) ? textProblem(name, value) : undefined);
  return typeof value === 'string' && value.trim() !== '' ? value : refuse(`${name} must not be empty`);
}

// Characters that would move, hide or reverse what follows them on a terminal; JSON leaves these as they are.
const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const LONGEST_SHOWN = 76;

/** Shows a user's text in a message: quoted, at most 76 characters of it, with invisible ones escaped. */
export function quoted(value: string): string {
  if (isKnownLater(value)) {
    return shown(value);
  }
  const characters = [...String(value)];
  const text = characters.length <= LONGEST_SHOWN ? String(value) : `${characters.slice(0, LONGEST_SHOWN - 4).join('')}…`;
  return JSON.stringify(text).replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Shows in a message what was given, whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (Array.isArray(value)) {
    return '(a list)';
  }
  if (isKnownLater(value)) {
    return value instanceof Promise ? '(a Promise, whose value is known later)' : '(an Output, whose value is known later)';
  }
  if (typeof value === 'function') {
    return '(a function)';
  }
  return typeof value === 'object' && value !== null ? '(an object)' : String(value);
}

/** Whether a value is a Promise, or an Output of Pulumi, which has every member that it is asked for, and another text for each. */
function isKnownLater(value: unknown): boolean {
  return value instanceof Promise || (typeof value === 'object' && value !== null && (value as { __pulumiOutput?: unknown }).__pulumiOutput === true);
}

function oneAfterAnother(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}
