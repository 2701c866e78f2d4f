import { BadInput } from '../bad-input';
import type { CommandIo } from '../command-io';
import { ExitCode } from '../exit-code';
import { acceptanceOf } from './acceptance';
import { inBaseline, readBaseline } from './baseline';
import type { MigrationsOptions } from './check-arguments';
import { readDatabase } from './database';
import { contentsOf, readSqlFiles } from './input';
import { readQueries } from './queries';
import { holdsFor, readSettingsFile, SETTINGS_FILE, type AcceptedInFiles } from './settings-file';
import { isAtLeast, type Severity } from '../../checks/finding';
import type { Application } from '../../migrations/application/application';
import { checkMigrations, type MigrationsChecked } from '../../migrations/check-migrations';
import type { SqlFinding } from '../../migrations/findings';
import { migrationFilesOf } from '../../migrations/layouts/layout';
import type { MigrationFile } from '../../migrations/migration-file';
import { POSTGRES_VERSIONS } from '../../migrations/postgres-versions';
import { millisecondsOf } from '../../migrations/session';
import { loadSqlParser, type SqlParser } from '../../migrations/sql/sql-parser';
import { quoted } from '../../reading/quoted';
import { renderMigrations } from '../../report/render-migrations';

/** `zero-downtime migrations check`: which statements break or block a version that runs. */
export async function runMigrationsCheck(named: readonly string[], given: MigrationsOptions, io: CommandIo): Promise<ExitCode> {
  const file = readSettingsFile(given.config);
  const options: MigrationsOptions = { ...file.options, ...given };
  const asked = versionOf(options.postgresVersion);
  const accepted = options.ignore.map(acceptanceOf);
  const timeouts = {
    lockTimeout: timeoutOf('--lock-timeout', options.lockTimeout), statementTimeout: timeoutOf('--statement-timeout', options.statementTimeout),
  };
  const files = filesOf(named.length > 0 ? named : file.paths, options, io);
  const parser = loadSqlParser();
  const live = options.database === undefined ? undefined : await readDatabase(options.database, parser);
  const version = asked ?? (live && knownVersion(live.version)) ?? NEWEST;
  const application = applicationOf(options, parser);
  const isComplete = live !== undefined;
  const checked = checkMigrations(files, { version, accepted, ...timeouts, application, catalog: live?.catalog, isComplete }, parser);
  if (checked.problems.length > 0) {
    throw new BadInput(checked.problems);
  }
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const findings = checked.findings.map((finding) => inBaseline(inSettings(finding, file.accepted), baseline));
  const report = reportOf({ ...checked, findings }, files, options.severity ?? 'warning', version);
  io.out(renderMigrations(report, options.format, io.hasColour));
  return report.findings.length > 0 ? ExitCode.FOUND : ExitCode.OK;
}

/** What the versions of the program send, where files say it. */
function applicationOf({ running, next, previous }: MigrationsOptions, parser: SqlParser): Application {
  const read = (path: string | undefined) => path === undefined ? undefined : readQueries(path, parser);
  return { running: read(running), next: read(next), previous: read(previous) };
}

/** A finding, accepted where the settings file says so. */
function inSettings(finding: SqlFinding, accepted: readonly AcceptedInFiles[]): SqlFinding {
  const acceptance = accepted.find((each) => each.ruleId === finding.ruleId && holdsFor(each, finding.source));
  const { reason, by } = acceptance ?? {};
  return reason === undefined || by === undefined || finding.accepted !== undefined ? finding : { ...finding, accepted: { reason, by } };
}

function filesOf(paths: readonly string[], { schema, from, transaction }: MigrationsOptions, io: CommandIo): readonly MigrationFile[] {
  if (paths.length === 0) {
    throw BadInput.of('paths', `nothing is named; name SQL files or folders, or give migrations.paths in ${SETTINGS_FILE}`);
  }
  const read = readSqlFiles(paths, io);
  if (from !== undefined && !read.some(({ source }) => source === from || source.endsWith(`/${from}`))) {
    throw BadInput.of('--from', `${quoted(from)} is none of the files; name the first one that is to be checked`);
  }
  const held = schema === undefined ? undefined : { source: schema, text: textOf(schema), isNamed: true };
  return migrationFilesOf(read, { from, transaction, schema: held });
}

function textOf(path: string): string {
  const contents = contentsOf(path);
  if ('message' in contents) {
    throw BadInput.of(path, contents.message);
  }
  return contents.text;
}

function reportOf({ findings, locks, statements }: MigrationsChecked, files: readonly MigrationFile[], severity: Severity, version: number) {
  const shown = findings.filter((finding) => isAtLeast(finding.severity, severity));
  return {
    findings: shown.filter(({ accepted }) => accepted === undefined),
    accepted: shown.filter(({ accepted }) => accepted !== undefined),
    locks,
    statements,
    files: new Set(files.filter(({ isHistory }) => !isHistory).map(({ source }) => source)).size,
    version,
  };
}

const NEWEST = POSTGRES_VERSIONS[POSTGRES_VERSIONS.length - 1];

function versionOf(text: string | undefined): number | undefined {
  const major = Number(/^(\d+)(?:\.\d+)*$/.exec(text ?? '')?.[1]);
  if (text !== undefined && !POSTGRES_VERSIONS.some((known) => known === major)) {
    throw BadInput.of('--postgres-version', `${quoted(text)} must be a version from ${POSTGRES_VERSIONS[0]} to ${NEWEST}, for example 17`);
  }
  return text === undefined ? undefined : major;
}

/** A server that is newer than what is known is judged as the newest that is. */
function knownVersion(major: number): number {
  if (major < POSTGRES_VERSIONS[0]) {
    throw BadInput.of('--database', `the server is PostgreSQL ${major}, and versions from ${POSTGRES_VERSIONS[0]} are judged`);
  }
  return Math.min(major, NEWEST);
}

function timeoutOf(option: string, text: string | undefined): number | undefined {
  const milliseconds = millisecondsOf(text);
  if (text !== undefined && milliseconds === undefined) {
    throw BadInput.of(option, `${quoted(text)} must be a time as PostgreSQL writes it, for example 2s`);
  }
  return milliseconds;
}
