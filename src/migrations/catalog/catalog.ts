import type { RangeVar, TypeName } from 'libpg-query';
import type { Relation, RelationKind, UserType } from './relation';
import { sqlTypeOf, type SqlType } from './sql-type';
import { qualifiedName } from '../../sql/quote';
import type { Body } from '../sql/body';

/** The volatility of a function, as CREATE FUNCTION says it. */
export type Volatility = 'immutable' | 'stable' | 'volatile';

/** What is known of a function. */
export interface KnownFunction {
  readonly volatility: Volatility;
  /** What it runs and names, where that is known. */
  readonly body?: Body;
}

/** What a database holds, as far as its migrations tell. What it holds never changes: a change puts another in its place. */
export class Catalog {
  static empty(): Catalog {
    return new Catalog(new Map(), new Map(), new Map(), 'public');
  }

  private constructor(
    private readonly relationsById: Map<string, Relation>,
    private readonly typesById: Map<string, UserType>,
    private readonly functions: Map<string, KnownFunction>,
    private searchPath: string,
  ) {}

  /** A catalog that changes apart from this one: for what a transaction may take back. */
  copy(): Catalog {
    return new Catalog(new Map(this.relationsById), new Map(this.typesById), new Map(this.functions), this.searchPath);
  }

  /** Takes back what has changed since a copy was made. */
  restore(copy: Catalog): void {
    const { relationsById, typesById, functions, searchPath } = copy.copy();
    Object.assign(this, { relationsById, typesById, functions, searchPath });
  }

  get relations(): readonly Relation[] {
    return [...this.relationsById.values()];
  }

  get types(): readonly UserType[] {
    return [...this.typesById.values()];
  }

  /** The schema in which names are made and looked for that name none. */
  get currentSchema(): string {
    return this.searchPath;
  }

  search(schema: string): void {
    this.searchPath = schema;
  }

  /** The id of a relation that a statement names. */
  idOf({ schemaname, relname }: Pick<RangeVar, 'schemaname' | 'relname'>): string {
    return qualifiedName([schemaname ?? this.searchPath, relname ?? '']);
  }

  /** The id of a relation that is named with dots. */
  idOfNames(names: readonly string[]): string {
    const [schemaname, relname] = names.length > 1 ? names.slice(-2) : [undefined, names[0]];
    return this.idOf({ schemaname, relname });
  }

  tryFind(id: string): Relation | undefined {
    return this.relationsById.get(id);
  }

  put(relation: Relation): void {
    this.relationsById.set(relation.id, relation);
  }

  remove(id: string): void {
    this.relationsById.delete(id);
  }

  /** Changes a relation that is known. */
  change(id: string, change: (relation: Relation) => Partial<Relation>): void {
    const relation = this.relationsById.get(id);
    if (relation) {
      this.relationsById.set(id, { ...relation, ...change(relation) });
    }
  }

  /** The table that an index belongs to. */
  tryFindTableOfIndex(schema: string | undefined, index: string): Relation | undefined {
    return this.relations.find((relation) => relation.schema === (schema ?? this.searchPath) && relation.indexes.some(({ name }) => name === index));
  }

  /** The partitions and heirs of a table, and theirs. */
  descendantsOf(id: string): readonly Relation[] {
    const children = this.relations.filter(({ parents }) => parents.includes(id));
    return children.flatMap((child) => [child, ...this.descendantsOf(child.id)]);
  }

  /** The foreign keys that reference a table. */
  referencing(id: string): readonly { readonly relation: Relation; readonly constraint: Relation['constraints'][number] }[] {
    return this.relations.flatMap((relation) => relation.constraints
      .filter(({ references }) => references?.relation === id)
      .map((constraint) => ({ relation, constraint })));
  }

  /** The views that read a relation, or one of its columns. */
  readersOf(id: string, column?: string): readonly Relation[] {
    return this.relations.filter(({ reads }) => reads.some((read) => read.relation === id
      && (column === undefined || read.columns === 'any' || read.columns.includes(column))));
  }

  putType(type: UserType): void {
    this.typesById.set(type.id, type);
  }

  removeType(id: string): void {
    this.typesById.delete(id);
  }

  /** The type of a name: one of the migrations' own, where there is one. */
  tryFindType(names: string): UserType | undefined {
    return this.typesById.get(names) ?? this.typesById.get(`${qualifiedName([this.searchPath])}.${names}`);
  }

  /** A type as a column has it, with domains and enums under the name that they were made with. */
  resolve(type: TypeName | undefined): SqlType {
    const plain = sqlTypeOf(type);
    const own = this.tryFindType(plain.name) ?? this.tryFindType(qualifiedName([plain.name]));
    return own ? { ...plain, name: own.id } : plain;
  }

  putFunction(name: string, known: KnownFunction): void {
    this.functions.set(name, known);
  }

  removeFunction(name: string): void {
    this.functions.delete(name);
  }

  /** The functions that are known, by their names with their schemas. */
  get functionsByName(): ReadonlyMap<string, KnownFunction> {
    return this.functions;
  }

  /** The name with its schema of a function that a statement names; one of several that share a name is the one that was made last. */
  nameOfFunction(names: readonly string[]): string {
    return (names.length > 1 ? names : [this.searchPath, ...names]).join('.');
  }

  tryFindFunction(names: readonly string[]): KnownFunction | undefined {
    return this.functions.get(this.nameOfFunction(names));
  }
}

/** A relation of which nothing is known but its name. */
export function unknownRelation(id: string, schema: string, name: string, kind: RelationKind = 'table'): Relation {
  return {
    id,
    schema,
    name,
    kind,
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    parents: [],
    reads: [],
    isPartition: false,
    isDefaultPartition: false,
    persistence: 'permanent',
    accessMethod: 'heap',
    isKnown: false,
  };
}
