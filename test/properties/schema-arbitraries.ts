import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Env, Migration, type PostgresOptions, StartsAfter } from 'zero-downtime';
import { EXTERNAL_SECRET } from './referable';
import { maybe } from './text-arbitraries';
import { judged } from '../plan/migrations/judged';

/** Names that PostgreSQL keeps, most of them in quotes. */
const names = fc.oneof(fc.constantFrom('orders', 'Order Lines', 'user', 'größe', 'a"b', '$zd$', 'it\'s', 'back\\slash'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .filter((name) => name.trim() !== '' && !name.includes('\0') && Buffer.byteLength(name) <= 63 && Buffer.from(name).toString() === name);
const expressions = fc.constantFrom('quantity * 2', '\'it\'\'s \\\' || id', 'coalesce(note, E\'\\n\')', '\'${HOME} :name $1\'');
const statements = fc.constantFrom('SELECT \'${HOME} :name $1\'', 'CREATE TABLE IF NOT EXISTS "a ""b" (id bigint PRIMARY KEY)', 'INSERT INTO baskets VALUES (E\'it\\\'s\')');
const tables = fc.record({ table: names, schema: maybe(names) });
const columns = fc.uniqueArray(names, { minLength: 1, maxLength: 3 });
const several = fc.uniqueArray(names, { minLength: 3, maxLength: 4 });
const pairs = fc.uniqueArray(names, { minLength: 2, maxLength: 2 }).map(([from, to]) => ({ from, to }));

const migrations: fc.Arbitrary<Migration> = fc.oneof(
  fc.tuple(tables, pairs).map(([table, pair]) => Migration.renameColumn({ ...table, ...pair })),
  fc.tuple(tables, pairs, expressions, expressions).map(([table, pair, up, down]) => Migration.changeColumnType({ ...table, ...pair, type: 'text', up, down })),
  fc.tuple(tables, fc.record({ column: names, type: fc.constantFrom('text', 'numeric(12, 2)'), defaultValue: maybe(expressions), value: maybe(expressions), notNull: maybe(fc.boolean()) }))
    .map(([table, column]) => Migration.addColumn({ ...table, ...column })),
  fc.tuple(tables, several, expressions, maybe(fc.boolean())).map(([table, [from, ...into], sql, notNull]) =>
    Migration.splitColumn({ ...table, from, into: into.map((column) => ({ column, type: 'text', up: sql, notNull })), down: sql })),
  fc.tuple(tables, several, expressions, maybe(fc.boolean())).map(([table, [to, ...from], sql, notNull]) =>
    Migration.mergeColumns({ ...table, to, from: from.map((column) => ({ column, down: sql })), type: 'text', up: sql, notNull })),
  fc.tuple(tables, pairs, names, columns, maybe(fc.dictionary(names, names, { maxKeys: 2 }))).map(([table, pair, type, values, called]) =>
    Migration.changeEnum({ ...table, ...pair, type, values, up: called, down: called })),
  fc.tuple(tables, names, maybe(expressions)).map(([table, column, value]) => Migration.notNull({ ...table, column, value })),
  fc.tuple(tables, names, expressions).map(([table, constraint, check]) => Migration.addCheck({ ...table, constraint, check })),
  fc.tuple(tables, names, columns, tables).map(([table, constraint, own, other]) =>
    Migration.addForeignKey({ ...table, constraint, columns: own, references: { ...other, columns: own } })),
  fc.tuple(tables, names, columns).map(([table, constraint, own]) => Migration.addUnique({ ...table, constraint, columns: own })),
  fc.tuple(tables, fc.record({ index: names, columns, where: maybe(expressions), unique: maybe(fc.boolean()) }))
    .map(([table, index]) => Migration.createIndex({ ...table, ...index })),
  fc.tuple(tables, names).map(([table, column]) => Migration.dropColumn({ ...table, column })),
  tables.map((table) => Migration.dropTable(table)),
  fc.tuple(tables, names).filter(([{ table }, to]) => table !== to).map(([table, to]) => Migration.renameTable({ ...table, to })),
  fc.tuple(tables, names, columns).map(([table, column, own]) => Migration.fullTextSearch({ ...table, column, columns: own, configuration: 'english' })),
  fc.record({ title: names, expand: maybe(fc.array(statements, { maxLength: 2 })), contract: maybe(fc.array(statements, { maxLength: 2 })) })
    .map((options) => Migration.sql(options)),
);

/** What a migration is about: of one table there is one migration, as two may well contradict each other. */
function subjectOf({ _spec }: Migration): string {
  return 'table' in _spec ? JSON.stringify([_spec.schema, _spec.table]) : JSON.stringify(_spec);
}

/** Whether no two of them make something of the same name. */
function canRun(drawn: readonly Migration[]): boolean {
  return !judged(drawn).problems.some((problem) => problem.includes(' breaks server-refuses: '));
}

/** How a schema changes with a release: any migrations, each once, or none. */
export const schemas: fc.Arbitrary<Partial<PostgresOptions>> = fc.record({
  schemaEpoch: fc.integer({ min: 1, max: 999_999_999 }),
  drawn: fc.uniqueArray(migrations, { maxLength: 3, selector: subjectOf }).filter(canRun),
  contracted: fc.integer({ min: 0, max: 2 }),
  hasUrl: fc.boolean(),
  startsAfter: fc.constantFrom(undefined, ...Object.values(StartsAfter)),
  migratesWithin: fc.constantFrom(undefined, Duration.seconds(1), Duration.minutes(20), Duration.minutes(90)),
  quiet: fc.constantFrom(undefined, Duration.seconds(0), Duration.days(30)),
  migrationImage: fc.constantFrom(undefined, 'registry.example.com/postgres:17.7'),
}).map(({ drawn, contracted, hasUrl, ...options }) => ({
  ...options,
  url: hasUrl || drawn.length > 0 ? Env.secretKey(EXTERNAL_SECRET, 'url') : undefined,
  migrations: drawn.slice(contracted),
  contracts: drawn.slice(0, contracted),
}));
