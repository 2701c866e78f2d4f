import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import type { CommandOutside } from './outside';
import { credentialsProblem, type Credentials } from '../analysis/credentials';

/** The options that say who asks. */
export interface CredentialOptions {
  readonly bearerTokenFile?: string;
  readonly username?: string;
  readonly passwordFile?: string;
}

const TOKEN = 'ZERO_DOWNTIME_PROMETHEUS_TOKEN';
const USERNAME = 'ZERO_DOWNTIME_PROMETHEUS_USERNAME';
const PASSWORD = 'ZERO_DOWNTIME_PROMETHEUS_PASSWORD';

/**
 * Who asks, by options or else by the environment. Files are read again each time, because tokens are replaced while an analysis runs;
 * the last ones that could be read stay good until the next can. No message tells any of them.
 */
export function credentialsFrom(options: CredentialOptions, io: CommandIo, env: CommandOutside['env']): () => Credentials | undefined {
  let last = readCredentials(options, io, env);
  return () => {
    try {
      last = readCredentials(options, io, env);
    } catch (error) {
      if (!(error instanceof BadInput)) {
        throw error;
      }
    }
    return last;
  };
}

function readCredentials({ bearerTokenFile, username, passwordFile }: CredentialOptions, io: CommandIo, env: CommandOutside['env']): Credentials | undefined {
  const user = username ?? env[USERNAME];
  const isBasic = username !== undefined || passwordFile !== undefined;
  const isInEnvironment = bearerTokenFile === undefined && !isBasic;
  if (bearerTokenFile !== undefined && isBasic) {
    throw BadInput.of('--bearer-token-file', 'must not be given with --username or --password-file; choose one of the two');
  }
  if (isInEnvironment && env[TOKEN] !== undefined && (user !== undefined || env[PASSWORD] !== undefined)) {
    throw BadInput.of(TOKEN, `must not be set with ${USERNAME} or ${PASSWORD}; choose one of the two`);
  }
  if (bearerTokenFile !== undefined) {
    return checked('--bearer-token-file', { kind: 'bearer', token: secretIn(bearerTokenFile, '--bearer-token-file', io) });
  }
  if (isInEnvironment && env[TOKEN] !== undefined) {
    return checked(TOKEN, { kind: 'bearer', token: env[TOKEN] });
  }
  const password = passwordFile === undefined ? env[PASSWORD] : secretIn(passwordFile, '--password-file', io);
  return user === undefined && password === undefined ? undefined : basic(user, password, username === undefined ? USERNAME : '--username');
}

function basic(username: string | undefined, password: string | undefined, source: string): Credentials {
  if (username === undefined || username === '') {
    throw BadInput.of('--username', `must be given with a password; or set ${USERNAME}`);
  }
  if (password === undefined || password === '') {
    throw BadInput.of('--password-file', `must be given with a user; or set ${PASSWORD}`);
  }
  return checked(source, { kind: 'basic', username, password });
}

function checked(source: string, credentials: Credentials): Credentials {
  const problem = credentialsProblem(credentials);
  if (problem !== undefined) {
    throw BadInput.of(source, problem);
  }
  return credentials;
}

/** The text of a file without the end of its line, which editors add. */
function secretIn(path: string, option: string, io: CommandIo): string {
  try {
    return io.readFile(path).replace(/\r?\n$/, '');
  } catch (error) {
    throw BadInput.of(option, `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); name a file that can be`);
  }
}
