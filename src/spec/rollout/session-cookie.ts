import type { Duration } from 'cdk8s';
import { refuse } from '../declaration-error';
import { optionalSeconds, quoted } from '../values';

/** Keeps a client on the version that answered it first, for as long as a release goes on. */
export interface SessionCookieOptions {
  /**
   * The name of the cookie.
   * @default - the service's name and `-canary`
   */
  readonly name?: string;

  /**
   * How long the client keeps it, from 1 second to 30 days, and no shorter than the shares are held.
   * @default - 24 hours, or as long as the shares are held
   */
  readonly maxAge?: Duration;
}

/** The same in the planner's form. */
export interface SessionCookieSpec {
  readonly name?: string;
  readonly maxAgeSeconds?: number;
}

/** Reads it. */
export function sessionCookieOf(field: string, { name, maxAge }: SessionCookieOptions): SessionCookieSpec {
  if (name !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    refuse(`${field} name ${quoted(name)} must be at most 64 letters, digits, '-' or '_'`);
  }
  return { name, maxAgeSeconds: optionalSeconds(`${field} maxAge`, maxAge, 1, 2_592_000) };
}
