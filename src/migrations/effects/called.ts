import type { FuncCall, Node } from 'libpg-query';
import type { Action, Surroundings } from './effect';
import { effectsOf } from './effects-of';
import { as, namesOf, nodesIn } from '../sql/node';

/** What a statement sets off that another one wrote: the bodies of the functions and procedures that it calls, as far as migrations made them. */
export function calledBy(statement: Node, surroundings: Surroundings, callers: readonly string[] = []): readonly Action[] {
  return callsIn(statement).flatMap(({ funcname }) => {
    const name = surroundings.catalog.nameOfFunction(namesOf(funcname));
    return callers.includes(name) ? [] : ofRoutine(name, statement, surroundings, callers);
  });
}

/** Whether the body of what a CALL calls is known. */
export function isKnownCall(statement: Node, { catalog }: Surroundings): boolean {
  const names = namesOf(as(statement, 'CallStmt')?.funccall?.funcname);
  return names.length > 0 && catalog.tryFindFunction(names)?.body !== undefined;
}

function ofRoutine(name: string, node: Node, surroundings: Surroundings, callers: readonly string[]): readonly Action[] {
  const body = surroundings.catalog.functionsByName.get(name)?.body;
  if (body === undefined) {
    return [];
  }
  const { statements, opaque, commits } = body;
  const unseen: Action[] = opaque === undefined ? [] : [{ command: `${as(node, 'CallStmt') ? 'CALL' : 'SELECT'} ${name}`, name, node, locks: [], work: [], opaque: `${name}: ${opaque}` }];
  const within = { ...surroundings, isInTransaction: !commits };
  return [...statements.flatMap((each) => [...effectsOf(each, within), ...calledBy(each, within, [...callers, name])]), ...unseen];
}

/** A default or a CHECK calls nothing by being written down; a query, a write and CALL do. */
function callsIn(statement: Node): readonly FuncCall[] {
  const runs = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CallStmt'].some((kind) => kind in statement);
  const call = as(statement, 'CallStmt')?.funccall;
  return !runs ? [] : [...call === undefined ? [] : [call], ...[...nodesIn(statement)].flatMap((node) => as(node, 'FuncCall') ?? [])];
}
