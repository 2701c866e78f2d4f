import type { Node } from 'libpg-query';
import type { Relation } from '../catalog/relation';
import { as, namesOf } from '../sql/node';

/** Whether a validated CHECK of a table says that a column is not null, so that no row need be read. */
export function isNotNullImplied(relation: Relation | undefined, column: string): boolean {
  return relation?.constraints.some(({ kind, isValidated, expression }) => kind === 'CHECK' && isValidated && saysNotNull(expression, column)) ?? false;
}

function saysNotNull(expression: Node | undefined, column: string): boolean {
  const both = as(expression, 'BoolExpr');
  if (both?.boolop === 'AND_EXPR') {
    return (both.args ?? []).some((arg) => saysNotNull(arg, column));
  }
  const test = as(expression, 'NullTest');
  return test?.nulltesttype === 'IS_NOT_NULL' && namesOf(as(test.arg, 'ColumnRef')?.fields).slice(-1)[0] === column;
}
