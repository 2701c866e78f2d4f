import { engineContainer, scriptContainer } from './script-container';
import type { PlannedJobs, PlannedMigration } from '../../plan/migrations/planned-schema';
import type { ContainerSpec } from '../../spec/container-spec';
import { Volume } from '../../spec/volume';

/** What a Job is for, as the goals that its scripts are told. */
export interface Purpose {
  /** Up to where each migration is taken in its turn. */
  readonly upTo: string;
  /** By which it is asked whether a command is due, and told that one has ended. */
  readonly due: string;
  readonly ended: string;
  /** Up to where all of them are taken in the end, if any further. */
  readonly last?: string;
}

/** The containers of a pod, in the order in which they run. */
export interface JobContainers {
  readonly inits: readonly ContainerSpec[];
  readonly main: ContainerSpec;
  /** Those that end with 42 where nobody but a person can help: what another engine means by it nobody knows. */
  readonly scripts: readonly string[];
}

const MAIN = 'migration';

/**
 * The containers that take migrations up to a goal, in the declared order: one script where the ledger does all of it; where other engines have a
 * part, each in its own image, with a script in front that asks whether it is due, and one behind that tells the ledger that it has ended.
 */
export function jobContainersOf(service: string, jobs: PlannedJobs, migrations: readonly PlannedMigration[], purpose: Purpose): JobContainers {
  const isLent = migrations.some(({ engine }) => engine !== undefined);
  const shared = isLent ? Volume.emptyDir() : undefined;
  const script = (name: string, args: readonly string[], file = 'run.sh') => scriptContainer({ ...jobs, name, service, script: file, args, shared });
  const inits: ContainerSpec[] = isLent ? [script('lend-shell', [], 'lend.sh')] : [];
  const scripts = inits.map(({ name }) => name);
  let words: string[] = [];
  let waiting: string[] = [];
  for (const { name, engine } of migrations) {
    if (engine === undefined) {
      waiting.push(name);
      continue;
    }
    const asking = script(`before-${name}`, [...words, ...groupOf(purpose.upTo, waiting), purpose.due, name]);
    inits.push(asking, engineContainer({ name, engine, configMap: jobs.configMap, shared: shared! }));
    scripts.push(asking.name, ...engine.script === 'pgroll.sh' ? [name] : []);
    words = [purpose.ended, name];
    // What a migration has besides its command.
    waiting = [name];
  }
  const end = groupOf(purpose.last, migrations.map(({ name }) => name));
  const args = isLent ? [...words, ...groupOf(purpose.upTo, waiting), ...end]
    : [[purpose.upTo, ...purpose.last === undefined ? [] : [purpose.last]].join(' '), ...migrations.map(({ name }) => name)];
  return { inits, main: script(MAIN, args), scripts: [...scripts, MAIN] };
}

function groupOf(goal: string | undefined, names: readonly string[]): readonly string[] {
  return goal === undefined || names.length === 0 ? [] : [goal, ...names];
}
