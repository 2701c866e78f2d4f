import { property, assert, string, constantFrom, array, integer, record } from 'fast-check';
import { parser } from './checking';
import { kindOf, as, allOf } from '../../src/migrations/sql/node';
import { piecesOf } from '../../src/migrations/sql/pieces';
import { readScript } from '../../src/migrations/sql/read-script';
import { TextPlace, unitsOfBytes, unitsOfCharacters } from '../../src/migrations/sql/text-place';
import { madeName, quoteIdentifier, quoteLiteral } from '../../src/sql/quote';

const texts = (text: string) => piecesOf(text).map(({ start, end }) => text.slice(start, end));

describe('a script falls into statements', () => {
  test.each([
    ['at semicolons', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['not within texts', 'SELECT \';\'; SELECT E\'\\\';\'; SELECT ";"', ['SELECT \';\'', 'SELECT E\'\\\';\'', 'SELECT ";"']],
    ['not within dollar quotes', 'DO $a$ BEGIN; $b$;$b$ END $a$; SELECT $$;$$', ['DO $a$ BEGIN; $b$;$b$ END $a$', 'SELECT $$;$$']],
    ['not at parameters', 'SELECT $1; SELECT 2', ['SELECT $1', 'SELECT 2']],
    ['not within comments, which nest', '/* ; /* ; */ ; */ SELECT 1; -- ;\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    ['not within bodies in SQL', 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2',
      ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END', 'SELECT 2']],
    ['after the data of a COPY', 'COPY t FROM stdin;\n1\t; DROP TABLE t;\n\\.\nSELECT 2', ['COPY t FROM stdin', 'SELECT 2']],
    ['without the mark of the order of bytes', '\ufeffSELECT 1', ['SELECT 1']],
  ])('%s', (_title, text, statements) => {
    expect(texts(text)).toEqual(statements);
  });

  test('with meta-commands between them, which end what they run', () => {
    expect(piecesOf('\\set ON_ERROR_STOP on\nSELECT 1 \\gexec\nSELECT 2;').map((piece) => piece.kind === 'statement' ? 'statement' : piece.name))
      .toEqual(['set', 'statement', 'gexec', 'statement']);
  });

  test('as the parser sees them, whatever is put together', () => {
    const part = constantFrom('SELECT 1', 'SELECT \'a;b\'', 'SELECT $x$;$x$', 'DO $$ BEGIN NULL; END $$', 'SELECT "a;"', 'SELECT 1 /* ; */ + 2', 'SELECT E\'\\\\;\'', 'SELECT U&\'\\0061;\'');
    assert(property(array(part, { minLength: 1, maxLength: 8 }), (parts) => {
      const text = parts.join(';\n-- ;\n');
      expect(piecesOf(text)).toHaveLength(parser().parse(text).length);
    }));
  });
});

describe('a name as SQL', () => {
  test('is read back by the parser as it was, whatever it is', () => {
    const name = string({ unit: 'grapheme', minLength: 1, maxLength: 15 }).filter((text) => !text.includes('\u0000') && Buffer.byteLength(text) <= 63);
    assert(property(name, (text) => {
      const [statement] = parser().parse(`CREATE TABLE ${quoteIdentifier(text)} (${quoteIdentifier(text)} int)`);
      const create = as(statement, 'CreateStmt');
      expect([create?.relation?.relname, allOf(create?.tableElts, 'ColumnDef')[0].colname]).toEqual([text, text]);
    }));
  });

  test.each(['a', 'order', 'user', 'A', 'a b', 'a"b', '1a', 'é', 'a.b', 'between', 'int', 'values', 'a$1'])('%s is written so', (name) => {
    const [statement] = parser().parse(`ALTER TABLE ${quoteIdentifier(name)} RENAME COLUMN ${quoteIdentifier(name)} TO x`);
    expect(as(statement, 'RenameStmt')).toMatchObject({ relation: { relname: name }, subname: name });
  });

  test('that is made of others is no longer than PostgreSQL keeps, and keeps its end', () => {
    assert(property(array(string({ unit: 'grapheme', maxLength: 60 }), { minLength: 2, maxLength: 4 }), (parts) => {
      const made = madeName(...parts, 'key');
      expect(Buffer.byteLength(made)).toBeLessThanOrEqual(63);
      expect(made.endsWith('_key')).toBe(true);
    }));
  });

  test('and a text as SQL is read back as it was', () => {
    assert(property(string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000')), (text) => {
      const [target] = allOf(as(parser().parse(`SELECT ${quoteLiteral(text)}`)[0], 'SelectStmt')?.targetList, 'ResTarget');
      expect((target.val as { A_Const: { sval: { sval?: string } } }).A_Const.sval.sval ?? '').toBe(text);
    }));
  });
});

describe('places', () => {
  test('count lines and columns from 1', () => {
    const place = new TextPlace('ab\ncd\r\n\nx');
    expect([0, 1, 3, 4, 7, 8].map((offset) => place.position(offset))).toEqual([
      { line: 1, column: 1 }, { line: 1, column: 2 }, { line: 2, column: 1 }, { line: 2, column: 2 }, { line: 3, column: 1 }, { line: 4, column: 1 },
    ]);
    expect([1, 2, 3, 4].map((line) => place.line(line))).toEqual(['ab', 'cd', '', 'x']);
  });

  test('are the same in bytes, characters and units', () => {
    assert(property(record({ text: string({ unit: 'grapheme' }), at: integer({ min: 0, max: 20 }) }), ({ text, at }) => {
      const head = [...text].slice(0, at).join('');
      expect(unitsOfBytes(text, Buffer.byteLength(head))).toBe(head.length);
      expect(unitsOfCharacters(text, [...head].length)).toBe(head.length);
    }));
  });

  test('of errors are those of the file', () => {
    const { problems } = readScript('a.sql', 'SELECT \'é\';\n\n  UPDATE t SET a = 1\n  LIMIT 5;', parser());
    expect(problems).toEqual([{ source: 'a.sql', position: { line: 4, column: 3 }, message: expect.stringContaining('PostgreSQL has no UPDATE … LIMIT') }]);
  });
});

describe('what PostgreSQL does not take', () => {
  test.each([
    ['CREATE TABLE `a` (id int AUTO_INCREMENT)', 'MySQL'],
    ['CREATE TABLE a (id int) ENGINE=InnoDB', 'MySQL'],
    ['ALTER TABLE a MODIFY COLUMN b int', 'MySQL'],
    ['CREATE TABLE [dbo].[a] (id int IDENTITY(1,1))', 'SQL Server'],
    ['CREATE TABLE a (id int);\nGO\nCREATE TABLE b (id int)', 'SQL Server'],
    ['CREATE TABLE a (b VARCHAR2(10) ENABLE)', 'Oracle'],
    ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)', 'SQLite'],
    ['PRAGMA foreign_keys = ON', 'SQLite'],
    ['SELECT :name', 'variables of psql'],
    ['CREATE TABLE ${schema}.a (id int)', 'templates'],
    ['SELEC 1', 'correct the statement'],
  ])('%s is told with the reason', (text, reason) => {
    const { problems } = readScript('a.sql', text, parser());
    expect(problems[0].message).toContain(reason);
    expect(problems[0].position?.line).toBeGreaterThan(0);
  });

  test('leaves the statements beside it read', () => {
    const { statements, problems } = readScript('a.sql', 'SELECT 1; SELEC 2; SELECT 3', parser());
    expect([statements.length, problems.length]).toEqual([2, 1]);
  });

  test('is a meta-command that is not known', () => {
    expect(readScript('a.sql', 'SELECT 1;\n\\frobnicate x', parser()).problems).toEqual([
      { source: 'a.sql', position: { line: 2, column: 1 }, message: expect.stringContaining('\\\\frobnicate') },
    ]);
  });
});

describe('the body of a DO', () => {
  const inner = (body: string) => {
    const [statement] = readScript('a.sql', `DO $$ ${body} $$`, parser()).statements;
    return { kinds: statement.inner.map(kindOf), opaque: statement.opaque, commits: statement.commits };
  };

  test('is looked into', () => {
    expect(inner('BEGIN IF true THEN ALTER TABLE t ADD COLUMN c int; END IF; UPDATE t SET c = 1; END')).toEqual({ kinds: ['AlterTableStmt', 'UpdateStmt'], opaque: undefined, commits: false });
  });

  test('is looked into where it executes a constant', () => {
    expect(inner('BEGIN EXECUTE \'ALTER TABLE t ADD COLUMN c int\'; END').kinds).toEqual(['AlterTableStmt']);
  });

  test('is opaque where it puts together what it runs', () => {
    expect(inner('BEGIN EXECUTE \'ALTER TABLE \' || x; END').opaque).toContain('EXECUTE');
  });

  test('tells that it commits', () => {
    expect(inner('BEGIN LOOP COMMIT; END LOOP; END').commits).toBe(true);
  });
});
