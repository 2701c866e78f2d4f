import { refuse } from '../declaration-error';
import { isTextOf, settingsOf, shown } from '../values';

/** A header of a request, and the value by which it is recognized. */
export interface HeaderMatch {
  /**
   * The header's name, such as `x-canary`: at most 63 letters, digits or ``-!#$%&'*+.^_`|~``, and 40 through a load balancer of AWS.
   * Names are compared without regard to case.
   */
  readonly name: string;
  /**
   * The exact value, such as `true`: 1 to 128 visible ASCII characters, with spaces in between at most. A load balancer of AWS compares
   * values without regard to case, and takes `*` and `?` for any characters: with one they are refused.
   */
  readonly value: string;
}

// A field name is a token: RFC 9110, 5.1. Envoy and nginx take no others.
const TOKEN = /^[-!#$%&'*+.^_`|~0-9A-Za-z]{1,63}$/;
const VALUE = /^[\x21-\x7e]([\x20-\x7e]{0,126}[\x21-\x7e])?$/;

/** Returns a header that routers can match, or throws. */
export function headerMatch(field: string, header: HeaderMatch): HeaderMatch {
  const { name, value } = settingsOf(field, header);
  if (!isTextOf(TOKEN, name)) {
    refuse(`${field} name ${shown(name)} must be the name of a header: at most 63 letters, digits or '-', without white space or ':'`);
  }
  if (!isTextOf(VALUE, value)) {
    refuse(`${field} value ${shown(value)} must be 1 to 128 visible ASCII characters`);
  }
  return { name: name.toLowerCase(), value };
}
