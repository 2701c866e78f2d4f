import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { inBaseline, readBaseline } from './migrations-baseline';
import { readDatabase } from './migrations-database';
import { contentsOf, readSqlFiles } from './migrations-input';
import { POSTGRES_VERSIONS } from './postgres-versions';
import { isAtLeast, type Severity } from '../checks/finding';
import type { Acceptance } from '../migrations/acceptance';
import { queriesOf, type Query } from '../migrations/application/application';
import { checkMigrations, type MigrationsChecked } from '../migrations/check-migrations';
import { migrationFilesOf } from '../migrations/layouts/layout';
import type { MigrationFile } from '../migrations/migration-file';
import { MIGRATION_RULES } from '../migrations/rules/rules';
import { millisecondsOf } from '../migrations/session';
import { loadSqlParser, type SqlParser } from '../migrations/sql/sql-parser';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';
import type { Format } from '../report/render-findings';
import { renderMigrations } from '../report/render-migrations';

/** The options of `migrations check`. */
export interface MigrationsOptions {
  readonly format: Format;
  readonly severity: Severity;
  readonly postgresVersion?: string;
  readonly schema?: string;
  readonly database?: string;
  readonly from?: string;
  readonly transaction?: 'file' | 'none';
  readonly lockTimeout?: string;
  readonly running?: string;
  readonly next?: string;
  readonly baseline?: string;
  readonly ignore: readonly string[];
}

/** `zero-downtime migrations check`: which statements break or block a version that runs. */
export async function runMigrationsCheck(paths: readonly string[], options: MigrationsOptions, io: CommandIo): Promise<ExitCode> {
  const asked = versionOf(options.postgresVersion);
  const accepted = options.ignore.map(acceptanceOf);
  const lockTimeout = timeoutOf(options.lockTimeout);
  const files = filesOf(paths, options, io);
  const parser = await loadSqlParser();
  const live = options.database === undefined ? undefined : await readDatabase(options.database, parser);
  const version = asked ?? (live && knownVersion(live.version)) ?? NEWEST;
  const application = { running: queriesIn(options.running, parser), next: queriesIn(options.next, parser) };
  const settings = { version, accepted, lockTimeout, application, catalog: live?.catalog, isComplete: live !== undefined };
  const checked = checkMigrations(files, settings, parser);
  if (checked.problems.length > 0) {
    throw new BadInput(checked.problems);
  }
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const findings = checked.findings.map((finding) => inBaseline(finding, baseline));
  const report = reportOf({ ...checked, findings }, files, options.severity, version);
  io.out(renderMigrations(report, options.format, io.hasColour));
  return report.findings.length > 0 ? ExitCode.FOUND : ExitCode.OK;
}

function filesOf(paths: readonly string[], { schema, from, transaction }: MigrationsOptions, io: CommandIo): readonly MigrationFile[] {
  const read = readSqlFiles(paths, io);
  if (from !== undefined && !read.some(({ source }) => source === from || source.endsWith(`/${from}`))) {
    throw BadInput.of('--from', `${quoted(from)} is none of the files; name the first one that is to be checked`);
  }
  const files = migrationFilesOf(read, { from, transaction });
  return schema === undefined ? files : [schemaOf(schema), ...files];
}

/** What a version of the program sends, where a file says it. */
function queriesIn(path: string | undefined, parser: SqlParser): readonly Query[] | undefined {
  if (path === undefined) {
    return undefined;
  }
  const { queries, problems } = queriesOf(path, textOf(path), parser);
  if (problems.length > 0) {
    throw new BadInput(problems);
  }
  return queries;
}

function textOf(path: string): string {
  const contents = contentsOf(path);
  if ('message' in contents) {
    throw BadInput.of(path, contents.message);
  }
  return contents.text;
}

function schemaOf(path: string): MigrationFile {
  return { source: path, text: textOf(path), isHistory: true, isInTransaction: false };
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

function timeoutOf(text: string | undefined): number | undefined {
  const milliseconds = millisecondsOf(text);
  if (text !== undefined && milliseconds === undefined) {
    throw BadInput.of('--lock-timeout', `${quoted(text)} must be a time as PostgreSQL writes it, for example 2s`);
  }
  return milliseconds;
}

function acceptanceOf(text: string): Acceptance {
  const [ruleId, reason] = [text.split('=')[0].trim(), text.slice(text.indexOf('=') + 1).trim()];
  const ids = MIGRATION_RULES.map(({ id }) => id);
  if (!ids.includes(ruleId)) {
    throw BadInput.of('--ignore', `${quoted(ruleId)} is no rule for migrations${didYouMean(ruleId, ids)}`);
  }
  if (!text.includes('=') || reason === '') {
    throw BadInput.of('--ignore', `${quoted(text)} must give a reason: ${ruleId}=REASON`);
  }
  return { ruleId, reason, by: '--ignore' };
}
