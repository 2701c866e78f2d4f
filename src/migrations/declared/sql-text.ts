import type { Node } from 'libpg-query';
import type { SqlSort } from '../../sql/declared-sql';
import { Catalog } from '../catalog/catalog';
import { volatileIn } from '../catalog/volatility';
import { allOf, as } from '../sql/node';
import { SqlSyntaxError, type SqlParser } from '../sql/sql-parser';

/** Why a text is not what it must be, as the end of a sentence that names it, with what to do. */
export function sqlTextProblem(sort: SqlSort, text: string, parser: SqlParser): string | undefined {
  switch (sort) {
    case 'steady': case 'expression': return expressionProblem(text, parser, sort);
    case 'type': return typeProblem(text, parser);
    case 'table': return tableProblem(text, parser);
    case 'assignments': return assignmentsProblem(text, parser);
    case 'statement': return statementProblem(text, parser);
  }
}

/** Why a text is no expression; `steady` ones must give the same value whenever they are worked out. */
function expressionProblem(text: string, parser: SqlParser, sort: 'steady' | 'expression'): string | undefined {
  return problemOf(`SELECT (${text}\n)`, parser, 'must be one expression over the columns of a row', (value) => {
    const found = sort === 'steady' ? volatileIn(value, Catalog.empty()) : undefined;
    return found?.isKnown ? `must give the same value whenever it is worked out, and ${found.function}() does not; make it of the columns of the row` : undefined;
  });
}

/** Why a text is no type. */
function typeProblem(text: string, parser: SqlParser): string | undefined {
  const problem = 'must be a type, for example varchar(20)';
  return problemOf(`SELECT NULL::${text}\n`, parser, problem, (value) => as(as(value, 'TypeCast')?.arg, 'A_Const')?.isnull === true ? undefined : problem);
}

/** Why a text is no name of a table. */
function tableProblem(text: string, parser: SqlParser): string | undefined {
  return parsed(`SELECT FROM ${text}\n`, parser, (statements) => {
    const select = as(statements[0], 'SelectStmt');
    const [range, another] = select?.fromClause ?? [];
    const { inh, alias } = as(range, 'RangeVar') ?? {};
    const isOneTable = statements.length === 1 && another === undefined && Object.keys(select ?? {}).every((key) => OF_ONE_TABLE.has(key));
    return isOneTable && inh === true && alias === undefined ? undefined : 'must be the name of one table, for example shop.orders';
  });
}

/** Why a text is not what an UPDATE sets. */
function assignmentsProblem(text: string, parser: SqlParser): string | undefined {
  return parsed(`UPDATE t SET ${text}\n`, parser, (statements) => {
    const update = as(statements[0], 'UpdateStmt');
    const isSet = statements.length === 1 && Object.keys(update ?? {}).every((key) => key === 'relation' || key === 'targetList');
    return isSet ? undefined : 'must be what an UPDATE sets, for example total = quantity * price';
  });
}

/** What cannot run within the transaction of a step. */
const RUNS_ALONE = ['VacuumStmt', 'TransactionStmt', 'CreatedbStmt', 'DropdbStmt', 'AlterSystemStmt'];

/** Why a text is no statement, or several, that a step can run. */
function statementProblem(text: string, parser: SqlParser): string | undefined {
  return parsed(`${text}\n`, parser, (statements) => {
    const isConcurrent = (node: Node) => as(node, 'IndexStmt')?.concurrent === true || as(node, 'DropStmt')?.concurrent === true;
    const alone = statements.find((node) => isConcurrent(node) || RUNS_ALONE.some((kind) => kind in node));
    return alone === undefined ? undefined
      : `cannot run ${isConcurrent(alone) ? 'CONCURRENTLY' : 'in a transaction'}, as each step is one; ${'IndexStmt' in alone ? 'declare it as createIndex' : 'leave it out'}`;
  });
}

/** What a query of one value has, and no more: no text may close its bracket and go on as something else. */
const OF_ONE_VALUE = new Set(['targetList', 'limitOption', 'op']);
const OF_ONE_TABLE = new Set([...OF_ONE_VALUE, 'fromClause']);

function problemOf(sql: string, parser: SqlParser, otherwise: string, judge: (value: Node) => string | undefined): string | undefined {
  return parsed(sql, parser, (statements) => {
    const select = as(statements[0], 'SelectStmt');
    const [column, another] = allOf(select?.targetList, 'ResTarget');
    const isOneValue = statements.length === 1 && select?.op === 'SETOP_NONE' && Object.keys(select).every((key) => OF_ONE_VALUE.has(key))
      && another === undefined && column?.name === undefined;
    return isOneValue && column?.val !== undefined ? judge(column.val) : otherwise;
  });
}

/** What comes after the last line of the SQL is ours, and nothing to be told of. */
function parsed(sql: string, parser: SqlParser, judge: (statements: readonly Node[]) => string | undefined): string | undefined {
  try {
    return judge(parser.parse(sql));
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) {
      throw error;
    }
    return `is no SQL that PostgreSQL takes (${error.offset >= sql.lastIndexOf('\n') ? 'it ends too early' : error.message}); correct it`;
  }
}
