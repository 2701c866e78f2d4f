import type { CommandOptions, EngineOptions, PgrollOptions } from './engine-options';
import { containerSpecOf } from '../container-spec';
import { DeclarationError, refuse, refuseIf } from '../declaration-error';
import { Env } from '../env';
import { imageProblem } from '../image';
import { Problems } from '../problems';
import type { Resources } from '../resources';
import { Security } from '../security';
import { instanceOf, instanceProblem, isTextOf, listOf, nonEmpty, quoted, settingsOf, textProblem, wholeNumber } from '../values';
import { Volume } from '../volume';

/** How an engine's container is run, which does not tell one migration from another. */
export interface EngineRun {
  /** Absent where nobody has said it: then it is the URL of the database. */
  readonly env?: Readonly<Record<string, Env>>;
  readonly volumes: Readonly<Record<string, Volume>>;
  readonly resources: Resources;
  readonly security: Security;
  readonly connections: number;
}

/** A command of another engine as it was declared; its arguments follow the program, and the environment is where values come from. */
export interface CommandSpec {
  readonly kind: 'command';
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, unknown>>;
  readonly run: EngineRun;
}

/** A migration of pgroll as it was declared. */
export interface PgrollSpec extends Required<Pick<PgrollOptions, 'image' | 'name' | 'migration' | 'schema'>> {
  readonly kind: 'pgroll';
  readonly run: EngineRun;
}

const MOST_CONNECTIONS = 1000;
const CUSTOMARY_CONNECTIONS = 5;
const LONGEST_NAME = 63;
/** So that a ConfigMap holds it beside the scripts. */
const MOST_BYTES = 256 * 1024;
/** The user of the scripts too: any but root. */
const USER = Security.restricted({ user: 1337, group: 1337 });

/** Reads a command of another engine, or throws. */
export function commandOf(title: string, options: CommandOptions): CommandSpec {
  const { image, args = [], env, volumes = {}, security = USER } = settingsOf(title, options);
  const command = [...textsIn(`${title} command`, options.command), ...textsIn(`${title} args`, args)];
  if (options.command.length === 0) {
    refuse(`${title} command must name the program: what the image would run by itself is not known here`);
  }
  for (const [name, value] of Object.entries(env === undefined ? {} : settingsOf(`${title} env`, env))) {
    refuseIf(instanceProblem(`${title} env ${quoted(name)}`, value, Env, 'Env.secretKey(…)') ?? passwordProblem(`${title} env ${quoted(name)}`, literalOf(value)));
  }
  for (const [path, volume] of Object.entries(settingsOf(`${title} volumes`, volumes))) {
    refuseIf(instanceProblem(`${title} volume ${quoted(path)}`, volume, Volume, 'Volume.emptyDir()'));
  }
  instanceOf(`${title} security`, security, Security, 'Security.restricted()');
  const run = { ...runOf(title, options), env, volumes, security };
  const problems = new Problems();
  containerSpecOf(`${title} `, { name: 'command', image, env, volumes, resources: run.resources, security }, problems);
  if (problems.all.length > 0) {
    throw new DeclarationError(problems.all);
  }
  return { kind: 'command', image, command, ...env !== undefined && { env: sourcesOf(env) }, run };
}

/** Reads a migration of pgroll, or throws. */
export function pgrollOf(title: string, options: PgrollOptions): PgrollSpec {
  const { image, name, migration, schema = 'public' } = settingsOf(title, options);
  refuseIf(textProblem(`${title} image`, image) ?? imageProblem(`${title} image`, image));
  // It stands in a search path, and in the name of a file.
  for (const [field, value] of [['name', name], ['schema', schema]] as const) {
    if (!isTextOf(/^[a-z0-9_]+$/, value) || field === 'schema' && !/^[a-z_]/.test(value)) {
      refuse(`${title} ${field} ${quoted(nonEmpty(`${title} ${field}`, value))} must hold lower-case letters, digits and '_' alone${field === 'schema' ? ', a digit not first' : ''}`);
    }
  }
  const version = `${schema}_${name}`;
  if (version.length > LONGEST_NAME) {
    refuse(`${title} name ${quoted(name)} makes the schema ${quoted(version)} of ${version.length} characters; PostgreSQL keeps ${LONGEST_NAME}, so give it a shorter one`);
  }
  if (name === 'settings') {
    refuse(`${title} name "settings" is that of another file beside it; give it another name`);
  }
  checkMigration(`${title} migration`, migration, name);
  return { kind: 'pgroll', image, name, schema, migration, run: { ...runOf(title, options), volumes: {}, security: USER } };
}

function runOf(title: string, { resources = {}, connections = CUSTOMARY_CONNECTIONS }: EngineOptions): Pick<EngineRun, 'resources' | 'connections'> {
  return { resources: settingsOf(`${title} resources`, resources), connections: wholeNumber(`${title} connections`, connections, 1, MOST_CONNECTIONS) };
}

function textsIn(title: string, texts: readonly string[]): readonly string[] {
  return listOf(title, texts).map((text, index) => {
    const name = `${title} ${index + 1}`;
    refuseIf(textProblem(name, text) ?? passwordProblem(name, text));
    return text.includes('\0') ? refuse(`${name} must hold no character of number 0: no program is given one`) : text;
  });
}

/** A URL with a user and a password in it. */
const PASSWORD = /:\/\/[^\s/:@]*:[^\s/@$]+@/;

function passwordProblem(name: string, text: string | undefined): string | undefined {
  return text !== undefined && PASSWORD.test(text) ? `${name} holds a password, and whoever reads a manifest would read it; give it by Env.secretKey(…)` : undefined;
}

function literalOf({ _source: source }: Env): string | undefined {
  return 'value' in source ? source.value : undefined;
}

/** Where values come from, by which two commands are told apart. */
function sourcesOf(env: Readonly<Record<string, Env>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(env).map(([name, { _source }]) => [name, _source]));
}

function checkMigration(title: string, migration: string, name: string): void {
  const bytes = Buffer.byteLength(nonEmpty(title, migration));
  if (bytes > MOST_BYTES) {
    refuse(`${title} is ${bytes} bytes long, and at most ${MOST_BYTES} fit beside the scripts; make several of it`);
  }
  const read = parsed(migration) as { readonly operations?: unknown; readonly name?: unknown; readonly version_schema?: unknown } | null | undefined;
  if (typeof read !== 'object' || read === null || !Array.isArray(read.operations) || read.operations.length === 0) {
    refuse(`${title} must be a migration of pgroll as JSON: an object with a list of operations; convert YAML first`);
  }
  if (read.name !== undefined && read.name !== name) {
    refuse(`${title} calls itself ${quoted(String(read.name))}; give it the name ${quoted(name)}, or leave it out`);
  }
  if (read.version_schema !== undefined) {
    refuse(`${title} holds version_schema, and the program would look for its tables elsewhere; leave it out`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
