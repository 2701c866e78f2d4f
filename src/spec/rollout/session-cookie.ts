import type { Duration } from 'cdk8s';
import { refuse } from '../declaration-error';
import { isTextOf, optionalSeconds, settingsOf, shown } from '../values';

/** Keeps a client on the version that answered it first, for as long as a release goes on. */
export interface SessionCookieOptions {
  /**
   * The name of the cookie: 1 to 64 letters, digits, `-` or `_`. A load balancer of AWS names it itself, and a name is refused with one.
   * @default - the service's name and `-canary`
   */
  readonly name?: string;

  /**
   * How long the client keeps it, from 1 second to 30 days. Refused where it is shorter than all shares are held together.
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
export function sessionCookieOf(field: string, options: SessionCookieOptions): SessionCookieSpec {
  const { name, maxAge } = settingsOf(field, options);
  if (name !== undefined && !isTextOf(/^[A-Za-z0-9_-]{1,64}$/, name)) {
    refuse(`${field} name ${shown(name)} must be at most 64 letters, digits, '-' or '_'`);
  }
  return { name, maxAgeSeconds: optionalSeconds(`${field} maxAge`, maxAge, 1, 2_592_000) };
}
