import { Option, type Command } from 'commander';

const FILE = 'a YAML list of changes, for example: [{ renameColumn: { table: orders, from: payment_status, to: status } }]';

const IGNORE = 'accept what a rule of migrations check says of the SQL, for a reason (repeatable)';
const ALL = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Gives a command the arguments and options of `migrations plan`. */
export function asMigrationsPlanCommand(command: Command): Command {
  return command.description('prints what changes of the schema consist of, phase by phase, as SQL')
    .argument('<changes.yaml>', FILE)
    .option('--ignore <rule=reason>', IGNORE, ALL, [])
    .addOption(format());
}

/** Gives a command the arguments and options of `migrations run`. */
export function asMigrationsRunCommand(command: Command): Command {
  return command.description('takes changes of the schema forward, from wherever they are, so that no running version notices')
    .argument('<changes.yaml>', FILE)
    .requiredOption('--database <url>', 'the server, by its own address: a pooler gives statements to several sessions')
    .addOption(new Option('--to <goal>', 'expanded: both versions find what they need; ready: every row is as the new version wants it; contract: the old shape is gone')
      .choices(['expanded', 'ready', 'contract']).default('ready'))
    .option('--ignore <rule=reason>', IGNORE, ALL, [])
    .option('--batch <time>', 'how long a batch of rows should take, and its rows are locked; 100ms where nothing is said')
    .option('--rest <ratio>', 'rest after each batch, in multiples of the time that it took; 0 where nothing is said')
    .option('--lock-timeout <time>', 'how long a statement that changes the schema waits for its lock before it gives way; 500ms')
    .option('--replica-lag <time>', 'rest while a replica is further behind; 1500ms')
    .option('--lock-waiters <count>', 'rest while more sessions wait for locks; 10')
    .option('--active-sessions <count>', 'rest while more sessions are active; 1000')
    .option('--ignore-nameless', 'sessions that tell no version are somebody else\'s')
    .option('--needs-approval', 'wait for zero-downtime migrations approve before the old shape goes')
    .option('--quiet <time>', 'how long nobody may have written the old shape before it goes; 1h where nothing is said')
    .option('--service <name>', 'the service whose sessions call themselves NAME@EPOCH (application_name)')
    .option('--epoch <number>', 'the first epoch of it that knows the new shape: no session of an older one may be there')
    .addOption(format())
    .addHelpText('after', '\nExit code: 0 done, 1 failed, 2 bad input, 3 the old version may still be there: run it again.');
}

/** Gives a command the arguments and options of `migrations abort`. */
export function asMigrationsAbortCommand(command: Command): Command {
  return command.description('takes changes of the schema back, from wherever they are before contract')
    .argument('<changes.yaml>', FILE)
    .requiredOption('--database <url>', 'the server, by its own address')
    .addOption(format())
    .addHelpText('after', '\nExit code: 0 done, 1 failed, 2 bad input.');
}

/** Gives a command the arguments and options of `migrations baseline`. */
export function asMigrationsBaselineCommand(command: Command): Command {
  return command.description('takes changes of the schema for done, in a database that was made with all of them')
    .argument('<changes.yaml>', FILE)
    .requiredOption('--database <url>', 'the server, by its own address')
    .option('--service <name>', 'the service of which no older version may start there')
    .option('--epoch <number>', 'the first epoch of it that knows the new shape')
    .addOption(format())
    .addHelpText('after', '\nExit code: 0 done, 1 one has begun there already, 2 bad input.');
}

/** Gives a command the arguments and options of `migrations approve`. */
export function asMigrationsApproveCommand(command: Command): Command {
  return command.description('agrees that the old shape of changes goes, where their contract waits for somebody to')
    .argument('<migration...>', 'the names, as migrations status lists them')
    .requiredOption('--database <url>', 'the server')
    .addHelpText('after', '\nExit code: 0 done, 1 there is no such migration, 2 bad input.');
}

/** Gives a command the options of `migrations status`. */
export function asMigrationsStatusCommand(command: Command): Command {
  return command.description('tells where each change of the schema stands, as the database itself remembers')
    .requiredOption('--database <url>', 'the server')
    .addOption(format().choices(['text', 'json', 'prometheus']));
}

function format(): Option {
  return new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text');
}
