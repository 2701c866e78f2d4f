import { assert, property, string } from 'fast-check';
import { sqlTextProblem } from '../../src/migrations/declared/sql-text';
import { loadSqlParser } from '../../src/migrations/sql/sql-parser';
import type { SqlSort } from '../../src/sql/declared-sql';

const problemOf = (sort: SqlSort, text: string) => sqlTextProblem(sort, text, loadSqlParser());

describe('a text of a declaration', () => {
  test.each<[SqlSort, string, string]>([
    ['expression', 'a >', 'is no SQL that PostgreSQL takes (it ends too early); correct it'],
    ['expression', 'a), (b', 'must be one expression over the columns of a row'],
    ['expression', `1${'+1'.repeat(200_000)}`, 'is no SQL that PostgreSQL takes (nested deeper than can be read); correct it'],
    ['steady', 'a || random()', 'must give the same value whenever it is worked out, and random() does not; make it of the columns of the row'],
    ['type', 'text; DROP TABLE t', 'must be a type, for example varchar(20)'],
    ['table', 'a, b', 'must be the name of one table, for example shop.orders'],
    ['table', 'a; SELECT 1', 'must be the name of one table, for example shop.orders'],
    ['table', 'ONLY a', 'must be the name of one table, for example shop.orders'],
    ['table', 'a UNION SELECT', 'must be the name of one table, for example shop.orders'],
    ['assignments', 'a = 1 WHERE b', 'must be what an UPDATE sets, for example total = quantity * price'],
    ['assignments', 'a = 1; DROP TABLE t', 'must be what an UPDATE sets, for example total = quantity * price'],
    ['assignments', 'a == 1', 'is no SQL that PostgreSQL takes (syntax error at or near "=="); correct it'],
    ['statement', 'DROP TABL a', 'is no SQL that PostgreSQL takes (syntax error at or near "TABL"); correct it'],
    ['statement', 'CREATE INDEX CONCURRENTLY i ON t (a)', 'cannot run CONCURRENTLY, as each step is one; declare it as createIndex'],
    ['statement', 'DROP INDEX CONCURRENTLY i', 'cannot run CONCURRENTLY, as each step is one; leave it out'],
    ['statement', 'SELECT 1; COMMIT', 'cannot run in a transaction, as each step is one; leave it out'],
  ])('that is no %s is told why: %.40s', (sort, text, problem) => {
    expect(problemOf(sort, text)).toBe(problem);
  });

  test.each<[SqlSort, string]>([
    ['expression', 'random() > a -- with a comment'], ['steady', 'lower(a) || "B c"'], ['type', 'numeric(10, 2)[]'], ['type', '"Own"."Type"'], ['type', 'timestamp with time zone'], ['type', 'interval day to second'], ['table', 'shop."Order"'],
    ['assignments', 'a = 1, (b, c) = (SELECT 1, 2)'], ['statement', 'DROP TABLE a; DROP TABLE b'],
  ])('may be any %s: %s', (sort, text) => {
    expect(problemOf(sort, text)).toBeUndefined();
  });

  test.each(['1) UNION (SELECT 2', '1) FROM t WHERE (true', '1) ORDER BY (1', '1) LIMIT (1', '1), (2', '1) AS a', '1; SELECT 2', '1) -- '])('is never more than one expression: %s', (text) => {
    expect(problemOf('expression', text)).toBeDefined();
  });

  test.each(['text, 1', 'text FROM t', 'text; DROP TABLE t', 'text::integer', 'text AS a', 'text UNION SELECT 1'])('is never more than one type: %s', (text) => {
    expect(problemOf('type', text)).toBeDefined();
  });

  test.each(['a, b', 'a b', 'a WHERE c', 'a JOIN b ON true', '(SELECT 1)', 'f()'])('is never more than one table: %s', (text) => {
    expect(problemOf('table', text)).toBeDefined();
  });

  test('is within its brackets, whatever it is', () => {
    assert(property(string(), (text) => {
      if (problemOf('expression', text) === undefined) {
        expect(loadSqlParser().parse(`UPDATE t SET a = (${text}\n) WHERE b`)).toHaveLength(1);
      }
    }));
  });
});
