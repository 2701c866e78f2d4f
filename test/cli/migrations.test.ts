import { writeFileSync } from 'fs';
import { join } from 'path';
import { folderWith, run } from './run';
import { ExitCode } from '../../src/cli/exit-code';

const EXAMPLES = join(__dirname, '../../examples/migrations');
const check = (sql: string, ...options: string[]) => run(['migrations', 'check', '-', ...options], { stdin: sql });

describe('migrations check', () => {
  test('finds nothing in good migrations, and sums up their locks', async () => {
    const { code, out } = await run(['migrations', 'check', join(EXAMPLES, 'good')]);
    expect(code).toBe(ExitCode.OK);
    expect(out).toContain('nothing found in 9 statements of 3 files, for PostgreSQL 18');
    expect(out).toMatch(/V3__index\.sql +public\.orders +SHARE UPDATE EXCLUSIVE +as long as the table is large +CREATE INDEX CONCURRENTLY/);
  });

  test('finds what is bad, with a caret, the phase and the SQL to write', async () => {
    const { code, out } = await run(['migrations', 'check', join(EXAMPLES, 'bad')]);
    expect(code).toBe(ExitCode.FOUND);
    expect(out).toContain('1 | ALTER TABLE orders RENAME COLUMN payment_status TO status;\n    | ^');
    expect(out).toContain('phase: never while the table is in use');
    expect(out).toContain('    ALTER TABLE public.orders ADD COLUMN status varchar(20);');
  });

  test('as JSON', async () => {
    const { out } = await check('ALTER TABLE t DROP COLUMN c;', '--format', 'json', '--lock-timeout', '1s', '--postgres-version', '15.4');
    expect(JSON.parse(out)).toMatchObject({
      command: 'migrations check',
      version: 15,
      findings: [{ ruleId: 'drop-column', severity: 'error', phase: 'contract', source: '<stdin>', line: 1, column: 1, subject: 'public.t.c' }],
      accepted: [],
      locks: [{ relation: 'public.t', mode: 'ACCESS EXCLUSIVE', command: 'DROP COLUMN', isLong: false }],
      judged: { files: 1, statements: 1 },
    });
  });

  test('as SARIF, with what is accepted', async () => {
    const { code, out } = await check('ALTER TABLE t DROP COLUMN c;', '--format', 'sarif', '--lock-timeout', '1s', '--ignore', 'drop-column=nobody reads it');
    expect(code).toBe(ExitCode.OK);
    const [{ results, tool }] = (JSON.parse(out) as { runs: { results: object[]; tool: { driver: { rules: { id: string }[] } } }[] }).runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['drop-column']);
    expect(results).toEqual([expect.objectContaining({ ruleId: 'drop-column', level: 'error', suppressions: [{ kind: 'external', justification: 'nobody reads it' }] })]);
  });

  test('as annotations of GitHub', async () => {
    const { out } = await check('CREATE INDEX i ON t (a);', '--format', 'github', '--lock-timeout', '1s');
    expect(out).toMatch(/^::error file=<stdin>,line=1,col=1,title=create-index-blocks-writes::[^\n]*CREATE INDEX CONCURRENTLY/);
  });

  test('replays a schema, and files before the first that is checked', async () => {
    const folder = folderWith({ 'schema.sql': 'CREATE TABLE t (a varchar(5), b varchar(5));', '1.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(9);', '2.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(7);' });
    const { out } = await run(['migrations', 'check', folder, '--schema', join(folder, 'schema.sql'), '--from', '2.sql', '--lock-timeout', '1s']);
    expect(out).toContain('2.sql:1:1 error alter-type-rewrites');
    expect(out).toContain('1 error in 1 statement of 1 file');
  });
});

test('a schema that lists the migrations that it holds is not changed by them again', async () => {
  const folder = folderWith({
    'schema.sql': 'CREATE TABLE t (a varchar(9));\nINSERT INTO schema_migrations (version) VALUES (\'1\');\n',
    '1_wider.sql': 'ALTER TABLE t ADD COLUMN a varchar(9);',
    '2_more.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(10);',
  });
  const { code, out } = await run(['migrations', 'check', folder, '--schema', join(folder, 'schema.sql'), '--lock-timeout', '1s']);
  expect([code, out]).toEqual([ExitCode.OK, expect.stringContaining('nothing found in 1 statement of 1 file')]);
});

test('a schema that lies among the migrations is none of them', async () => {
  const folder = folderWith({ 'base.sql': 'CREATE TABLE t (a varchar(9));', 'wider.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(10);' });
  const { out } = await run(['migrations', 'check', folder, '--schema', join(folder, 'base.sql'), '--lock-timeout', '1s']);
  expect(out).toContain('nothing found in 1 statement of 1 file');
});

test('what an earlier report found is accepted, and what is new is not', async () => {
  const folder = folderWith({ 'report.json': '', 'broken.json': '{"findings": 1}' });
  const found = (await check('ALTER TABLE t DROP COLUMN c;', '--format', 'json', '--lock-timeout', '1s')).out;
  writeFileSync(join(folder, 'report.json'), found);
  const options = ['--lock-timeout', '1s', '--baseline', join(folder, 'report.json')];
  expect(await check('\n\nALTER TABLE t DROP COLUMN c;', ...options)).toMatchObject({ code: ExitCode.OK, out: expect.stringContaining('drop-column: found before (--baseline)') });
  expect((await check('ALTER TABLE t DROP COLUMN d;', ...options)).code).toBe(ExitCode.FOUND);
  expect((await check('SELECT 1', '--baseline', join(folder, 'broken.json'))).error).toContain('is no report of migrations');
});

test('a version of the program that is known decides', async () => {
  const folder = folderWith({ 'running.sql': 'SELECT a FROM t;', 'next.sql': 'SELECT b FROM t;', 'broken.sql': 'SELEC' });
  const drop = (...options: string[]) => check('CREATE TABLE t (a int, b int); ALTER TABLE t DROP COLUMN b;', '--lock-timeout', '1s', ...options);
  expect((await drop('--running', join(folder, 'running.sql'))).code).toBe(ExitCode.OK);
  expect((await drop('--next', join(folder, 'next.sql'))).out).toContain('next.sql:1:1 error next-version-unanswered');
  expect(await drop('--next', join(folder, 'broken.sql'))).toMatchObject({ code: ExitCode.BAD_INPUT, error: expect.stringContaining('broken.sql:1:1') });
});

describe('bad input is told with its place, and ends with 2', () => {
  const wrong: readonly [string, string | Buffer, string][] = [
    ['a syntax error', 'SELECT 1;\n  SELEC 2;', 'a.sql:2:3: syntax error at or near "SELEC"; correct the statement'],
    ['UPDATE … LIMIT', 'UPDATE t SET a = 1 LIMIT 5', 'PostgreSQL has no UPDATE … LIMIT'],
    ['MySQL', 'CREATE TABLE `t` (a int)', 'this is MySQL\'s SQL'],
    ['SQL Server', 'CREATE TABLE [t] (a int)', 'this is SQL Server\'s SQL'],
    ['a text that is not closed', 'SELECT \'a', 'unterminated quoted string'],
    ['a comment that is not closed', 'SELECT 1 /* a', 'unterminated /* comment'],
    ['an unknown meta-command', '\\frobnicate', 'psql has no meta-command'],
    ['a variable of psql', 'SELECT :a', 'variables of psql'],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 'the file is binary'],
    ['UTF-16', Buffer.from('\ufeffSELECT 1', 'utf16le'), 'the file is binary, or in UTF-16'],
    ['Latin-1', Buffer.from([0x53, 0xe9]), 'the file is not UTF-8'],
    ['a huge file', Buffer.alloc(33 * 1024 * 1024, ' '), 'at most 32 MiB are read'],
  ];

  test.each(wrong)('%s', async (_title, content, message) => {
    const { code, out, error } = await run(['migrations', 'check', join(folderWith({ 'a.sql': content }), 'a.sql')]);
    expect([code, out]).toEqual([ExitCode.BAD_INPUT, '']);
    expect(error).toContain(message);
  });

  test.each([
    [['nowhere.sql'], 'nowhere.sql: no such file or folder'],
    [['-', '--postgres-version', '9.6'], '"9.6" must be a version from 11 to 18'],
    [['-', '--postgres-version', 'new'], '"new" must be a version'],
    [['-', '--ignore', 'drop-colum=x'], 'did you mean "drop-column"?'],
    [['-', '--ignore', 'drop-column'], 'must give a reason'],
    [['-', '--lock-timeout', 'soon'], 'must be a time as PostgreSQL writes it'],
    [['-', '--from', '7.sql'], 'is none of the files'],
    [['-', '--schema', 'nowhere.sql'], 'nowhere.sql'],
    [['-', '--database', 'postgresql://nobody@127.0.0.1:1/none'], '--database: the server cannot be read (ECONNREFUSED'],
    [['-', '--transaction', 'maybe'], 'Allowed choices are file, none'],
  ])('%j', async (options, message) => {
    const { code, error } = await run(['migrations', 'check', ...options], { stdin: 'SELECT 1' });
    expect(code).toBe(ExitCode.BAD_INPUT);
    expect(error).toContain(message);
  });

  test('a folder without SQL', async () => {
    const { code, error } = await run(['migrations', 'check', folderWith({ 'a.txt': '' })]);
    expect([code, error]).toEqual([ExitCode.BAD_INPUT, expect.stringContaining('there is no .sql file')]);
  });

  test('and never passed as safe where it cannot be seen through', async () => {
    for (const sql of ['\\i other.sql', 'SELECT \'DROP TABLE t\' \\gexec', 'CALL p();', 'DO $$ BEGIN EXECUTE x; END $$', 'DO LANGUAGE plpython3u $$ x $$']) {
      expect((await check(sql)).out).toContain('error opaque-statement');
    }
  });
});

test('explain tells of the rules for migrations', async () => {
  const { code, out } = await run(['explain', 'set-not-null-scans']);
  expect(code).toBe(ExitCode.OK);
  expect(out).toContain('-- zero-downtime/accepted.set-not-null-scans: REASON');
  expect((await run(['explain'])).out).toContain('Rules for migrations');
});
