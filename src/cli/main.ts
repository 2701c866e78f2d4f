import { Command, CommanderError, Option } from 'commander';
import { asAnalyzeCommand } from './analyze-arguments';
import type { AnalyzeOptions } from './analyze-command';
import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { COMMANDS } from './commands';
import { ExitCode } from './exit-code';
import type { ApproveOptions } from './migrations/approve-command';
import { asMigrationsCheckCommand, type MigrationsOptions } from './migrations/check-arguments';
import type { PlanOptions } from './migrations/plan-command';
import {
  asMigrationsAbortCommand, asMigrationsApproveCommand, asMigrationsBaselineCommand, asMigrationsPlanCommand, asMigrationsRunCommand,
  asMigrationsStatusCommand,
} from './migrations/run-arguments';
import type { RunOptions } from './migrations/run-command';
import type { StatusOptions } from './migrations/status-command';
import type { ReleaseOptions } from './promote-command';
import { SEVERITIES } from '../checks/finding';
import { DEFAULT_KUBERNETES_VERSION } from '../checks/settings-from';
import { problemText } from '../reading/input-problem';
import { FORMATS } from '../report/render-findings';
import { VERSION } from '../report/version';

const ALL = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Runs the command line; resolves to its exit code, and never throws for a user's mistake. */
export async function main(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  let code = ExitCode.OK;
  const program = programOf(io, (exitCode) => { code = exitCode; });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return exitCodeAfter(error, io);
  }
}

function exitCodeAfter(error: unknown, io: CommandIo): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.OK : ExitCode.BAD_INPUT;
  }
  if (error instanceof BadInput) {
    io.error(`${error.problems.map(problemText).join('\n')}\n`);
    return ExitCode.BAD_INPUT;
  }
  throw error;
}

function programOf(io: CommandIo, ended: (code: ExitCode) => void): Command {
  const program = new Command('zero-downtime')
    .description('Says whether a release of Kubernetes manifests can drop a request, and shows how.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.error })
    .showHelpAfterError('(add --help for what there is)');
  judging(program.command('check'), 'holds every rule against manifests')
    .addOption(new Option('--severity <level>', 'report this severity and worse').choices([...SEVERITIES]).default('warning'))
    .addHelpText('after', '\nExit code: 0 nothing found, 1 findings, 2 bad input.')
    .action((paths: string[], options) => ended(COMMANDS.check().runCheck(paths, options, io)));
  judging(program.command('verify'), 'proves that no release of manifests drops a request, or shows one that does')
    .option('--timeline <file.svg>', 'draw the counterexample, or the release where there is none')
    .addHelpText('after', '\nExit code: 0 every workload PROVED, 1 any REFUTED, 3 otherwise any UNKNOWN, 2 bad input.')
    .action((paths: string[], options) => ended(COMMANDS.verify().runVerify(paths, options, io)));
  program.command('explain').description('explains a rule or an assumption; without a name, lists them')
    .argument('[name]', 'the id of a rule, or the key of an assumption')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json', 'markdown']).default('text'))
    .action((name: string | undefined, options: { format: 'text' | 'json' | 'markdown' }) => {
      ended(COMMANDS.explain().runExplain(name, options.format, io));
    });
  asAnalyzeCommand(program.command('analyze'))
    .action(async (paths: string[], options: AnalyzeOptions) => ended(await COMMANDS.analyze().runAnalyze(paths, options, io)));
  releasing(program.command('promote'), 'leads a release without a controller forward, to a share or to its end')
    .addOption(new Option('--weight <percent>', 'as far as this share of the release'))
    .addOption(new Option('--step <name>', 'this step alone'))
    .action(async (paths: string[], options: ReleaseOptions) => ended(await COMMANDS.promote().runPromote(paths, options, io)));
  releasing(program.command('rollback'), 'leads a release without a controller back, whatever it has reached')
    .action(async (paths: string[], options: ReleaseOptions) => ended(await COMMANDS.rollback().runRollback(paths, options, io)));
  const migrations = program.command('migrations').description('judges migrations of a PostgreSQL database, and runs changes of its schema in phases');
  asMigrationsCheckCommand(migrations.command('check'))
    .action(async (paths: string[], options: MigrationsOptions) => ended(await COMMANDS.migrationsCheck().runMigrationsCheck(paths, options, io)));
  asMigrationsPlanCommand(migrations.command('plan'))
    .action(async (path: string, options: PlanOptions) => ended(await COMMANDS.migrationsPlan().runMigrationsPlan(path, options, io)));
  asMigrationsRunCommand(migrations.command('run'))
    .action(async (path: string, options: RunOptions) => ended(await COMMANDS.migrationsRun().runMigrations(path, options, io)));
  asMigrationsAbortCommand(migrations.command('abort'))
    .action(async (path: string, options: RunOptions) => ended(await COMMANDS.migrationsRun().runMigrations(path, { ...options, to: 'abort' }, io)));
  asMigrationsBaselineCommand(migrations.command('baseline'))
    .action(async (path: string, options: RunOptions) => ended(await COMMANDS.migrationsRun().runMigrations(path, { ...options, to: 'baseline' }, io)));
  asMigrationsApproveCommand(migrations.command('approve'))
    .action(async (names: string[], options: ApproveOptions) => ended(await COMMANDS.migrationsApprove().runMigrationsApprove(names, options, io)));
  asMigrationsStatusCommand(migrations.command('status'))
    .action(async (options: StatusOptions) => ended(await COMMANDS.migrationsStatus().runMigrationsStatus(options, io)));
  [...program.commands, ...migrations.commands].forEach((command) => command.exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.error }));
  return program;
}

function judging(command: Command, description: string): Command {
  return command.description(description)
    .argument('<paths...>', 'files, folders, globs, or - for standard input')
    .addOption(new Option('--format <format>', 'how to print the result').choices([...FORMATS]).default('text'))
    .option('--kubernetes-version <version>', 'the oldest Kubernetes that the manifests must work on', DEFAULT_KUBERNETES_VERSION)
    .option('--assume <key=value|file>', 'what manifests do not show; [namespace/name:]key=value, or a YAML file of such (repeatable)', ALL, [])
    .option('--ignore <rule=reason>', 'ignore a rule, for a reason (repeatable)', ALL, [])
    .option('-n, --namespace <name>', 'where objects go that name no namespace', 'default');
}

function releasing(command: Command, description: string): Command {
  return command.description(description)
    .argument('<paths...>', 'the folder of the release\'s steps')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .option('--context <name>', 'a context of the kubeconfig; the current one where nothing is said')
    .option('-n, --namespace <name>', 'where objects are that name no namespace; that of the context where nothing is said')
    .option('--dry-run', 'print what would be done, and ask no cluster')
    .addHelpText('after', '\nExit code: 0 done, 1 the cluster did not get there in time, 2 bad input, 3 stopped: run it again.');
}
