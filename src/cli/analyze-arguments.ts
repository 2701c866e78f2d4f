import { Option, type Command } from 'commander';

const ALL = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Gives a command the arguments and options of `analyze`. */
export function asAnalyzeCommand(command: Command): Command {
  return command.description('asks a Prometheus whether a release is good so far, by the analysis among manifests')
    .argument('<paths...>', 'files, folders, globs, or - for standard input; or one file that is the analysis itself')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .option('--name <[namespace/]name>', 'the ConfigMap of the analysis, where there are several')
    .option('-n, --namespace <name>', 'where objects go that name no namespace', 'default')
    .option('--watch', 'measure as often as the analysis says, instead of once; the first metric beyond its limits ends it', false)
    .option('--address <url>', 'ask this Prometheus instead of the one of the analysis')
    .option('--timeout <seconds>', 'the longest that one measurement may take, with all its attempts', '10')
    .option('--bearer-token-file <file>', 'a token to ask with; or ZERO_DOWNTIME_PROMETHEUS_TOKEN')
    .option('--username <name>', 'a user to ask as; or ZERO_DOWNTIME_PROMETHEUS_USERNAME')
    .option('--password-file <file>', 'the password of the user; or ZERO_DOWNTIME_PROMETHEUS_PASSWORD')
    .option('--header <name=value>', 'a header to ask with, such as X-Scope-OrgID=shop (repeatable)', ALL, [])
    .option('--allow-plain-http', 'send credentials unencrypted to another machine', false)
    .addHelpText('after', '\nExit code: 0 Successful, 1 Failed, 3 Inconclusive or Error, 2 bad input, 130 interrupted.');
}
