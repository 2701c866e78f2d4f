import { refuse } from './declaration-error';
import { quoted } from './values';

/** Returns an absolute http or https address without credentials, or throws. */
export function httpUrl(field: string, value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)) {
    return refuse(`${field} ${quoted(value)} must be an address that starts with http:// or https://`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return refuse(`${field} must not hold a user or a password, because manifests are read by many; give a reference to a Secret`);
  }
  return value;
}
