import { Option, type Command } from 'commander';
import { SEVERITIES, type Severity } from '../../checks/finding';
import { POSTGRES_VERSIONS } from '../../migrations/postgres-versions';
import { FORMATS, type Format } from '../../report/render-findings';

/** The options of `migrations check`. */
export interface MigrationsOptions {
  readonly format: Format;
  readonly config?: string;
  readonly severity?: Severity;
  readonly postgresVersion?: string;
  readonly schema?: string;
  readonly database?: string;
  readonly from?: string;
  readonly transaction?: 'file' | 'none';
  readonly lockTimeout?: string;
  readonly statementTimeout?: string;
  readonly running?: string;
  readonly next?: string;
  readonly previous?: string;
  readonly baseline?: string;
  readonly ignore: readonly string[];
}

const ALL = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Gives a command the arguments and options of `migrations check`. */
export function asMigrationsCheckCommand(command: Command): Command {
  return command.description('says which statements of PostgreSQL migrations break or block a version that runs, and what to write instead')
    .argument('[paths...]', 'SQL files, folders of migrations, or - for standard input; those of the settings file where none is named')
    .option('--config <file.yaml>', 'a settings file; zero-downtime.yaml of this folder where there is one, and the command line says more than it')
    .addOption(new Option('--format <format>', 'how to print the result').choices([...FORMATS]).default('text'))
    .addOption(new Option('--severity <level>', 'report this severity and worse; warning where nothing is said').choices([...SEVERITIES]))
    .option('--postgres-version <version>', `the oldest server that the migrations run on; that of --database, or else ${POSTGRES_VERSIONS[POSTGRES_VERSIONS.length - 1]}`)
    .option('--schema <file.sql>', 'what the database holds before the first file: pg_dump --schema-only, structure.sql')
    .option('--database <url>', 'read what the database holds before the first file from a live server, which nothing is written to')
    .option('--from <file>', 'the first file that is checked; those before it are only replayed')
    .addOption(new Option('--transaction <how>', 'whether the tool runs each file in a transaction; the layout says it where nothing is said').choices(['file', 'none']))
    .option('--lock-timeout <time>', 'the lock_timeout that the role, the database or the tool sets, for example 2s')
    .option('--statement-timeout <time>', 'the statement_timeout that they set, for example 5s')
    .option('--running <file>', 'what the version that is still running sends, with parameters as $1, or a YAML list of columns: only what it asks for can break it')
    .option('--next <file>', 'what the version that comes sends: all of it must be answered when the migrations are done')
    .option('--previous <file>', 'what the version before the running one sends, where somebody may go back to it')
    .option('--baseline <report.json>', 'accept what an earlier report of --format json found')
    .option('--ignore <rule=reason>', 'accept what a rule says, for a reason (repeatable)', ALL, [])
    .addHelpText('after', '\nExit code: 0 nothing found, 1 findings, 2 bad input.');
}
