import { refuseIf } from './declaration-error';
import { quoted } from './values';

// The patterns are those of the API server: k8s.io/apimachinery/pkg/util/validation.
const DNS_1123_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1123_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;

/** Keys that JavaScript, and cdk8s with it, takes for a class and its prototype rather than for an entry of a map. */
const UNWRITABLE_KEYS = new Set(['constructor', '__proto__']);

function unwritableProblem(field: string, key: string): string | undefined {
  return UNWRITABLE_KEYS.has(key) ? `${field} ${quoted(key)} cannot be written; give it another name` : undefined;
}

/**
 * The longest name of a service: its objects add up to eleven characters (`-` and a content hash), and every
 * Kubernetes name that becomes a DNS label ends at 63.
 */
export const MAX_SERVICE_NAME = 52;

/** A service name starts with a letter, because the Service object's name must (RFC 1035). */
export function serviceNameProblem(field: string, value: string): string | undefined {
  if (value.length <= MAX_SERVICE_NAME && DNS_1035_LABEL.test(value)) {
    return undefined;
  }
  return `${field} ${quoted(value)} must be at most ${MAX_SERVICE_NAME} lower-case letters, digits or '-', `
    + 'start with a letter and end with a letter or digit';
}

export function dnsLabelProblem(field: string, value: string): string | undefined {
  if (typeof value === 'string' && value.length <= 63 && DNS_1123_LABEL.test(value)) {
    return undefined;
  }
  return `${field} ${quoted(value)} must be at most 63 lower-case letters, digits or '-', starting and ending with a letter or digit`;
}

export function dnsSubdomainProblem(field: string, value: string): string | undefined {
  if (typeof value === 'string' && value.length <= 253 && DNS_1123_SUBDOMAIN.test(value)) {
    return undefined;
  }
  return `${field} ${quoted(value)} must be at most 253 lower-case letters, digits, '-' or '.', `
    + 'each part starting and ending with a letter or digit';
}

/** A host of a route: a DNS name, or one whose first label is `*`. */
export function hostProblem(field: string, value: string): string | undefined {
  const name = value.startsWith('*.') ? value.slice(2) : value;
  if (name.length <= 253 && DNS_1123_SUBDOMAIN.test(name)) {
    return undefined;
  }
  return `${field} ${quoted(value)} must be a DNS name in lower case, without scheme, port or path ('*.' may lead it)`;
}

/** An HTTP path that a probe may ask, with its query. */
export function pathProblem(field: string, value: string): string | undefined {
  if (/^\/[\x21-\x7e]*$/.test(value)) {
    return undefined;
  }
  return `${field} ${quoted(value)} must start with '/' and hold no white space or control characters`;
}

/** A path prefix of a route. Ways around a prefix are refused by the API server and by the Gateway API alike. */
export function routePathProblem(field: string, value: string): string | undefined {
  const isPlain = value.length <= 1024 && /^\/[-A-Za-z0-9._~!$&'()*+,;=:@%/]*$/.test(value) && !/\/\/|\/\.\.?(\/|$)|%2f|%5c|%(?![0-9a-f]{2})/i.test(value);
  return isPlain
    ? undefined
    : `${field} ${quoted(value)} must start with '/' and be a plain prefix of at most 1024 characters, without '//', '/./', '/../', '%2F', a lone '%', query or white space`;
}

export function envNameProblem(field: string, value: string): string | undefined {
  if (ENV_NAME.test(value)) {
    return unwritableProblem(field, value);
  }
  return `${field} ${quoted(value)} must be letters, digits or '_', not starting with a digit`;
}

export function configKeyProblem(field: string, value: string): string | undefined {
  if (value.length <= 253 && CONFIG_KEY.test(value) && value !== '.' && !value.startsWith('..')) {
    return unwritableProblem(field, value);
  }
  return `${field} ${quoted(value)} must be at most 253 letters, digits, '-', '_' or '.', and not start with '..'`;
}

/** A label or annotation key: an optional DNS prefix and '/', then at most 63 characters. */
export function qualifiedNameProblem(field: string, value: string): string | undefined {
  const parts = value.split('/');
  const name = parts[parts.length - 1];
  const prefixIsSound = parts.length === 1 || (parts.length === 2 && dnsSubdomainProblem('', parts[0]) === undefined);
  if (prefixIsSound && name.length <= 63 && QUALIFIED_NAME.test(name)) {
    return unwritableProblem(field, value);
  }
  return `${field} ${quoted(value)} must be at most 63 letters, digits, '-', '_' or '.', with an optional DNS prefix and '/'`;
}

export function labelValueProblem(field: string, value: string): string | undefined {
  if (value === '' || (typeof value === 'string' && value.length <= 63 && QUALIFIED_NAME.test(value))) {
    return undefined;
  }
  return `${field} ${quoted(value)} must be at most 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit`;
}

/** Returns labels that an object can have, or throws. */
export function labelsWithin(field: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(labels)) {
    refuseIf(qualifiedNameProblem(field, key) ?? labelValueProblem(`${field} ${quoted(key)}`, value));
  }
  return labels;
}
