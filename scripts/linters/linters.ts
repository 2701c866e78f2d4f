import { Eugene } from './eugene';
import type { Installation } from './installation';
import { Pgfence } from './pgfence';
import { Pgsafe } from './pgsafe';
import { PostgresLanguageServer } from './postgres-language-server';
import { SafemigrateLint } from './safemigrate-lint';
import { Squawk } from './squawk';

/** Linters that can be had from a registry of packages, need no account, and say of SQL alone what it does on a server. */
export const LINTERS: readonly Installation[] = [
  ['squawk', () => Squawk.install()],
  ['Postgres Language Server', () => PostgresLanguageServer.install()],
  ['pgsafe', () => Pgsafe.install()],
  ['safemigrate-lint', () => SafemigrateLint.install()],
  ['pgfence', () => Pgfence.install()],
  ['eugene', () => Eugene.install()],
];
