import { changeOf, checkEngines, engineOf, pgrollFilesOf, searchPathOf } from './plan-engines';
import { type PlannedJobs, type PlannedMigration, type PlannedSchema, type PlannedWait, WAIT_CONTAINER } from './planned-schema';
import { COMMAND_FILES, jobFilesOf, WAIT_FILES } from '../../expand-contract/job/job-files';
import { nameOf } from '../../expand-contract/phases/name';
import type { DeclaredPhases } from '../../expand-contract/phases/phases';
import { phasesOf } from '../../expand-contract/phases/phases-of';
import { paced, paceProblems } from '../../expand-contract/run/pace';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../expand-contract/run/settings';
import type { SchemaSpec } from '../../spec/migration/schema-spec';
import { quoted } from '../../spec/values';
import type { Amount } from '../amount';
import { atLeast } from '../bound';
import { configMapNameOf, type PlannedConfigMap } from '../config-maps';
import type { Context } from '../context';

/** A CronJob's name is at most 52 characters, and the longest is `<service>-backfill`. */
const LONGEST_NAME = 52 - '-backfill'.length;
/** Room for a statement that waits for its lock, again and again. */
const CUSTOMARY_DEADLINE = 900;

/** Decides how the schema changes with this release, and what waits for it. */
export function planSchema(context: Context): PlannedSchema | undefined {
  const { spec, ledger } = context;
  const schema = spec.database?._schema;
  if (schema === undefined) {
    return undefined;
  }
  const sessionName = `${spec.name}@${schema.epoch}`;
  ledger.require('program', `its sessions are called ${sessionName} (application_name): PGAPPNAME says so, and a driver that does not read it, such as JDBC's, is told in its URL`);
  if (schema.url === undefined) {
    return { sessionName };
  }
  checkNames(context);
  checkEngines(schema, context);
  paceProblems(schema.pace, (key) => `Database pace ${key}`).forEach((problem) => ledger.problem(problem));
  const migrations = stepsOf('migrations', schema, context);
  const contracts = stepsOf('contracts', schema, context);
  for (const { name } of contracts.filter((contract) => migrations.some((migration) => migration.name === contract.name))) {
    ledger.problem(`Database contracts ${quoted(name)} is among migrations too; contract it in a later release, when no version needs the old shape`);
  }
  // What a command drops in the end no version waits for; all else was expanded before.
  const wait = waitOf(context, schema, [...migrations, ...contracts.filter(({ engine }) => engine?.script !== 'command.sh')]);
  if (migrations.length + contracts.length === 0) {
    return { sessionName, wait };
  }
  requireOfEngines(schema, [...migrations, ...contracts], context);
  ledger.require('cluster', 'the Secret of the database\'s URL is there before the Jobs: with Argo CD in a sync wave of -2 or before, or from elsewhere');
  const migratesWithin = ledger.assume('migratesWithin', schema.migratesWithin, 'longest that the pods of a new version wait for the migrations');
  const jobs = jobsOf({ context, schema, migratesWithin, migrations, contracts });
  return { sessionName, searchPath: searchPathOf(schema), wait, migratesWithin, jobs };
}

function checkNames({ spec, ledger }: Context): void {
  if (spec.name.length > LONGEST_NAME) {
    ledger.problem(`name ${quoted(spec.name)} must be at most ${LONGEST_NAME} characters with migrations: Kubernetes takes 52 in the name of a CronJob`);
  }
  if ([spec.container, ...spec.initContainers, ...spec.sidecars].some(({ name }) => name === WAIT_CONTAINER)) {
    ledger.problem(`container name ${quoted(WAIT_CONTAINER)} is that of the container that waits for migrations; give it another name`);
  }
}

/** A migration with its phases, for the scripts, and with the engine that does some of them. */
interface Step extends PlannedMigration {
  readonly phases: DeclaredPhases;
}

function stepsOf(field: 'migrations' | 'contracts', schema: SchemaSpec, { ledger }: Context): Step[] {
  const steps = schema[field].map((spec): Step => {
    const change = changeOf(spec, field);
    const name = nameOf(change);
    return { name, phases: phasesOf(name, change), engine: engineOf(spec, name, field, schema.url!) };
  });
  const names = steps.map(({ name }) => name);
  for (const twice of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    ledger.problem(`Database ${field} hold ${quoted(twice)} twice; declare it once`);
  }
  return steps;
}

function requireOfEngines(schema: SchemaSpec, steps: readonly Step[], { ledger }: Context): void {
  for (const { name } of steps.filter(({ engine }) => engine?.script === 'command.sh')) {
    ledger.require('program', `the command ${name} may be ended at any moment, and run again`);
  }
  const searchPath = searchPathOf(schema);
  if (searchPath !== undefined) {
    ledger.require('program', `it finds its tables by the search path ${searchPath}: PGOPTIONS says so, and a driver that does not read it, such as JDBC's, is told in its URL`);
  }
}

function waitOf({ spec }: Context, schema: SchemaSpec, needed: readonly Step[]): PlannedWait {
  const names = `{${needed.map(({ name }) => name).join(',')}}`;
  return {
    url: schema.waitUrl!,
    image: schema.image,
    args: [spec.name, String(schema.epoch), names, String(schema.expandedIsEnough)],
    configMap: configMapOf(spec.name, 'schema-wait', WAIT_FILES),
  };
}

interface JobsQuestion {
  readonly context: Context;
  readonly schema: SchemaSpec;
  readonly migratesWithin: Amount;
  readonly migrations: readonly Step[];
  readonly contracts: readonly Step[];
}

function jobsOf({ context: { spec, ledger }, schema, migratesWithin, migrations, contracts }: JobsQuestion): PlannedJobs {
  const { quietSeconds, epoch, needsApproval, namelessIsOld, pace } = schema;
  const settings = paced({ ...DEFAULT_RUN_SETTINGS, quiet: `${quietSeconds}s`, service: spec.name, epoch, needsApproval, namelessIsOld }, pace);
  const expandDeadline = ledger.decide({
    name: 'expandDeadline',
    unit: 's',
    preferred: CUSTOMARY_DEADLINE,
    bounds: [
      atLeast(migratesWithin, {
        because: 'an index that is being built is begun again from nothing',
        source: 'Kubernetes: activeDeadlineSeconds ends the pod, whatever it waits for',
      }),
    ],
  });
  return {
    url: schema.url!,
    image: schema.image,
    migrations: migrations.map(plannedOf),
    contracts: contracts.map(plannedOf),
    expandDeadline,
    configMap: configMapOf(spec.name, 'migrations', filesOf(schema, [...migrations, ...contracts], settings)),
  };
}

function plannedOf({ name, engine }: Step): PlannedMigration {
  return engine === undefined ? { name } : { name, engine };
}

function filesOf({ migrations, contracts }: SchemaSpec, steps: readonly Step[], settings: RunSettings): Readonly<Record<string, string>> {
  return {
    ...jobFilesOf(steps.map(({ phases }) => phases), settings),
    ...steps.some(({ engine }) => engine !== undefined) && COMMAND_FILES,
    ...pgrollFilesOf([...migrations, ...contracts]),
  };
}

function configMapOf(service: string, word: string, data: Readonly<Record<string, string>>): PlannedConfigMap {
  return { name: configMapNameOf(service, word, data), data };
}
