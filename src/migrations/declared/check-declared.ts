import { REMEDIES } from './remedies';
import { sqlTextProblem } from './sql-text';
import { nearestTo } from '../../reading/nearest';
import { quoted } from '../../reading/quoted';
import type { AcceptedSql, DeclaredMigration, DeclaredPhase, DeclaredSql, DeclaredText, DeclaredUnit, JudgedSql } from '../../sql/declared-sql';
import type { Acceptance } from '../acceptance';
import { checkMigrations, type MigrationsChecked, type MigrationSettings } from '../check-migrations';
import type { SqlFinding } from '../findings';
import type { MigrationFile } from '../migration-file';
import { POSTGRES_VERSIONS } from '../postgres-versions';
import type { MigrationRule } from '../rules/rule';
import { MIGRATION_RULES } from '../rules/rules';
import type { SqlParser } from '../sql/sql-parser';

/** Rules about what the running version asks for or was written for; when the old version is gone, none of them is broken. */
const OF_THE_OLD_VERSION = new Set(['drop-column', 'drop-default', 'drop-not-null', 'drop-table']);
/** What goes back is what the running version was written for. */
const OF_THE_NEW_SHAPE = new Set(['drop-default', 'drop-not-null']);

const IDS = MIGRATION_RULES.map(({ id }) => id);
/** What refuses a declaration: what is only worth a thought is asked for by nobody here. */
const RULES = MIGRATION_RULES.filter(({ severity }) => severity !== 'info');
const VERSION = POSTGRES_VERSIONS[POSTGRES_VERSIONS.length - 1];

/** Judges what a release does to a schema: first what was written, then all that is run for it, in the state and at the time at which it is run. */
export function checkDeclared({ migrations, contracts, accepted, acceptedBy }: DeclaredSql, parser: SqlParser): JudgedSql {
  const acceptances = Object.entries(accepted).map(([ruleId, reason]): Acceptance => ({ ruleId, reason, by: 'accept' }));
  const unknown = acceptances.filter(({ ruleId }) => !IDS.includes(ruleId)).map(({ ruleId }) => unknownRule(ruleId));
  const written = [...migrations, ...contracts].flatMap(({ texts }) => textProblems(texts, parser));
  if (written.length > 0) {
    // What is no SQL is none either in the statements that are made of it.
    return { problems: [...unknown, ...written], accepted: [] };
  }
  const check = new Check(acceptances, acceptedBy, parser);
  check.release(migrations, RULES);
  // What was expanded by a release before this one has been judged then.
  check.release(contracts, []);
  return { problems: [...unknown, ...new Set(check.problems)], accepted: check.accepted };
}

function unknownRule(ruleId: string): string {
  const nearest = nearestTo(ruleId, IDS);
  return `Database accept ${quoted(ruleId)} is no rule of migrations; ${nearest === undefined ? 'leave it out' : `did you mean ${quoted(nearest)}?`}`;
}

function textProblems(texts: readonly DeclaredText[], parser: SqlParser): readonly string[] {
  return texts.flatMap(({ title, sort, text }) => {
    const problem = sqlTextProblem(sort, text, parser);
    return problem === undefined ? [] : [`${title} ${quoted(text)} ${problem}`];
  });
}

/** The phases of a release, and what of each migration happens at another time. */
class Check {
  readonly problems: string[] = [];
  readonly accepted: AcceptedSql[] = [];

  constructor(
    private readonly acceptances: readonly Acceptance[], private readonly acceptedBy: DeclaredSql['acceptedBy'], private readonly parser: SqlParser,
  ) {}

  /** What is done before the new version starts; and from there, what is done when the old one is gone, and what goes back. */
  release(migrations: readonly DeclaredMigration[], rules: readonly MigrationRule[]): void {
    const expanded = this.run(migrations.flatMap((migration) => of(migration, BEFORE)), { rules });
    for (const migration of migrations) {
      this.run(of(migration, ['contract']), { catalog: expanded.catalog, rules: without(OF_THE_OLD_VERSION) });
      this.run(of(migration, ['abort']), { ...expanded, rules: without(OF_THE_NEW_SHAPE) });
    }
  }

  private run(units: readonly DeclaredUnit[], state: Pick<MigrationSettings, 'catalog' | 'release' | 'rules'>): Pick<MigrationsChecked, 'catalog' | 'release'> {
    const settings = { version: VERSION, accepted: this.acceptances, ...state };
    const { findings, problems, catalog, release } = checkMigrations(units.map(fileOf), settings, this.parser);
    for (const { source, message } of problems) {
      const { title, sql } = units[Number(source)];
      this.problems.push(`${title} ${quoted(sql)} is no SQL that PostgreSQL takes (${message})`);
    }
    findings.forEach((finding) => this.tell(finding, units[Number(finding.source)]));
    return { catalog, release };
  }

  /** What the library has accepted of its own statements is no news. */
  private tell({ line, ruleId, message, fix, accepted }: SqlFinding, { title, isWritten }: DeclaredUnit): void {
    const text = `${title} ${quoted(line.trim())} breaks ${ruleId}: ${message}`;
    if (accepted === undefined) {
      const remedy = isWritten ? REMEDIES[ruleId] ?? fix : fix;
      const acceptance = isWritten ? `the comment -- zero-downtime/accepted.${ruleId}: REASON before it` : this.acceptedBy(ruleId);
      this.problems.push(`${text}; ${remedy}, or accept it by ${acceptance}`);
    } else if (isWritten || accepted.by === 'accept') {
      this.accepted.push({ ruleId, text, reason: accepted.reason });
    }
  }
}

const BEFORE: readonly DeclaredPhase[] = ['expand', 'backfill', 'verify', 'complete'];

function without(ids: ReadonlySet<string>): readonly MigrationRule[] {
  return RULES.filter(({ id }) => !ids.has(id));
}

function of({ units }: DeclaredMigration, phases: readonly DeclaredPhase[]): readonly DeclaredUnit[] {
  return units.filter(({ phase }) => phases.includes(phase));
}

/** Each unit is a file of its own, called by its place, and is sent as it is: no backslash in it is a command of psql's. */
function fileOf({ phase, sql, isInTransaction, lockTimeout }: DeclaredUnit, index: number): MigrationFile {
  const embedded = [{ text: sql, offsetOf: (at: number) => at, comments: [] }];
  return { source: String(index), text: sql, embedded, isInTransaction, isHistory: false, lockTimeout, release: phase === 'contract' ? 'contract' : 'expand' };
}
