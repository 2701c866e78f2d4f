import type { PlannedEngine } from './planned-schema';
import type { Change } from '../../expand-contract/phases/change';
import { nameOf } from '../../expand-contract/phases/name';
import type { OutsideChange } from '../../expand-contract/phases/outside-change';
import { Env } from '../../spec/env';
import type { CommandSpec, PgrollSpec } from '../../spec/migration/engines';
import type { MigrationSpec } from '../../spec/migration/migration';
import type { SchemaSpec } from '../../spec/migration/schema-spec';
import { quoted } from '../../spec/values';
import type { Context } from '../context';

type Field = 'migrations' | 'contracts';
type Engine = CommandSpec | PgrollSpec;

/** A Job takes 20 rules of how its pods may fail, and each script has one of its own. */
const MOST_ENGINES = 10;

/** What the ledger is told of a migration: how its container is run is nothing that it knows. */
export function changeOf(spec: MigrationSpec, field: Field): Change | OutsideChange {
  if (!isEngine(spec)) {
    return spec;
  }
  const { run: _, ...change } = spec;
  return change.kind === 'command' && field === 'contracts' ? { ...change, contracts: true } : change;
}

/** What a container of another engine is made of, or nothing where the ledger does it all. */
export function engineOf(spec: MigrationSpec, name: string, field: Field, url: Env): PlannedEngine | undefined {
  if (!isEngine(spec)) {
    return undefined;
  }
  const { image, run: { env = { DATABASE_URL: url }, volumes, resources, security, connections } } = spec;
  const settings = { image, volumes, resources, security, connections };
  // The name of its sessions, by which the ledger sees that it is being run.
  const named = { PGAPPNAME: Env.value(name) };
  return spec.kind === 'command' ? { ...settings, script: 'command.sh', args: [name, ...spec.command], env: { ...named, ...env } } : {
    ...settings,
    script: 'pgroll.sh',
    args: [name, field === 'migrations' ? 'start' : 'complete', spec.name],
    env: { ...named, PGROLL_PG_URL: url, PGROLL_SCHEMA: Env.value(spec.schema) },
  };
}

/** The files of pgroll's migrations, by their names. */
export function pgrollFilesOf(specs: readonly MigrationSpec[]): Readonly<Record<string, string>> {
  return Object.fromEntries(specs.flatMap((spec) => spec.kind === 'pgroll' ? [[`${spec.name}.json`, spec.migration]] : []));
}

/** The schema in which pgroll shows the program its tables. */
export function searchPathOf({ migrations, contracts }: SchemaSpec): string | undefined {
  const spec = [...migrations, ...contracts].find(({ kind }) => kind === 'pgroll') as PgrollSpec | undefined;
  return spec && `${spec.schema}_${spec.name}`;
}

/** What engines of a release cannot do beside each other, and what they can be given. */
export function checkEngines({ migrations, contracts }: SchemaSpec, { spec: { configMaps }, ledger }: Context): void {
  const commands = { migrations: migrations.filter(isEngine), contracts: contracts.filter(isEngine) };
  for (const [field, engines] of Object.entries(commands)) {
    if (engines.length > MOST_ENGINES) {
      ledger.problem(`Database ${field} hold ${engines.length} commands of other engines; a Job holds at most ${MOST_ENGINES}, so let one engine run several of them`);
    }
  }
  const all = [...commands.migrations, ...commands.contracts];
  const ofPgroll = all.filter(({ kind }) => kind === 'pgroll').length;
  if (ofPgroll > 1) {
    ledger.problem(`Database migrations and contracts hold ${ofPgroll} migrations of pgroll, which has one under way at a time; declare one in a release, and contract it in the next`);
  }
  const before = commands.migrations.map((each) => nameOf(changeOf(each, 'migrations')));
  for (const each of commands.contracts.filter(({ kind }) => kind === 'command')) {
    const name = nameOf(changeOf(each, 'migrations'));
    if (before.includes(name)) {
      ledger.problem(`Database contracts hold the command ${quoted(name)}, which is among migrations too; what drops the old shape is another command`);
    }
  }
  for (const { word, usedBy } of all.flatMap(configsOf).filter((each) => Object.hasOwn(configMaps, each.word))) {
    ledger.problem(`Migration.command ${usedBy} is of configMaps ${quoted(word)}, which is made after the Job; give the value by Env.value, or a ConfigMap of External.configMap`);
  }
}

/** The ConfigMaps that an engine refers to. */
function configsOf({ run: { env = {}, volumes } }: Engine): readonly { readonly word: string; readonly usedBy: string }[] {
  return [
    ...Object.entries(env).flatMap(([name, { _source }]) => _source.kind === 'config-key' ? [{ word: _source.name, usedBy: `env ${quoted(name)}` }] : []),
    ...Object.entries(volumes).flatMap(([path, { _source }]) => _source.kind === 'config' ? [{ word: _source.name, usedBy: `volume ${quoted(path)}` }] : []),
  ];
}

function isEngine(spec: MigrationSpec): spec is Engine {
  return spec.kind === 'command' || spec.kind === 'pgroll';
}
