import { refuse } from './declaration-error';
import { nonEmpty, shown } from './values';

/** Returns the address of a Git repository without credentials, or throws. A user alone belongs to SSH; over HTTPS it may be a token. */
export function repositoryUrl(field: string, value: string): string {
  const { protocol, username, password } = URL.canParse(nonEmpty(field, value)) ? new URL(value) : { protocol: '', username: '', password: '' };
  if (password !== '' || (username !== '' && ['http:', 'https:'].includes(protocol))) {
    refuse(`${field} must not hold a user or a password, because manifests are read by many; give Argo CD a Secret of the type repository`);
  }
  return value;
}

/** Returns an absolute http or https address without credentials, or throws. */
export function httpUrl(field: string, value: string): string {
  const parsed = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  // A parser passes over white space, and whoever reads the text afterwards may not.
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol) || /[\s\u0000-\u001f\u007f]/.test(value)) {
    return refuse(`${field} ${shown(value)} must be an address that starts with http:// or https://`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return refuse(`${field} must not hold a user or a password, because manifests are read by many; give a reference to a Secret`);
  }
  return value;
}
