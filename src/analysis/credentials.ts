/** Who asks a Prometheus: whoever holds a token, or a user with a password. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string };

/** The value of the `Authorization` header. */
export function authorizationOf(credentials: Credentials): string {
  return credentials.kind === 'bearer' ? `Bearer ${credentials.token}` : `Basic ${basicOf(credentials)}`;
}

/** A text without the secrets of credentials, which a server may well repeat in an error. */
export function withoutSecrets(text: string, credentials: Credentials | undefined): string {
  if (credentials === undefined) {
    return text;
  }
  const secrets = credentials.kind === 'bearer' ? [credentials.token] : [basicOf(credentials), credentials.password];
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** Why credentials cannot be sent, as the end of a sentence that does not tell them. */
export function credentialsProblem(credentials: Credentials): string | undefined {
  if (credentials.kind === 'bearer') {
    return /^[\x21-\x7e]+$/.test(credentials.token) ? undefined : 'must be one word of ASCII, without spaces';
  }
  return credentials.username.includes(':') ? 'must be a user without a colon, which ends a name in HTTP' : undefined;
}

function basicOf({ username, password }: { readonly username: string; readonly password: string }): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}
