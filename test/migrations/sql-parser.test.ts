import { execFileSync } from 'child_process';
import { join } from 'path';
import { loadSqlParser, SqlSyntaxError } from '../../src/migrations/sql/sql-parser';

const ROOT = join(__dirname, '../..');

function refusalOf(text: string): SqlSyntaxError {
  try {
    loadSqlParser().parse(text);
  } catch (error) {
    if (error instanceof SqlSyntaxError) {
      return error;
    }
    throw error;
  }
  throw new Error(`${text} was expected to be refused`);
}

describe('the parser of PostgreSQL', () => {
  test('is there at once', () => {
    expect(loadSqlParser().parse('SELECT 1; SELECT 2')).toHaveLength(2);
  });

  test('is loaded once', () => {
    expect(loadSqlParser()).toBe(loadSqlParser());
  });

  test('says where a text is wrong, in the units of a text of this language', () => {
    expect(refusalOf('SELECT \'ä€😀\', FROM t')).toMatchObject({ message: 'syntax error at or near "FROM"', offset: 15 });
  });

  test('quotes no more of a text than a line', () => {
    expect(refusalOf(`SELECT /* ${'a\n'.repeat(100)}`).message).toMatch(/^unterminated \/\* comment at or near "\/\* (a\\n){34}a…"$/);
  });

  test('reads the bodies of PL/pgSQL', () => {
    expect(loadSqlParser().tryParseBody('DO $$ BEGIN PERFORM 1; END $$')).toHaveProperty('plpgsql_funcs');
    expect(loadSqlParser().tryParseBody('DO $$ BEGIN PERFORM; $$')).toBeUndefined();
  });

  test.each([1500, 3000, 6000, 12_000, 200_000])('refuses what is nested %d times, and goes on', (times) => {
    expect(refusalOf(`SELECT 1${'+1'.repeat(times)}`).message).toBe('nested deeper than can be read');
    expect(loadSqlParser().parse('SELECT 1')).toHaveLength(1);
  });

  test('is there when a program ends, and keeps none from ending', () => {
    const program = 'require("ts-node").register({ transpileOnly: true }); const { loadSqlParser } = require("./src/migrations/sql/sql-parser");'
      + 'process.on("exit", () => console.log(loadSqlParser().parse("SELECT 1").length));';
    expect(execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8', timeout: 60_000 })).toBe('1\n');
  });
});

test('a parser that cannot be loaded is told in one sentence', () => {
  jest.isolateModules(() => {
    jest.doMock('vm', () => ({ ...jest.requireActual('vm'), runInContext: () => undefined }));
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { loadSqlParser: load } = require('../../src/migrations/sql/sql-parser') as typeof import('../../src/migrations/sql/sql-parser');
    expect(load).toThrow(/^PostgreSQL's parser cannot be loaded \(WASM module not initialized\..*\); run Node\.js 20 or later, and install the package again$/);
  });
});
