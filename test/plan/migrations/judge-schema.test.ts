import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { judged } from './judged';
import { migrating } from './migrating';
import { Migration } from '../../../src/spec/migration/migration';
import type { SqlMigrationOptions } from '../../../src/spec/migration/migration-options';
import type { DeclaredSql, JudgedSql } from '../../../src/sql/declared-sql';
import { planned } from '../declare';

const TABLE = { table: 'orders' };
const sql = (options: Omit<SqlMigrationOptions, 'title'>) => Migration.sql({ title: 'recount', ...options });
const problemsOf = (...migrations: Migration[]) => judged(migrations).problems;
const rulesOf = (migration: Migration) => problemsOf(migration).map((problem) => / breaks ([\w-]+):/.exec(problem)?.[1] ?? problem);

describe('what somebody wrote is refused', () => {
  const move = { ...TABLE, from: 'a', to: 'b', type: 'text', up: 'a', down: 'b' };
  const parts = [{ column: 'b', type: 'text', up: 'a' }, { column: 'c', type: 'text', up: 'a' }];
  const sources = [{ column: 'a', down: 'c' }, { column: 'b', down: 'c' }];

  test.each<[string, Migration]>([
    ['Migration.addColumn type "text, b text" must be a type', Migration.addColumn({ ...TABLE, column: 'a', type: 'text, b text' })],
    ['Migration.addColumn defaultValue "now(" is no SQL that PostgreSQL takes', Migration.addColumn({ ...TABLE, column: 'a', type: 'text', defaultValue: 'now(' })],
    ['Migration.addColumn value "a), (b" must be one expression', Migration.addColumn({ ...TABLE, column: 'a', type: 'text', value: 'a), (b' })],
    ['Migration.changeColumnType type "tex t e" is no SQL', Migration.changeColumnType({ ...move, type: 'tex t e' })],
    ['Migration.changeColumnType up "a || random()" must give the same value', Migration.changeColumnType({ ...move, up: 'a || random()' })],
    ['Migration.changeColumnType down "nextval(\'s\')" must give the same value', Migration.changeColumnType({ ...move, down: 'nextval(\'s\')' })],
    ['Migration.splitColumn into[1] type "a b c" is no SQL', Migration.splitColumn({ ...TABLE, from: 'a', into: [parts[0], { ...parts[1], type: 'a b c' }], down: 'b' })],
    ['Migration.splitColumn into[0] up "random()" must give', Migration.splitColumn({ ...TABLE, from: 'a', into: [{ ...parts[0], up: 'random()' }, parts[1]], down: 'b' })],
    ['Migration.splitColumn down "b ||" is no SQL', Migration.splitColumn({ ...TABLE, from: 'a', into: parts, down: 'b ||' })],
    ['Migration.mergeColumns from[1] down "c(" is no SQL', Migration.mergeColumns({ ...TABLE, from: [sources[0], { ...sources[1], down: 'c(' }], to: 'c', type: 'text', up: 'a' })],
    ['Migration.mergeColumns type "1" is no SQL', Migration.mergeColumns({ ...TABLE, from: sources, to: 'c', type: '1', up: 'a' })],
    ['Migration.mergeColumns up "timeofday()" must give', Migration.mergeColumns({ ...TABLE, from: sources, to: 'c', type: 'text', up: 'timeofday()' })],
    ['Migration.notNull value "(" is no SQL', Migration.notNull({ ...TABLE, column: 'a', value: '(' })],
    ['Migration.addCheck check "a > random()" must give', Migration.addCheck({ ...TABLE, constraint: 'c', check: 'a > random()' })],
    ['Migration.createIndex where "a >" is no SQL', Migration.createIndex({ ...TABLE, index: 'i', columns: ['a'], where: 'a >' })],
    ['Migration.sql "recount" tables 2 "a b" must be the name of one table', sql({ tables: ['a', 'a b'] })],
    ['Migration.sql "recount" expand 2 "UPDAT a" is no SQL', sql({ expand: ['SELECT 1', 'UPDAT a'] })],
    ['Migration.sql "recount" backfill table "a, b" must be', sql({ backfill: { table: 'a, b', assignments: 'c = 1', condition: 'true' } })],
    ['Migration.sql "recount" backfill assignments "c" is no SQL', sql({ backfill: { table: 'a', assignments: 'c', condition: 'true' } })],
    ['Migration.sql "recount" backfill condition "x AND" is no SQL', sql({ backfill: { table: 'a', assignments: 'c = 1', condition: 'x AND' } })],
    ['Migration.sql "recount" verify table "a;;b" is no SQL', sql({ verify: { table: 'a;;b', isRight: 'true' } })],
    ['Migration.sql "recount" verify isRight "c ==" is no SQL', sql({ verify: { table: 'a', isRight: 'c ==' } })],
    ['Migration.sql "recount" complete 1 "COMMIT" cannot run in a transaction', sql({ complete: ['COMMIT'] })],
    ['Migration.sql "recount" contract 1 "DROP INDEX CONCURRENTLY i" cannot run CONCURRENTLY', sql({ contract: ['DROP INDEX CONCURRENTLY i'] })],
    ['Migration.sql "recount" abort 1 "VACUUM a" cannot run in a transaction', sql({ abort: ['VACUUM a'] })],
  ])('%s', (problem, migration) => {
    expect(problemsOf(migration)).toEqual([expect.stringContaining(problem)]);
    expect(judged([], { contracts: [migration] }).problems).toEqual([expect.stringContaining(problem)]);
  });

  test('all of it at once', () => {
    expect(problemsOf(Migration.addCheck({ ...TABLE, constraint: 'c', check: 'a >' }), Migration.changeColumnType({ ...move, up: 'random()', down: 'b b b' }))).toHaveLength(3);
  });

  test('where only the whole of it is no SQL, and of two of a kind the right one', () => {
    const sound = (constraint: string) => Migration.addCheck({ ...TABLE, constraint, check: 'a > 1' });
    expect(problemsOf(sound('b'), Migration.addCheck({ ...TABLE, constraint: 'c', check: 'a > 0 -- as ever' }), sound('d'))).toEqual([
      expect.stringMatching(/^Migration\.addCheck expand 1 "ALTER TABLE orders ADD CONSTRAINT c CHECK \(a > 0 -- as ever\) NOT VALID;" is no SQL that PostgreSQL takes \(syntax error/),
    ]);
  });
});

describe('what is run is refused', () => {
  test.each<[string, Omit<SqlMigrationOptions, 'title'>, readonly string[]]>([
    ['where it writes a whole table', { expand: ['UPDATE orders SET a = 1'] }, ['whole-table-write']],
    ['where it keeps writers out as long as a table is large', { complete: ['CREATE INDEX i ON orders (a)'] }, ['create-index-blocks-writes']],
    ['where it takes away what the running version knows', { expand: ['ALTER TABLE orders DROP COLUMN a'] }, ['drop-column']],
    ['where it takes that away before the old version is gone', { complete: ['DROP TABLE orders'] }, ['drop-table']],
    ['where it does much in one transaction', { expand: ['ALTER TABLE orders ADD COLUMN a text; UPDATE orders SET a = b WHERE id < 9'] }, ['work-under-lock']],
    ['where nobody can tell what it does', { expand: ['DO $$ BEGIN EXECUTE current_setting(\'a.b\'); END $$'] }, ['opaque-statement']],
    ['where the column was called otherwise at the end', { contract: ['ALTER TABLE orders RENAME COLUMN a TO b'] }, ['rename-column']],
    ['where the table is called otherwise at the end', { contract: ['ALTER TABLE orders RENAME TO purchases'] }, ['rename-table']],
    ['where it keeps writers out at the end', { contract: ['ALTER TABLE orders ALTER COLUMN a SET NOT NULL'] }, ['set-not-null-scans']],
    ['where a function is left at the end that names what goes', {
      expand: ['CREATE FUNCTION f() RETURNS text LANGUAGE sql AS \'SELECT a FROM orders LIMIT 1\''],
      contract: ['ALTER TABLE orders DROP COLUMN a'],
    }, ['function-left-behind']],
    ['where it takes away on the way back what it has not made', { expand: ['ALTER TABLE orders ADD COLUMN a text'], abort: ['ALTER TABLE orders DROP COLUMN b'] }, ['drop-column', 'expand-with-contract']],
  ])('%s', (_, options, rules) => {
    expect(rulesOf(sql(options))).toEqual(rules);
  });

  test('with the statement, the rule and what to declare instead', () => {
    expect(problemsOf(sql({ expand: ['SELECT 1', 'SELECT 2;\nUPDATE orders\n  SET a = 1'] }))).toEqual([
      'Migration.sql "recount" expand 2 "UPDATE orders" breaks whole-table-write: UPDATE of all rows of public.orders in one transaction: whoever writes one of them waits '
      + 'for the end; declare it as backfill, which is run in batches, or accept it by the comment -- zero-downtime/accepted.whole-table-write: REASON before it',
    ]);
  });

  test('where a type that was declared breaks a rule', () => {
    expect(problemsOf(Migration.addColumn({ ...TABLE, column: 'a', type: 'json' }))).toEqual([
      'Migration.addColumn expand 1 "ALTER TABLE orders ADD COLUMN a json;" breaks add-column-json: SELECT DISTINCT and GROUP BY over public.orders fail as soon as column a is '
      + 'there (42883), as json has no equality; make it jsonb, or accept it by accept { \'add-column-json\': \'REASON\' } of Database.postgres',
    ]);
    expect(rulesOf(Migration.addColumn({ ...TABLE, column: 'a', type: 'bigserial' }))).toEqual(['add-column-rewrites']);
  });

  test('once, where it is declared for several times', () => {
    const migration = sql({ expand: ['UPDATE orders SET a = 1'], contract: ['SELECT 1'], abort: ['SELECT 1'] });
    expect(rulesOf(migration)).toEqual(['whole-table-write']);
  });
});

describe('what is run is taken', () => {
  test.each<[string, Omit<SqlMigrationOptions, 'title'>]>([
    ['where it takes away at the end what the old version knew', { contract: ['ALTER TABLE orders DROP COLUMN a', 'DROP TABLE baskets', 'ALTER TABLE orders ALTER COLUMN b DROP NOT NULL'] }],
    ['where it takes away on the way back what it has made', { expand: ['ALTER TABLE orders ADD COLUMN a text', 'CREATE TABLE b (c int)'], abort: ['ALTER TABLE orders DROP COLUMN a', 'DROP TABLE b'] }],
    ['where it works through a table that it has made', { expand: ['CREATE TABLE b (c int)'], complete: ['CREATE INDEX ON b (c)', 'UPDATE b SET c = 1', 'ALTER TABLE b ALTER COLUMN c SET NOT NULL'] }],
    ['where rows are written in batches', { backfill: { table: 'orders', assignments: 'a = 1', condition: 'a IS NULL' }, verify: { table: 'orders', isRight: 'a = 1' } }],
    ['where it waits for a lock for a moment', { expand: ['ALTER TABLE orders ADD COLUMN a text'] }],
    ['where the table takes the name of its view at the end', { expand: ['CREATE VIEW b AS SELECT * FROM orders'], contract: ['DROP VIEW b; ALTER TABLE orders RENAME TO b'] }],
    ['where a backslash is in it', { expand: ['SELECT \'\\\n\\i other.sql\n\''] }],
  ])('%s', (_, options) => {
    expect(problemsOf(sql(options))).toEqual([]);
  });

  test('where a table that it made is not in use by another migration of the release', () => {
    const [making, filling] = [Migration.sql({ title: 'a', expand: ['CREATE TABLE b (c int)'] }), Migration.sql({ title: 'b', complete: ['CREATE INDEX ON b (c)'] })];
    expect(problemsOf(making, filling)).toEqual([]);
    expect(judged([filling], { contracts: [making] }).problems).toHaveLength(1);
  });

  test('but not at the end, when the new version uses it', () => {
    expect(rulesOf(sql({ expand: ['CREATE TABLE b (c int)'], contract: ['CREATE INDEX ON b (c)'] }))).toEqual(['create-index-blocks-writes']);
  });
});

/** What SQL is made of, in whatever order. */
const piece = fc.oneof(fc.constantFrom(
  ...'ALTER TABLE orders;ADD COLUMN;DROP;a;b;(;);,;CREATE;INDEX;ON;UPDATE;SET;= 1;WHERE;SELECT;FROM;\';$$;DO;BEGIN;END;EXECUTE;--;/*;\n;\\;text;CHECK;NOT NULL;AS;RENAME;TO;<<type>>'.split(';'),
), fc.string({ unit: 'grapheme', maxLength: 4 }));
const text = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(' ').replace(/\0/g, '')).filter((written) => written.trim() !== '');

test('whatever is written, there is an answer, and each problem is one line', () => {
  fc.assert(fc.property(text, text, (one, other) => {
    const migrations = [
      Migration.addCheck({ ...TABLE, constraint: 'c', check: one }), Migration.addColumn({ ...TABLE, column: 'a', type: one, value: other }),
      sql({ expand: [one], backfill: { table: other, assignments: one, condition: other }, complete: [other], contract: [one], abort: [other] }),
    ];
    for (const migration of migrations) {
      expect(problemsOf(migration).filter((problem) => problem.includes('\n'))).toEqual([]);
    }
  }), { numRuns: 300 });
}, 60_000);

test.each([100, 800, 1400, 5000])('an expression that is nested %d times is judged or refused', (times) => {
  const problems = problemsOf(Migration.addCheck({ ...TABLE, constraint: 'c', check: `a${' + 1'.repeat(times)} > 0` }));
  expect(problems).toEqual(times < 1000 ? [] : [expect.stringContaining('(nested deeper than can be read); correct it')]);
});

test('what is run is judged at the pace that was declared', () => {
  const judge = jest.fn<JudgedSql, [DeclaredSql]>(() => ({ problems: [], accepted: [] }));
  planned(migrating({ pace: { lockTimeout: Duration.seconds(2) } }), 'payments', judge);
  const [{ migrations: [{ units }] }] = judge.mock.calls[0];
  expect([...new Set(units.map(({ lockTimeout }) => lockTimeout))].sort()).toEqual([100, 2000]);
});

describe('a rule may be broken', () => {
  const statement = 'DELETE FROM baskets';

  test('by a statement that says why', () => {
    const { problems, accepted } = judged([sql({ expand: [`-- zero-downtime/accepted.whole-table-write: it has five rows\n${statement}`] })]);
    expect(problems).toEqual([]);
    expect(accepted).toEqual([{ ruleId: 'whole-table-write', reason: 'it has five rows', text: expect.stringContaining('expand 1 "DELETE FROM baskets" breaks whole-table-write') }]);
  });

  test('and by the next one all the same not', () => {
    expect(rulesOf(sql({ expand: [`-- zero-downtime/accepted.whole-table-write: it has five rows\n${statement}; ${statement}`] }))).toEqual(['whole-table-write']);
    expect(rulesOf(sql({ expand: [`-- zero-downtime/accepted.whole-table-write:\n${statement}`] }))).toEqual(['whole-table-write']);
  });

  test('by all, where the release says why', () => {
    const { problems, accepted } = judged([Migration.addColumn({ ...TABLE, column: 'a', type: 'json' })], { accepted: { 'add-column-json': 'nobody compares it' } });
    expect(problems).toEqual([]);
    expect(accepted).toEqual([expect.objectContaining({ ruleId: 'add-column-json', reason: 'nobody compares it' })]);
  });

  test('if there is such a rule', () => {
    expect(judged([sql({ expand: ['SELECT 1'] })], { accepted: { 'drop-colum': 'it is unused' } }).problems)
      .toEqual(['Database accept "drop-colum" is no rule of migrations; did you mean "drop-column"?']);
    expect(judged([sql({ expand: ['SELECT 1'] })], { accepted: { everything: 'why not' } }).problems).toEqual(['Database accept "everything" is no rule of migrations; leave it out']);
  });
});
