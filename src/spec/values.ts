import type { Duration } from 'cdk8s';
import { refuse } from './declaration-error';

/** Whole seconds, rounded up: Kubernetes, Envoy and AWS take no fraction of a second in these fields. */
export function secondsOf(duration: Duration): number {
  return Math.ceil(duration.toMilliseconds() / 1000);
}

/** Says why a number is not a whole one within its bounds, or nothing. */
export function wholeNumberProblem(name: string, value: number, min: number, max: number): string | undefined {
  if (Number.isInteger(value) && value >= min && value <= max) {
    return undefined;
  }
  return `${name} ${value} must be a whole number from ${min} to ${max}`;
}

/** Returns the number, or throws where it is not a whole one within its bounds. */
export function wholeNumber(name: string, value: number, min: number, max: number): number {
  const problem = wholeNumberProblem(name, value, min, max);
  return problem ? refuse(problem) : value;
}

/** Returns the duration, or throws where plain JavaScript gives something else. */
export function durationOf(name: string, duration: Duration): Duration {
  return typeof (duration as Duration | null | undefined)?.toMilliseconds === 'function'
    ? duration : refuse(`${name} ${quoted(String(duration))} must be a Duration, such as Duration.seconds(30)`);
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

/** Returns a text that is not blank, or throws. */
export function nonEmpty(name: string, value: string): string {
  return typeof value === 'string' && value.trim() !== '' ? value : refuse(`${name} must not be empty`);
}

// Characters that would move, hide or reverse what follows them on a terminal; JSON leaves these as they are.
const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const LONGEST_SHOWN = 76;

/** Shows a user's text in a message: quoted, at most 76 characters of it, with invisible ones escaped. */
export function quoted(value: string): string {
  const characters = [...String(value)];
  const shown = characters.length <= LONGEST_SHOWN ? String(value) : `${characters.slice(0, LONGEST_SHOWN - 4).join('')}…`;
  return JSON.stringify(shown).replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
