import { Duration, Testing } from 'cdk8s';
import { EnvValue, Secret } from 'cdk8s-plus-27';
import type { Change } from '../../src/expand-contract/phases/change';
import { Database } from '../../src/spec/database';
import { Env } from '../../src/spec/env';
import { Migration } from '../../src/spec/migration/migration';
import type { PostgresOptions } from '../../src/spec/migration/postgres-options';
import type { StartsAfter } from '../../src/spec/migration/starts-after';
import { refusalOf } from '../plan/declare';
import { postgres, RENAME } from '../plan/migrations/migrating';

const TABLE = { schema: 'shop', table: 'orders' };

/** Every kind of migration, and the change that it is. */
const KINDS: ReadonlyArray<readonly [Migration, Change]> = [
  [
    Migration.addColumn({ ...TABLE, column: 'sum', type: 'numeric(12, 2)', defaultValue: '0', value: 'quantity * price', notNull: true }),
    { ...TABLE, kind: 'addColumn', column: 'sum', type: 'numeric(12, 2)', default: '0', value: 'quantity * price', notNull: true },
  ],
  [Migration.renameColumn({ ...TABLE, from: 'status', to: 'state' }), { ...TABLE, kind: 'renameColumn', from: 'status', to: 'state' }],
  [
    Migration.changeColumnType({ ...TABLE, from: 'id', to: 'key', type: 'bigint', up: 'id', down: 'key' }),
    { ...TABLE, kind: 'changeColumnType', from: 'id', to: 'key', type: 'bigint', up: 'id', down: 'key' },
  ],
  [
    Migration.splitColumn({
      ...TABLE,
      from: 'name',
      into: [{ column: 'first', type: 'text', up: 'a', notNull: true }, { column: 'last', type: 'text', up: 'b', notNull: false }],
      down: 'first || last',
    }),
    {
      ...TABLE,
      kind: 'splitColumn',
      from: 'name',
      into: [{ column: 'first', type: 'text', up: 'a', notNull: true }, { column: 'last', type: 'text', up: 'b' }],
      down: 'first || last',
    },
  ],
  [
    Migration.mergeColumns({ ...TABLE, from: [{ column: 'a', down: 'c' }, { column: 'b', down: 'c' }], to: 'c', type: 'text', up: 'a || b', notNull: true }),
    { ...TABLE, kind: 'mergeColumns', from: [{ column: 'a', down: 'c' }, { column: 'b', down: 'c' }], to: 'c', type: 'text', up: 'a || b', notNull: true },
  ],
  [
    Migration.changeEnum({ ...TABLE, from: 'state', to: 'mood', type: 'order_mood', values: ['good', 'bad'], up: { ok: 'good' }, down: {} }),
    { ...TABLE, kind: 'changeEnum', from: 'state', to: 'mood', type: 'order_mood', values: ['good', 'bad'], up: { ok: 'good' } },
  ],
  [Migration.notNull({ ...TABLE, column: 'note', value: '\'\'' }), { ...TABLE, kind: 'setNotNull', column: 'note', value: '\'\'' }],
  [Migration.addCheck({ ...TABLE, constraint: 'counted', check: 'quantity > 0' }), { ...TABLE, kind: 'addCheck', constraint: 'counted', check: 'quantity > 0' }],
  [
    Migration.addForeignKey({ ...TABLE, constraint: 'of', columns: ['a', 'b'], references: { table: 'customers', columns: ['c', 'd'] } }),
    { ...TABLE, kind: 'addForeignKey', constraint: 'of', columns: ['a', 'b'], references: { table: 'customers', columns: ['c', 'd'] } },
  ],
  [Migration.addUnique({ ...TABLE, constraint: 'once', columns: ['a'] }), { ...TABLE, kind: 'addUnique', constraint: 'once', columns: ['a'] }],
  [
    Migration.createIndex({ ...TABLE, index: 'by_a', columns: ['a'], where: 'a > 0', unique: true }),
    { ...TABLE, kind: 'createIndex', index: 'by_a', columns: ['a'], where: 'a > 0', unique: true },
  ],
  [Migration.dropColumn({ ...TABLE, column: 'note' }), { ...TABLE, kind: 'dropColumn', column: 'note' }],
  [Migration.dropTable(TABLE), { ...TABLE, kind: 'dropTable' }],
  [Migration.renameTable({ ...TABLE, to: 'purchases' }), { ...TABLE, kind: 'renameTable', to: 'purchases' }],
  [
    Migration.fullTextSearch({ ...TABLE, column: 'found', columns: ['note'], configuration: 'simple' }),
    { ...TABLE, kind: 'fullTextSearch', column: 'found', columns: ['note'], configuration: 'simple' },
  ],
  [
    Migration.sql({
      title: 'totals',
      tables: ['orders'],
      expand: ['ALTER TABLE orders ADD COLUMN total numeric'],
      backfill: { table: 'orders', assignments: 'total = 1', condition: 'total IS NULL' },
      verify: { table: 'orders', isRight: 'total = 1' },
      complete: [],
      contract: ['SELECT 1'],
      abort: ['ALTER TABLE orders DROP COLUMN IF EXISTS total'],
    }),
    {
      kind: 'sql',
      title: 'totals',
      tables: ['orders'],
      expand: ['ALTER TABLE orders ADD COLUMN total numeric'],
      backfill: { table: 'orders', assignments: 'total = 1', condition: 'total IS NULL' },
      verify: { table: 'orders', isRight: 'total = 1' },
      contract: ['SELECT 1'],
      abort: ['ALTER TABLE orders DROP COLUMN IF EXISTS total'],
    },
  ],
];

test.each(KINDS.map(([migration, change]) => [change.kind, migration, change] as const))('%s is the change that it says', (_, migration, change) => {
  expect(migration._spec).toEqual(change);
});

const LONG = 'ü'.repeat(32);
const COLUMN = { table: 'orders', column: 'a', type: 'text' };

test.each<[string, () => unknown]>([
  ['Migration.addColumn column must not be empty', () => Migration.addColumn({ ...COLUMN, column: '' })],
  ['Migration.dropTable table must not be empty', () => Migration.dropTable({ table: ' ' })],
  ['Migration.dropTable schema must not be empty', () => Migration.dropTable({ table: 'a', schema: '' })],
  ['Migration.addColumn type must not be empty', () => Migration.addColumn({ ...COLUMN, type: '' })],
  ['Migration.addColumn defaultValue must not be empty', () => Migration.addColumn({ ...COLUMN, defaultValue: '' })],
  ['Migration.addColumn value must not be empty', () => Migration.addColumn({ ...COLUMN, value: '' })],
  ['Migration.addCheck check must not be empty', () => Migration.addCheck({ table: 'a', constraint: 'b', check: '' })],
  [
    `Migration.renameColumn to "${LONG}" is 64 bytes long; PostgreSQL keeps 63 of a name, so give it a shorter one`,
    () => Migration.renameColumn({ table: 'orders', from: 'a', to: LONG }),
  ],
  [
    'Migration.dropColumn column "a\\u0000b" must hold no character of number 0: PostgreSQL ends the text there',
    () => Migration.dropColumn({ table: 'orders', column: 'a\0b' }),
  ],
  [
    'Migration.addCheck check "a\\u0000b" must hold no character of number 0: PostgreSQL ends the text there',
    () => Migration.addCheck({ table: 'orders', constraint: 'c', check: 'a\0b' }),
  ],
  [
    'Migration.renameColumn to "a" must be another name than from: both columns are there for a while',
    () => Migration.renameColumn({ table: 'orders', from: 'a', to: 'a' }),
  ],
  ['Migration.renameTable to "a" must be another name than table', () => Migration.renameTable({ table: 'a', to: 'a' })],
  ['Migration.sql title must not be empty', () => Migration.sql({ title: '' })],
  ['Migration.sql expand 2 must not be empty', () => Migration.sql({ title: 'a', expand: ['SELECT 1', ' '] })],
  ['Migration.sql backfill condition must not be empty', () => Migration.sql({ title: 'a', backfill: { table: 'a', assignments: 'b = 1', condition: '' } })],
  ['Migration.sql verify "orders" must be an object that holds the settings', () => Migration.sql({ title: 'a', verify: 'orders' as never })],
  ['Migration.addUnique columns must hold at least one column', () => Migration.addUnique({ table: 'a', constraint: 'b', columns: [] })],
  ['Migration.createIndex columns "a" is given twice; give each column once', () => Migration.createIndex({ table: 'a', index: 'b', columns: ['a', 'a'] })],
  ['Migration.createIndex columns (an object) must be a list', () => Migration.createIndex({ table: 'a', index: 'b', columns: {} as never })],
  [
    'Migration.addForeignKey references undefined must be an object that holds the settings',
    () => Migration.addForeignKey({ table: 'a', constraint: 'b', columns: ['c'] } as never),
  ],
  [
    'Migration.addForeignKey columns are 1 and references columns 2; give as many of one as of the other',
    () => Migration.addForeignKey({ table: 'a', constraint: 'b', columns: ['c'], references: { table: 'd', columns: ['e', 'f'] } }),
  ],
])('%s', (sentence, give) => {
  expect(refusalOf(give)).toBe(sentence);
});

test('a name may be as long as PostgreSQL keeps it', () => {
  expect(Migration.dropTable({ table: `${'ü'.repeat(31)}x` })._spec).toMatchObject({ table: `${'ü'.repeat(31)}x` });
});

describe('Database.postgres', () => {
  const NOT_SECRET = 'Database url must be a key of a Secret, because it holds a password and whoever reads a manifest would read it; give Env.secretKey(…)';

  test.each<[string, Partial<PostgresOptions>]>([
    [NOT_SECRET, { url: Env.value('postgresql://a:b@c/d') }],
    [NOT_SECRET, { url: Env.configKey('a', 'b') }],
    [NOT_SECRET, { url: Env.field('metadata.name') }],
    [NOT_SECRET, { url: Env.fromPlus(EnvValue.fromValue('postgresql://a:b@c/d')) }],
    ['Database url "postgresql://c/d" must be of the class Env, such as Env.secretKey(…)', { url: 'postgresql://c/d' as never }],
    ['Database migrations need url, by which they connect; give it Env.secretKey(…)', { url: undefined }],
    ['Database contracts need url, by which they connect; give it Env.secretKey(…)', { url: undefined, migrations: [], contracts: [RENAME] }],
    [
      'Database migrations need schemaEpoch, by which sessions of this version are told from those of older ones; give it a whole number above the last release\'s',
      { schemaEpoch: undefined },
    ],
    ['Database schemaEpoch 0 must be a whole number from 1 to 999999999', { schemaEpoch: 0 }],
    ['Database schemaEpoch 1000000000 must be a whole number from 1 to 999999999', { schemaEpoch: 1_000_000_000 }],
    ['Database migratesWithin 0s must be from 1s to 604800s', { migratesWithin: Duration.seconds(0) }],
    ['Database quiet 2592001s must be from 0s to 2592000s', { quiet: Duration.seconds(2_592_001) }],
    ['Database startsAfter "later" must be StartsAfter.READY or StartsAfter.EXPANDED', { startsAfter: 'later' as StartsAfter }],
    ['Database migrationImage "postgres" must have a tag or a digest: without one every restart may run another program', { migrationImage: 'postgres' }],
    ['Database migrations (an object) must be a list', { migrations: {} as never }],
    ['Database contracts 1: "drop it" must be of the class Migration, such as Migration.renameColumn(…)', { contracts: ['drop it' as never] }],
  ])('%s', (sentence, options) => {
    expect(refusalOf(() => postgres(options))).toBe(sentence);
  });

  test('takes a key of a Secret that was made with cdk8s-plus', () => {
    const secret = new Secret(Testing.chart(), 'database');
    expect(postgres({ url: Env.fromPlus(EnvValue.fromSecretValue({ secret, key: 'url' })) })._schema?.url?._source).toMatchObject({ kind: 'raw' });
  });

  test('knows nothing of a schema where nothing is said of it', () => {
    expect(Database.postgres({ poolSize: 1, maxConnections: 10, quiet: Duration.hours(2) })._schema).toBeUndefined();
    expect(Database.mysql({ poolSize: 1, maxConnections: 10 })._schema).toBeUndefined();
  });
});

describe('columns that take the place of others', () => {
  const part = (column: string) => ({ column, type: 'text', up: 'a' });
  const source = (column: string) => ({ column, down: 'a' });

  test.each<[string, () => unknown]>([
    ['Migration.splitColumn into must hold at least two columns, not 1', () => Migration.splitColumn({ ...TABLE, from: 'a', into: [part('b')], down: 'b' })],
    ['Migration.splitColumn names "b" twice; all its columns are there for a while, so give each a name of its own',
      () => Migration.splitColumn({ ...TABLE, from: 'a', into: [part('b'), part('b')], down: 'b' })],
    ['Migration.mergeColumns from must hold at least two columns, not 0', () => Migration.mergeColumns({ ...TABLE, from: [], to: 'c', type: 'text', up: 'a' })],
    ['Migration.mergeColumns names "a" twice; all its columns are there for a while, so give each a name of its own',
      () => Migration.mergeColumns({ ...TABLE, from: [source('a'), source('b')], to: 'a', type: 'text', up: 'a' })],
    ['Migration.changeEnum values must hold at least one', () => Migration.changeEnum({ ...TABLE, from: 'a', to: 'b', type: 't', values: [] })],
    ['Migration.changeEnum values "x" is given twice; give each value once',
      () => Migration.changeEnum({ ...TABLE, from: 'a', to: 'b', type: 't', values: ['x', 'x'] })],
    ['Migration.changeEnum names "a" twice; all its columns are there for a while, so give each a name of its own',
      () => Migration.changeEnum({ ...TABLE, from: 'a', to: 'a', type: 't', values: ['x'] })],
  ])('%s', (sentence, declare) => {
    expect(refusalOf(declare)).toBe(sentence);
  });
});
