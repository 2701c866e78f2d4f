import { mkdirSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { folderWith, run } from './run';
import { ExitCode } from '../../src/cli/exit-code';

const DROP = 'ALTER TABLE t DROP COLUMN c;';

/** Runs the check with a settings file of its own beside some migrations. */
async function withSettings(settings: string, files: Readonly<Record<string, string>> = { '1.sql': DROP }, ...options: string[]) {
  const folder = folderWith({ ...files, 'settings.yaml': settings });
  const ran = await run(['migrations', 'check', ...options, '--config', join(folder, 'settings.yaml')]);
  return { ...ran, out: ran.out.split(`${folder}/`).join(''), error: ran.error.split(`${folder}/`).join('') };
}

describe('a settings file', () => {
  test('says what the options say, with paths below its folder', async () => {
    const { code, out } = await withSettings('migrations:\n  paths: [1.sql]\n  postgresVersion: 15.4\n  lockTimeout: 2s\n  running: columns.yaml\n', {
      '1.sql': DROP, 'columns.yaml': 't: { reads: [a] }',
    });
    expect([code, out]).toEqual([ExitCode.OK, expect.stringContaining('nothing found in 1 statement of 1 file, for PostgreSQL 15')]);
  });

  test('gives way to the command line', async () => {
    const folder = folderWith({ 'a.sql': DROP });
    const { out } = await withSettings('migrations: { paths: [nowhere.sql], postgresVersion: 15, lockTimeout: 2s }', {}, join(folder, 'a.sql'), '--postgres-version', '12');
    expect(out).toContain('1 error in 1 statement of 1 file, for PostgreSQL 12');
  });

  test('accepts rules with a reason, in some files or in all', async () => {
    const accepting = (files: string) => `migrations: { paths: [1.sql, 2.sql], lockTimeout: 1s, ignore: [{ rule: drop-column, reason: nobody reads it${files} }] }`;
    const both = { '1.sql': DROP, '2.sql': DROP };
    expect((await withSettings(accepting(''), both)).code).toBe(ExitCode.OK);
    const { out } = await withSettings(accepting(', files: "1.*"'), both);
    expect(out).toContain('accepted 1.sql:1:1 drop-column: nobody reads it (settings.yaml)');
    expect(out).toContain('2.sql:1:1 error drop-column');
  });

  test('by a folder, and by any folders between', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'old/first'), { recursive: true });
    writeFileSync(join(folder, 'old/first/1.sql'), DROP);
    const code = async (files: string) => {
      writeFileSync(join(folder, 's.yaml'), `migrations: { paths: [old], lockTimeout: 1s, ignore: [{ rule: drop-column, reason: r, files: "${files}" }] }`);
      return (await run(['migrations', 'check', '--config', relative('.', join(folder, 's.yaml'))])).code;
    };
    expect(await code('old')).toBe(ExitCode.OK);
    expect(await code('**/1.sql')).toBe(ExitCode.OK);
    expect(await code('old/*/1.sql')).toBe(ExitCode.OK);
    expect(await code('old/1.sql')).toBe(ExitCode.FOUND);
    expect(await code('new')).toBe(ExitCode.FOUND);
  });

  test.each([
    ['a: 1', 'settings.yaml:1:1: "a" is no key of the file'],
    ['migrations:\n  lockTimeuot: 2s', 'settings.yaml:2:3: "lockTimeuot" is no key of migrations; did you mean "lockTimeout"?'],
    ['migrations:\n  severity: high', 'settings.yaml:2:13: migrations.severity "high" must be one of error, warning, info'],
    ['migrations: { paths: 1.sql }', 'migrations.paths must be a list'],
    ['migrations: { ignore: [{ rule: drop-colum, reason: x }] }', 'rule "drop-colum" must be one of'],
    ['migrations: { ignore: [{ rule: drop-column }] }', 'an item of migrations.ignore must have a reason'],
    ['migrations: { ignore: [{ reason: x }] }', 'an item of migrations.ignore must name a rule'],
    ['migrations: { ignore: [{ rule: drop-column, reason: " " }] }', 'reason must be a text'],
    ['migrations: { lockTimeout: }', 'settings.yaml:1:28: migrations.lockTimeout must be a text'],
    ['- 1', 'settings.yaml:1:1: the file must be a map'],
    ['', 'the file must be a map'],
    ['a: b: c', 'correct the YAML'],
    ['migrations: { lockTimeout: soon, paths: [1.sql] }', '"soon" must be a time as PostgreSQL writes it'],
    ['migrations: {}', 'nothing is named; name SQL files or folders'],
  ])('that says %j is refused', async (settings, message) => {
    const { code, out, error } = await withSettings(settings);
    expect([code, out]).toEqual([ExitCode.BAD_INPUT, '']);
    expect(error).toContain(message);
  });

  test('that is not there is told', async () => {
    expect(await run(['migrations', 'check', '--config', 'nowhere.yaml'])).toMatchObject({ code: ExitCode.BAD_INPUT, error: expect.stringContaining('nowhere.yaml') });
  });
});

describe('a list of columns', () => {
  const check = async (list: string, sql: string, option = '--running') => {
    const folder = folderWith({ 'list.yaml': list });
    const ran = await run(['migrations', 'check', '-', '--lock-timeout', '1s', option, join(folder, 'list.yaml')], { stdin: sql });
    return { ...ran, out: ran.out.split(`${folder}/`).join(''), error: ran.error.split(`${folder}/`).join('') };
  };

  test('stands for the statements of a version', async () => {
    const drop = 'ALTER TABLE shop."Order" DROP COLUMN c;';
    expect((await check('shop.Order:\n  reads: [a]\n  writes: [c]', drop)).out).toContain('the running version (list.yaml:1) asks for shop."Order".c');
    expect((await check('shop.Order: { reads: [a] }', drop)).code).toBe(ExitCode.OK);
  });

  test('of the next version must be answered', async () => {
    expect((await check('t:\n  reads: [a]\nu:\n  writes: [b]', 'CREATE TABLE t (a int); CREATE TABLE u (a int);', '--next')).out)
      .toContain('list.yaml:3:1 error next-version-unanswered\n  3 | u: writes b');
    expect((await check('t: { reads: [a] }', 'CREATE TABLE t (a int); ALTER TABLE t DROP COLUMN a;', '--previous')).code).toBe(ExitCode.OK);
  });

  test.each([
    ['t: [a]', 'list.yaml:1:4: t must be a map'],
    ['t: { reads: a }', 't.reads must be a list'],
    ['t: { selects: [a] }', '"selects" is no key of t'],
    ['t: { reads: [[a]] }', 'a column of t must be a text'],
  ])('%j is refused', async (list, message) => {
    expect(await check(list, 'SELECT 1')).toMatchObject({ code: ExitCode.BAD_INPUT, out: '', error: expect.stringContaining(message) });
  });

  test('quotes what is named, so that a name is never SQL', async () => {
    const { code, error } = await check('\'t; DROP TABLE x\': { reads: [\'a" FROM t; --\'] }', 'SELECT 1');
    expect([code, error]).toEqual([ExitCode.OK, '']);
  });
});
