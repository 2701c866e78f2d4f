import type { Node, TypeName } from 'libpg-query';
import { Catalog, unknownRelation, type Volatility } from './catalog';
import type { Column, Constraint, ConstraintKind, Index, Relation, RelationKind, Trigger } from './relation';
import { sqlTypeOf, type SqlType } from './sql-type';
import { qualifiedName } from '../../sql/quote';
import { bodyOfRoutine } from '../sql/bodies';
import { allOf, as } from '../sql/node';
import type { SqlParser } from '../sql/sql-parser';

/** What the queries of `SERVER_QUERIES` return. */
export interface ServerRows {
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly reads: readonly ReadRow[];
  readonly types: readonly TypeRow[];
  readonly functions: readonly FunctionRow[];
}

interface FunctionRow {
  readonly schema: string;
  readonly name: string;
  readonly volatility: Volatility;
  /** CREATE FUNCTION, where its body is in a language that is looked into. */
  readonly definition: string | null;
}

interface RelationRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly persistence: string;
  readonly is_partition: boolean;
  readonly bound: string | null;
  readonly method: string | null;
  readonly tablespace: string | null;
  readonly parents: readonly string[];
  readonly triggers: readonly Trigger[];
}

interface ColumnRow {
  readonly oid: string;
  readonly name: string;
  readonly type: string;
  readonly not_null: boolean;
  readonly not_null_name: string | null;
  readonly not_null_validated: boolean | null;
  readonly identity: boolean;
  readonly generated: string;
  readonly expression: string | null;
}

interface ConstraintRow {
  readonly oid: string;
  readonly name: string;
  readonly kind: string;
  readonly validated: boolean;
  readonly columns: readonly string[];
  readonly expression: string | null;
  readonly referenced: string | null;
  readonly referenced_columns: readonly string[] | null;
}

interface IndexRow {
  readonly oid: string;
  readonly name: string;
  readonly unique: boolean;
  readonly plain: boolean;
  readonly has_expressions: boolean;
  readonly method: string;
  readonly columns: readonly string[];
  readonly constraint: string | null;
}

interface ReadRow {
  readonly oid: string;
  readonly read: string;
  readonly columns: readonly string[];
}

interface TypeRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly base: string | null;
  readonly not_null: boolean;
  readonly labels: readonly string[];
  readonly constraints: readonly { readonly name: string; readonly validated: boolean }[];
}

const RELATION_KINDS: Readonly<Record<string, RelationKind>> = {
  r: 'table', p: 'partitioned table', v: 'view', m: 'materialized view', f: 'foreign table', S: 'sequence',
};
const CONSTRAINT_KINDS: Readonly<Record<string, ConstraintKind>> = { c: 'CHECK', u: 'UNIQUE', p: 'PRIMARY KEY', x: 'EXCLUDE', f: 'FOREIGN KEY' };
const PERSISTENCE = { p: 'permanent', u: 'unlogged', t: 'temporary' } as const;

/** The catalog that a server holds. */
export function catalogFromServer(rows: ServerRows, parser: SqlParser): Catalog {
  const catalog = Catalog.empty();
  rows.types.forEach((row) => catalog.putType({
    id: qualifiedName([row.schema, row.name]),
    kind: row.kind === 'e' ? 'enum' : row.kind === 'd' ? 'domain' : 'composite',
    base: row.base === null ? undefined : typeOf(row.base, catalog, parser),
    isNotNull: row.not_null,
    isConstrained: row.not_null || row.constraints.length > 0,
    constraints: row.constraints.map(({ name, validated }) => ({ name, isValidated: validated })),
    labels: row.labels,
  }));
  rows.functions.forEach(({ schema, name, volatility, definition }) => {
    const body = definition === null ? undefined : bodyOfRoutine(parser.parse(definition)[0], definition, parser);
    catalog.putFunction(`${schema}.${name}`, { volatility, body });
  });
  const ids = new Map(rows.relations.map(({ oid, schema, name }) => [oid, qualifiedName([schema, name])]));
  const parts = new PartsOf(rows, ids, catalog, parser);
  rows.relations.forEach((row) => catalog.put(parts.relation(row)));
  return catalog;
}

class PartsOf {
  constructor(
    private readonly rows: ServerRows,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly catalog: Catalog,
    private readonly parser: SqlParser,
  ) {}

  relation({ oid, schema, name, kind, persistence, is_partition: isPartition, bound, method, tablespace, parents, triggers }: RelationRow): Relation {
    const of = <T extends { readonly oid: string }>(all: readonly T[]) => all.filter((row) => row.oid === oid);
    return {
      ...unknownRelation(qualifiedName([schema, name]), schema, name, RELATION_KINDS[kind]),
      columns: of(this.rows.columns).map((row) => this.column(row)),
      constraints: of(this.rows.constraints).map((row) => this.constraint(row)),
      indexes: of(this.rows.indexes).map(indexOf),
      reads: of(this.rows.reads).map(({ read, columns }) => ({ relation: this.ids.get(read) ?? '', columns })),
      parents: parents.flatMap((parent) => this.ids.get(parent) ?? []),
      triggers,
      isPartition,
      isDefaultPartition: bound === 'DEFAULT',
      persistence: PERSISTENCE[persistence as keyof typeof PERSISTENCE],
      tablespace: tablespace ?? undefined,
      accessMethod: method ?? 'heap',
      isKnown: true,
    };
  }

  private column(row: ColumnRow): Column {
    return {
      name: row.name,
      type: typeOf(row.type, this.catalog, this.parser),
      notNull: !row.not_null ? 'no' : row.not_null_validated === false ? 'not valid' : 'yes',
      notNullName: row.not_null_name ?? undefined,
      default: row.generated === '' && row.expression !== null ? this.expression(row.expression) : undefined,
      identity: row.identity,
      generated: row.generated === 's' ? 'stored' : row.generated === 'v' ? 'virtual' : undefined,
    };
  }

  private constraint(row: ConstraintRow): Constraint {
    return {
      name: row.name,
      kind: CONSTRAINT_KINDS[row.kind],
      columns: row.columns,
      isValidated: row.validated,
      expression: row.expression === null ? undefined : this.expression(row.expression),
      references: row.referenced === null ? undefined : { relation: this.ids.get(row.referenced) ?? '', columns: row.referenced_columns ?? [] },
    };
  }

  private expression(text: string): Node | undefined {
    return allOf(as(this.parser.parse(`SELECT ${text}`)[0], 'SelectStmt')?.targetList, 'ResTarget')[0].val;
  }
}

function indexOf(row: IndexRow): Index {
  return {
    name: row.name,
    columns: row.columns,
    isUnique: row.unique,
    isPlain: row.plain,
    method: row.method,
    constraint: row.constraint ?? undefined,
    hasExpressions: row.has_expressions,
  };
}

/** A type as `format_type` writes it. */
function typeOf(text: string, catalog: Catalog, parser: SqlParser): SqlType {
  const [target] = allOf(as(parser.parse(`SELECT NULL::${text}`)[0], 'SelectStmt')?.targetList, 'ResTarget');
  const name: TypeName | undefined = as(target.val, 'TypeCast')?.typeName;
  return name === undefined ? sqlTypeOf(name) : catalog.resolve(name);
}
