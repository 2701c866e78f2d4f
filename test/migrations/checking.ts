import { checkMigrations, type MigrationSettings, type MigrationsChecked } from '../../src/migrations/check-migrations';
import type { MigrationFile } from '../../src/migrations/migration-file';
import { loadSqlParser, type SqlParser } from '../../src/migrations/sql/sql-parser';

/** PostgreSQL's parser. */
export function parser(): SqlParser {
  return loadSqlParser();
}

/** A migration that is checked. */
export function migration(text: string, options: Partial<MigrationFile> = {}): MigrationFile {
  return { source: 'V2.sql', text, isInTransaction: false, isHistory: false, ...options };
}

/** What is found in a migration of tables that were there before. */
export function checked(
  given: string, text: string, settings: Partial<MigrationSettings> = {}, options: Partial<MigrationFile> = {},
): MigrationsChecked {
  return checkMigrations([migration(given, { source: 'V1.sql', isHistory: true }), migration(text, options)], { version: 18, accepted: [], ...settings }, parser());
}

/** The rules that are violated, those that are worth knowing aside, each with the line, in the order of the text. */
export function rulesOf({ findings }: MigrationsChecked): string[] {
  return findings.filter(({ severity }) => severity !== 'info').map(({ ruleId, position }) => `${ruleId}:${position.line}`);
}
