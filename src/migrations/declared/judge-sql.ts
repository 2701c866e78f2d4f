import type { JudgeSql } from '../../sql/declared-sql';
import { loadSqlParser } from '../sql/sql-parser';

/** Judges the SQL of migrations that are declared. */
export const judgeSql: JudgeSql = (declared) => {
  // Here and not above: the rules are many files, and most programs declare no migration.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { checkDeclared } = require('./check-declared') as typeof import('./check-declared');
  return checkDeclared(declared, loadSqlParser());
};
