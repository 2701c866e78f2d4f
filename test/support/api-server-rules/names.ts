/** Answers what is wrong with a name, or nothing. */
export type NameRule = (name: string) => string | undefined;

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

export const dns1123Label: NameRule = pattern(LABEL, 63, 'an RFC 1123 label');
export const dns1123Subdomain: NameRule = pattern(SUBDOMAIN, 253, 'an RFC 1123 subdomain');
export const dns1035Label: NameRule = pattern('[a-z]([-a-z0-9]*[a-z0-9])?', 63, 'an RFC 1035 label');
export const wildcardDns1123Subdomain: NameRule = pattern(`\\*\\.${SUBDOMAIN}`, 253, 'a wildcard RFC 1123 subdomain');
export const httpHeaderName: NameRule = pattern('[-A-Za-z0-9]+', Infinity, 'an HTTP header name');

/** The rule before Kubernetes 1.32 relaxed it, so that every supported version accepts the name. */
export const envVarName: NameRule = (name) =>
  pattern('[-._a-zA-Z][-._a-zA-Z0-9]*', Infinity, 'an environment variable name')(name) ?? relativePath(name);

export const configMapKey: NameRule = (name) =>
  pattern('[-._a-zA-Z0-9]+', 253, 'a ConfigMap key')(name) ?? relativePath(name);

/** RBAC names only have to fit into a URL. */
export const pathSegmentName: NameRule = (name) =>
  name === '.' || name === '..' || /[/%]/.test(name) ? `${quote(name)} must be a path segment: not '.', '..', nor with '/' or '%'` : undefined;

/** IANA_SVC_NAME. */
export const portName: NameRule = (name) => {
  const ok = name.length <= 15 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && /[a-z]/.test(name) && !name.includes('--');
  return ok ? undefined : `${quote(name)} must be an IANA service name: at most 15 of a-z, 0-9 and single inner '-', with a letter`;
};

/** Label and annotation keys, and whatever else takes `prefix/name`. */
export const qualifiedName: NameRule = (name) => {
  const slash = name.indexOf('/');
  const prefix = slash < 0 ? undefined : name.slice(0, slash);
  const local = name.slice(slash + 1);
  if (prefix !== undefined && (prefix === '' || dns1123Subdomain(prefix) !== undefined)) {
    return `${quote(name)} must have an RFC 1123 subdomain as its prefix`;
  }
  return local.length > 63 || !QUALIFIED_PART.test(local)
    ? `${quote(name)} must be at most 63 alphanumerics, '-', '_' or '.', alphanumeric at both ends`
    : undefined;
};

export const labelValue: NameRule = (value) =>
  value === '' || (value.length <= 63 && QUALIFIED_PART.test(value))
    ? undefined
    : `${quote(value)} must be empty or at most 63 alphanumerics, '-', '_' or '.', alphanumeric at both ends`;

/** Names of objects are compared with an ending that generateName will complete. */
export function asPrefix(rule: NameRule): NameRule {
  return (name) => rule(name.endsWith('-') ? `${name.slice(0, -1)}a` : name);
}

export function quote(text: string): string {
  return `'${text.length > 80 ? `${text.slice(0, 77)}...` : text}'`;
}

function pattern(source: string, maxLength: number, what: string): NameRule {
  const regExp = new RegExp(`^${source}$`);
  const limit = Number.isFinite(maxLength) ? ` of at most ${maxLength} characters` : '';
  return (name) => (name.length <= maxLength && regExp.test(name) ? undefined : `${quote(name)} must be ${what}${limit}`);
}

/** Such names would become relative paths once mounted. */
function relativePath(name: string): string | undefined {
  return name === '.' || name.startsWith('..') ? `${quote(name)} must not be '.' or start with '..'` : undefined;
}
