/** What keeps requests from their server, by the codes of Node, its DNS and its HTTP client. */
const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its network',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be resolved',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed',
};

/** Codes of OpenSSL, and of Node for what it checks itself. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/;

/** Whether a request failed because of the server's certificate, which no other attempt would change. */
export function isCertificateFault(error: unknown): boolean {
  return CERTIFICATE.test(codeOf(error));
}

/** Whether the client itself refuses the port of an address, because another protocol than HTTP is at home there. */
export function isBlockedPort(error: unknown): boolean {
  const { cause } = (error ?? {}) as { readonly cause?: { readonly message?: unknown } };
  return cause?.message === 'bad port';
}

/** Why a request failed. Of an error without a code nothing is told, because the texts of some repeat what was sent. */
export function transportText(error: unknown): string {
  const code = codeOf(error);
  const sentence = SENTENCES[code];
  return sentence === undefined ? code : `${sentence} (${code})`;
}

/** The code of an error, of its cause, or of the first of the errors that several addresses of a host led to. */
function codeOf(error: unknown): string {
  const { code, cause, errors } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown; readonly errors?: readonly unknown[] };
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code)) {
    return code;
  }
  const inner = cause ?? errors?.[0];
  return inner === undefined || inner === error ? 'no reason is known' : codeOf(inner);
}
