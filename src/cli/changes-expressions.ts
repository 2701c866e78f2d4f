import type { Node } from 'libpg-query';
import { Catalog } from '../migrations/catalog/catalog';
import { volatileIn } from '../migrations/catalog/volatility';
import { allOf, as } from '../migrations/sql/node';
import { SqlSyntaxError, type SqlParser } from '../migrations/sql/sql-parser';

/** Why a text is no expression, as the end of a sentence; `steady` ones must give the same value whenever they are worked out. */
export function expressionProblem(text: string, parser: SqlParser, kind: 'steady' | 'any'): string | undefined {
  return problemOf(`SELECT (${text}\n)`, parser, 'must be one expression over the columns of a row', (value) => {
    const found = kind === 'steady' ? volatileIn(value, Catalog.empty()) : undefined;
    return found?.isKnown ? `must give the same value whenever it is worked out, and ${found.function}() does not` : undefined;
  });
}

/** Why a text is no type. */
export function typeProblem(text: string, parser: SqlParser): string | undefined {
  const problem = 'must be a type, for example varchar(20)';
  return problemOf(`SELECT NULL::${text}`, parser, problem, (value) => as(as(value, 'TypeCast')?.arg, 'A_Const')?.isnull === true ? undefined : problem);
}

/** What cannot run within the transaction of a step. */
const RUNS_ALONE = ['VacuumStmt', 'TransactionStmt', 'CreatedbStmt', 'DropdbStmt', 'AlterSystemStmt'];

/** Why a text is no statement, or several, that a step can run. */
export function statementProblem(text: string, parser: SqlParser): string | undefined {
  return parsed(text, parser, (statements) => {
    const isConcurrent = (node: Node) => as(node, 'IndexStmt')?.concurrent === true || as(node, 'DropStmt')?.concurrent === true;
    const alone = statements.find((node) => isConcurrent(node) || RUNS_ALONE.some((kind) => kind in node));
    return alone === undefined ? undefined
      : `cannot run ${isConcurrent(alone) ? 'CONCURRENTLY' : 'in a transaction'}, as each step is one; ${'IndexStmt' in alone ? 'declare it as createIndex' : 'leave it out'}`;
  });
}

/** What a query of one value has, and no more: no text may close its bracket and go on as something else. */
const OF_ONE_VALUE = new Set(['targetList', 'limitOption', 'op']);

function problemOf(sql: string, parser: SqlParser, otherwise: string, judge: (value: Node) => string | undefined): string | undefined {
  return parsed(sql, parser, (statements) => {
    const select = as(statements[0], 'SelectStmt');
    const [column, another] = allOf(select?.targetList, 'ResTarget');
    const isOneValue = statements.length === 1 && select?.op === 'SETOP_NONE' && Object.keys(select).every((key) => OF_ONE_VALUE.has(key))
      && another === undefined && column?.name === undefined;
    return isOneValue && column?.val !== undefined ? judge(column.val) : otherwise;
  });
}

function parsed(sql: string, parser: SqlParser, judge: (statements: readonly Node[]) => string | undefined): string | undefined {
  try {
    return judge(parser.parse(sql));
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) {
      throw error;
    }
    return `is no SQL that PostgreSQL takes (${error.message})`;
  }
}
