import type { AlterSeqStmt, CreateSeqStmt, CreateTrigStmt, Node, VariableSetStmt } from 'libpg-query';
import { applyAlterTable } from './apply-alter-table';
import { applyCreateIndex, applyCreateTable, applyCreateTableAs, applyCreateView, newRelation } from './apply-create';
import { applyDrop } from './apply-drop';
import { applyRename, applySetSchema } from './apply-rename';
import { applyAlterDomain, applyAlterEnum, applyCreateComposite, applyCreateDomain, applyCreateEnum, applyCreateFunction } from './apply-types';
import type { Catalog } from './catalog';
import type { Body } from '../sql/body';
import { allOf, as, dottedOf, kindOf, namesOf, stringOf, type BodyOf, type NodeKind } from '../sql/node';

type Apply<K extends NodeKind> = (statement: BodyOf<K>, catalog: Catalog, madeIn: string, routine?: Body) => void;

/** Changes a catalog as a statement would change the database. What is not here changes nothing that a verdict depends on. */
export function applyStatement(statement: Node, catalog: Catalog, madeIn: string, routine?: Body): void {
  const kind = kindOf(statement) as NodeKind;
  (APPLIES[kind] as Apply<NodeKind> | undefined)?.(as(statement, kind) as BodyOf<NodeKind>, catalog, madeIn, routine);
}

const APPLIES: { readonly [K in NodeKind]?: Apply<K> } = {
  CreateStmt: applyCreateTable,
  CreateForeignTableStmt: ({ base }, catalog, madeIn) => catalog.put(newRelation(base?.relation, 'foreign table', catalog, madeIn)),
  AlterTableStmt: applyAlterTable,
  IndexStmt: applyCreateIndex,
  DropStmt: applyDrop,
  RenameStmt: applyRename,
  AlterObjectSchemaStmt: applySetSchema,
  ViewStmt: applyCreateView,
  CreateTableAsStmt: applyCreateTableAs,
  CreateSeqStmt: applyCreateSequence,
  AlterSeqStmt: ({ sequence, options }, catalog) => catalog.change(catalog.idOf(sequence ?? {}), () => ownerOf(options, catalog)),
  CreateTrigStmt: applyCreateTrigger,
  CreateEnumStmt: applyCreateEnum,
  AlterEnumStmt: applyAlterEnum,
  CreateDomainStmt: applyCreateDomain,
  AlterDomainStmt: applyAlterDomain,
  CompositeTypeStmt: applyCreateComposite,
  CreateFunctionStmt: applyCreateFunction,
  CreateExtensionStmt: ({ extname }, catalog) => {
    // What it brings that defaults are made of.
    if (extname === 'pgcrypto') {
      catalog.putFunction(catalog.nameOfFunction(['gen_random_uuid']), { volatility: 'volatile' });
    }
  },
  CreateSchemaStmt: ({ schemaElts = [] }, catalog, madeIn) => schemaElts.forEach((element) => applyStatement(element, catalog, madeIn)),
  VariableSetStmt: applySet,
  SelectStmt: ({ targetList }, catalog) => allOf(targetList, 'ResTarget').forEach(({ val }) => applySetConfig(val, catalog)),
};

function applyCreateTrigger({ relation, trigname = '', funcname }: CreateTrigStmt, catalog: Catalog): void {
  const made = { name: trigname, function: catalog.nameOfFunction(namesOf(funcname)) };
  catalog.change(catalog.idOf(relation ?? {}), ({ triggers }) => ({ triggers: [...triggers.filter(({ name }) => name !== trigname), made] }));
}

function applyCreateSequence({ sequence, options }: CreateSeqStmt, catalog: Catalog, madeIn: string): void {
  catalog.put({ ...newRelation(sequence, 'sequence', catalog, madeIn), ...ownerOf(options, catalog) });
}

function ownerOf(options: AlterSeqStmt['options'], catalog: Catalog) {
  const owner = dottedOf(allOf(options, 'DefElem').find(({ defname }) => defname === 'owned_by')?.arg);
  return owner.length < 2 ? {} : { ownedBy: { relation: catalog.idOfNames(owner.slice(0, -1)), column: owner[owner.length - 1] } };
}

function applySet({ name, args, kind }: VariableSetStmt, catalog: Catalog): void {
  if (name === 'search_path') {
    catalog.search(firstSchema(kind === 'VAR_SET_VALUE' ? (args ?? []).flatMap((arg) => stringOf(arg) ?? []) : []));
  }
}

/** What pg_dump writes: `SELECT pg_catalog.set_config('search_path', '', false)`. */
function applySetConfig(call: Node | undefined, catalog: Catalog): void {
  const { funcname, args = [] } = as(call, 'FuncCall') ?? {};
  if (namesOf(funcname).slice(-1)[0] === 'set_config' && stringOf(args[0]) === 'search_path') {
    catalog.search(firstSchema((stringOf(args[1]) ?? '').split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'))));
  }
}

/** Few roles have a schema of their own, which `$user` stands for. */
function firstSchema(names: readonly string[]): string {
  return names.find((name) => name !== '$user' && name !== '') ?? 'public';
}
