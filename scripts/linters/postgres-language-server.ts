import { writeFileSync } from 'fs';
import { join } from 'path';
import { fromNpm } from './installed';
import type { OtherLinter } from './other-linter';
import { jsonOf } from './program';
import { RuleChoice } from './rule-choice';
import { warnedIn, type Warning } from './statement-files';
import type { Judged } from '../../test/support/migrations/judge';
import { PostgresServer } from '../../test/support/postgres/server';

const VERSION = '0.25.5';

/** By the pages of its rules, of which most have squawk's for their source. All of them are turned on, those too that are not recommended. */
const RULES = new RuleChoice('postgres-language-server', [
  'addSerialColumn', 'addingFieldWithDefault', 'addingForeignKeyConstraint', 'addingNotNullField', 'addingPrimaryKeyConstraint', 'addingRequiredField',
  'avoidAddingExclusionConstraint', 'avoidAttachingPartition', 'banVacuumFull', 'changingColumnType', 'concurrentRefreshMatviewLock',
  'constraintMissingNotValid', 'disallowUniqueConstraint', 'requireConcurrentIndexCreation', 'requireConcurrentRefreshMatview', 'requireConcurrentReindex',
], [
  'avoidAlterEnumAddValue', 'avoidCreateTrigger', 'avoidEnableDisableTrigger', 'avoidWideLockWindow', 'banCharField',
  'banConcurrentIndexCreationInTransaction', 'banDeleteWithoutWhere', 'banDropColumn', 'banDropDatabase', 'banDropNotNull', 'banDropSchema', 'banDropTable',
  'banDropTrigger', 'banTruncate', 'banTruncateCascade', 'banUpdateWithoutWhere', 'creatingEnum', 'lockTimeoutWarning', 'multipleAlterTable',
  'preferBigInt', 'preferBigintOverInt', 'preferBigintOverSmallint', 'preferIdentity', 'preferJsonb', 'preferRobustStmts', 'preferTextField',
  'preferTimestamptz', 'renamingColumn', 'renamingTable', 'requireConcurrentDetachPartition', 'requireConcurrentIndexDeletion',
  'requireIdleInTransactionTimeout', 'requireSeparateConstraintValidation', 'requireStatementTimeout', 'runningStatementWhileHoldingAccessExclusive',
  'transactionNesting',
]);

const LINT = 'lint/safety/';

interface Report {
  readonly diagnostics: ReadonlyArray<{ readonly category: string; readonly location: { readonly path: string } }>;
}

/** The rules for migrations of the Postgres Language Server, as npm has it. It reads its catalog from a database. */
export class PostgresLanguageServer implements OtherLinter {
  static install(): PostgresLanguageServer {
    return new PostgresLanguageServer(fromNpm('@postgres-language-server/cli', VERSION, 'postgres-language-server'));
  }

  readonly version = VERSION;
  readonly given = 'a server of the version, with the tables, unless it is 11, whose catalog it cannot read';

  private constructor(private readonly program: string) {}

  async hazardsOf(judged: readonly Judged[], major: number): Promise<readonly boolean[]> {
    const server = await PostgresServer.start(major);
    try {
      const warned = new Map<Judged, boolean>();
      for (const [index, given] of [...new Set(judged.map(({ group }) => group.given))].entries()) {
        const database = await made(server, `given_${index}`, given);
        const those = judged.filter(({ group }) => group.given === given);
        const hazards = warnedIn(those.map(({ statement }) => statement), RULES, (folder) => this.warningsIn(folder, server, database));
        those.forEach((each, place) => warned.set(each, hazards[place]));
      }
      return judged.map((each) => warned.get(each) === true);
    } finally {
      await server.stop();
    }
  }

  private warningsIn(folder: string, server: PostgresServer, database: string): readonly Warning[] {
    writeFileSync(join(folder, 'postgres-language-server.jsonc'), JSON.stringify({
      linter: { enabled: true, rules: { recommended: false, safety: { all: true } } },
      typecheck: { enabled: false },
      plpgsqlCheck: { enabled: false },
      db: { host: server.folder, port: 5432, username: 'postgres', password: '', database },
    }));
    const { diagnostics } = jsonOf<Report>(this.program, ['check', '--reporter', 'json', '--max-diagnostics', 'none', '.'], folder);
    return diagnostics.filter(({ category }) => category.startsWith(LINT))
      .map(({ category, location: { path } }) => ({ file: path.replace(/^\.\//, ''), rule: category.slice(LINT.length) }));
  }
}

/** Makes a database that has the tables of a group, and gives its name. */
async function made(server: PostgresServer, database: string, given: string): Promise<string> {
  await (await server.connect()).query(`CREATE DATABASE ${database}`);
  await (await server.connect(database)).query(given);
  return database;
}
