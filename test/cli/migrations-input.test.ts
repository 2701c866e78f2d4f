import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { folderWith, run } from './run';
import { ExitCode } from '../../src/cli/exit-code';

const up = (sql: string) => `exports.up = (knex) => knex.raw(${JSON.stringify(sql)});\nexports.down = async () => {};\n`;

/** A folder with files in folders of it. */
function treeWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = folderWith({});
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** What is found in a folder, each as the rule in its place below it. */
async function found(folder: string, ...options: string[]): Promise<string[]> {
  const { out, error } = await run(['migrations', 'check', folder, '--format', 'json', '--lock-timeout', '1s', '--statement-timeout', '1s', '--severity', 'error', ...options]);
  expect(error).toBe('');
  const { findings } = JSON.parse(out) as { findings: { source: string; line: number; ruleId: string }[] };
  return findings.map(({ source, line, ruleId }) => `${source.slice(folder.length + 1)}:${line} ${ruleId}`);
}

describe('a folder', () => {
  test('holds SQL and programs, in the order of their versions', async () => {
    const folder = treeWith({ 'm/10_c.ts': up('DROP TABLE c'), 'm/2_a.js': up('DROP TABLE a'), 'm/3_b.sql': 'DROP TABLE b;', 'm/4.mjs': up('DROP TABLE d'), 'm/5.cjs': up('DROP TABLE e') });
    expect(await found(folder)).toEqual(['m/2_a.js:1 drop-table', 'm/3_b.sql:1 drop-table', 'm/4.mjs:1 drop-table', 'm/5.cjs:1 drop-table', 'm/10_c.ts:1 drop-table']);
  });

  test('is not searched for what only looks like a migration', async () => {
    const bad = up('DROP TABLE t');
    expect(await found(treeWith({
      '1.sql': 'SELECT 1',
      'node_modules/a/1.js': bad,
      '.git/1.js': bad,
      '1.d.ts': bad,
      '1.test.js': bad,
      '1.spec.ts': bad,
      '__tests__/1.js': bad,
      '__mocks__/1.js': bad,
      '1.json': bad,
      'server.js': 'const knex = require("knex"); exports.start = () => knex.raw("DROP TABLE t");',
      'sequelize.js': 'exports.up = (queryInterface) => queryInterface.dropTable("t");',
    }))).toEqual([]);
  });

  test('where a program stands beside what it is compiled to, is run once', async () => {
    expect(await found(treeWith({ '1.ts': up('DROP TABLE t'), '1.js': up('DROP TABLE t'), '2.mts': up('DROP TABLE u'), '2.mjs': up('DROP TABLE u') }))).toEqual(['1.ts:1 drop-table', '2.mts:1 drop-table']);
  });

  test('holds what builds its statements, which is found', async () => {
    expect(await found(treeWith({ '1.ts': 'import { Knex } from "knex";\nexport async function up(knex: Knex) {\n  await knex.schema.dropTable("t");\n}\n' }))).toEqual(['1.ts:3 opaque-statement']);
  });

  test('holds a program that cannot be read, which is found', async () => {
    expect(await found(treeWith({ '1.js': `${up('SELECT 1')}\`` }))).toEqual(['1.js:3 opaque-statement']);
  });

  test('with a dump: what it lists is neither replayed nor checked, unless --from names it', async () => {
    const folder = treeWith({
      'schema.sql': '--\n-- PostgreSQL database dump\n--\nCREATE TABLE public.t (a varchar(9));\nINSERT INTO public.schema_migrations (version) VALUES\n    (\'1\'),\n    (\'2\');\n',
      'm/1_a.sql': 'CREATE TABLE t (a varchar(5));',
      'm/2_b.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(9);',
      'm/3_c.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(7);',
    });
    expect(await found(folder)).toEqual(['m/3_c.sql:1 alter-type-rewrites']);
    expect(await found(folder, '--from', '2_b.sql')).toEqual(['m/3_c.sql:1 alter-type-rewrites']);
    writeFileSync(join(folder, 'm/2_b.sql'), 'ALTER TABLE t DROP COLUMN a;');
    expect(await found(folder)).toEqual(['m/3_c.sql:1 alter-type-rewrites']);
    expect(await found(folder, '--from', '2_b.sql')).toContain('m/2_b.sql:1 drop-column');
  });
});

describe('what is not judged is told, and ends with 2', () => {
  const dump = '--\n-- PostgreSQL database dump\n--\nCREATE TABLE public.t (a int);\nINSERT INTO schema_migrations (version) VALUES (\'1\');\n';

  test.each<[string, Record<string, string | Buffer>, string, string]>([
    ['a folder without migrations', { 'a.txt': '', 'server.js': 'exports.up = 1' }, '', 'there is no .sql file, and no program of knex or node-pg-migrate; name a file, or a folder that holds some'],
    ['a program that is no migration', { 'a.js': 'exports.start = () => 1;' }, 'a.js', 'a.js: the program is no migration: it exports no up that is given knex or pgm; name SQL files, and programs of knex and node-pg-migrate'],
    ['a program that is binary', { 'a.js': Buffer.from([0, 1, 2]) }, 'a.js', 'a.js: the file is binary'],
    ['SQL that does not parse', { 'a.js': up('SELECT 1;\nSELEC 2') }, 'a.js', 'a.js:1:45: syntax error at or near "SELEC"; correct the statement'],
    ['a dump alone', { 'schema.sql': dump }, 'schema.sql', 'schema.sql: it tells what the database holds, and no migration is left to be checked; name the first one that is to be checked (--from)'],
    ['a dump that lists all there are', { 'schema.sql': dump, '1_a.sql': 'DROP TABLE t;' }, '', 'schema.sql: it tells what the database holds, and no migration is left to be checked'],
  ])('%s', async (_title, files, name, message) => {
    const { code, out, error } = await run(['migrations', 'check', join(folderWith(files), name)]);
    expect([code, out]).toEqual([ExitCode.BAD_INPUT, '']);
    expect(error).toContain(message);
  });
});
