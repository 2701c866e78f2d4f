import { parser } from './checking';
import { applyStatement } from '../../src/migrations/catalog/apply-statement';
import { Catalog } from '../../src/migrations/catalog/catalog';
import { checkMigrations } from '../../src/migrations/check-migrations';
import { versionOf, versionsIn } from '../../src/migrations/layouts/dump';
import { migrationFilesOf, type LayoutSettings } from '../../src/migrations/layouts/layout';

type Files = Readonly<Record<string, string>>;

const HEADER = '--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\n-- Dumped by pg_dump version 18.0\n\nSET lock_timeout = 0;\n';
const FOOTER = '--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict x\n\n';
const LIST = 'SET search_path TO "$user", public;\n\nINSERT INTO "schema_migrations" (version) VALUES\n(\'20240102000000\'),\n(\'20240101000000\');\n';
const TABLE = 'CREATE TABLE public.orders (id bigint NOT NULL, note character varying(20));\n';
const RAILS = `SET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\n${TABLE}${FOOTER}${LIST}`;

const filesOf = (files: Files, settings: LayoutSettings = {}, isNamed = false) =>
  migrationFilesOf(Object.entries(files).map(([source, text]) => ({ source, text, isNamed })), settings);
const shown = (files: Files, settings: LayoutSettings = {}, isNamed = false) => filesOf(files, settings, isNamed)
  .map(({ source, isHistory }) => `${source}${isHistory ? ' (history)' : ''}`);

test.each([
  ['a dump with its comments', 'db/schema.sql', `${HEADER}${TABLE}${FOOTER}`],
  ['a dump whose first comments a tool took out', 'db/structure.sql', RAILS],
  ['a dump without any comment', 'db/structure.sql', `SET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\n${TABLE}`],
  ['a dump of another name', 'db/animals_structure.sql', RAILS],
])('%s is history, before all else', (_name, source, text) => {
  expect(shown({ 'db/3.sql': 'SELECT 3', [source]: text })).toEqual([`${source} (history)`, 'db/3.sql']);
  expect(shown({ 'db/3.sql': 'SELECT 3', [source]: text }, {}, true)).toEqual([`${source} (history)`, 'db/3.sql']);
});

test.each([
  ['MySQL\'s', 'db/structure.sql', '-- MySQL dump 10.13\nCREATE TABLE `t` (a int);', []],
  ['a text that only speaks of dumps', 'db/4.sql', 'SELECT 1; -- PostgreSQL database dumps are large', ['db/3.sql', 'db/4.sql']],
  ['the first step of Flyway', 'db/V1__base.sql', `${HEADER}${TABLE}`, ['db/3.sql', 'db/V1__base.sql']],
  ['the first step of a sequence', 'db/0001_init.sql', `${HEADER}${TABLE}`, ['db/0001_init.sql', 'db/3.sql']],
  ['the first step of Prisma', 'db/0_init/migration.sql', `${HEADER}${TABLE}`, ['db/0_init/migration.sql', 'db/3.sql']],
])('%s is none', (_name, source, text, expected) => {
  expect(shown({ 'db/3.sql': 'SELECT 3', [source]: text })).toEqual(expected.length === 0 ? ['db/3.sql'] : expected);
});

describe('a dump that lists versions', () => {
  const FILES = {
    'db/structure.sql': RAILS,
    'db/migrate/20240101000000_a.sql': 'SELECT 1',
    'db/migrate/20240102000000_b.sql': 'SELECT 2',
    'db/migrate/20240103000000_c.sql': 'SELECT 3',
    'db/migrate/20240104000000_d.sql': 'SELECT 4',
  };

  test('holds them: what it does not list is checked on top of it', () => {
    expect(shown(FILES)).toEqual(['db/structure.sql (history)', 'db/migrate/20240103000000_c.sql', 'db/migrate/20240104000000_d.sql']);
  });

  test('--from names the first that is checked of those that it does not list', () => {
    expect(shown(FILES, { from: '20240104000000_d.sql' }))
      .toEqual(['db/structure.sql (history)', 'db/migrate/20240103000000_c.sql (history)', 'db/migrate/20240104000000_d.sql']);
  });

  test('tells nothing of what was there before one of them', () => {
    expect(shown(FILES, { from: '20240102000000_b.sql' })).toEqual([
      'db/migrate/20240101000000_a.sql (history)', 'db/migrate/20240102000000_b.sql', 'db/migrate/20240103000000_c.sql', 'db/migrate/20240104000000_d.sql',
    ]);
  });

  test('and all there are leaves nothing to be checked, which is told and not passed', () => {
    const { 'db/migrate/20240103000000_c.sql': _c, 'db/migrate/20240104000000_d.sql': _d, ...held } = FILES;
    const { problems } = checkMigrations(filesOf(held), { version: 18, accepted: [] }, parser());
    expect(problems).toEqual([{ source: 'db/structure.sql', message: expect.stringContaining('name the first one that is to be checked (--from)') }]);
  });
});

test('a dump that lists nothing is where all migrations begin', () => {
  expect(shown({ 'schema.sql': `${HEADER}${TABLE}${FOOTER}`, '1.sql': '', '2.sql': '' }, { from: '2.sql' })).toEqual(['schema.sql (history)', '1.sql (history)', '2.sql']);
});

test.each([
  ['Rails', LIST, ['20240102000000', '20240101000000']],
  ['dbmate', '--\n-- Dbmate schema migrations\n--\n\nINSERT INTO public.schema_migrations (version) VALUES\n    (\'001\'),\n    (\'20\');', ['1', '20']],
  ['Ecto', 'INSERT INTO public."schema_migrations" (version) VALUES (20180217063210);\nINSERT INTO public."schema_migrations" (version) VALUES (7);', ['20180217063210', '7']],
  ['pg_dump with rows', 'COPY public.schema_migrations (version) FROM stdin;\n1\n20\n\\.\n\nSELECT 3;', ['1', '20']],
  ['a table of another form', 'INSERT INTO schema_migrations (version, dirty) VALUES (5, false);', []],
  ['no list', TABLE, []],
])('versions that are listed: %s', (_name, text, versions) => {
  expect(versionsIn(text)).toEqual(versions);
});

test.each([
  ['m/20240101_a.sql', '20240101'], ['m/001_a.up.sql', '1'], ['m/V2__a.sql', '2'], ['m/0_init/migration.sql', '0'], ['m/12.js', '12'], ['m/a.sql', undefined], ['m/Views.sql', undefined],
])('the version of %s', (source, version) => {
  expect(versionOf(source)).toBe(version);
});

test('what a dump tells is known to what is checked, and nothing of it is found', () => {
  const files = filesOf({ 'structure.sql': RAILS, '20240103_a.sql': 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(40);' });
  const settings = { version: 18, accepted: [], lockTimeout: 1000, statementTimeout: 1000 };
  expect(checkMigrations(files, settings, parser()).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const narrower = filesOf({ 'structure.sql': RAILS, '20240103_a.sql': 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(4);' });
  expect(checkMigrations(narrower, settings, parser()).findings).toContainEqual(expect.objectContaining({ ruleId: 'alter-type-rewrites', source: '20240103_a.sql' }));
});

test('what a live server tells is not overruled by a dump', () => {
  const live = catalogOf('CREATE TABLE orders (id bigint NOT NULL, note varchar(60))');
  const files = filesOf({ 'structure.sql': RAILS, '20240103_a.sql': 'ALTER TABLE orders ALTER COLUMN note TYPE varchar(40);' });
  const found = (catalog: Catalog | undefined) =>
    checkMigrations(files, { version: 18, accepted: [], catalog, isComplete: catalog !== undefined }, parser()).findings.map(({ ruleId }) => ruleId);
  expect(found(live)).toContain('alter-type-rewrites');
  expect(found(undefined)).not.toContain('alter-type-rewrites');
});

function catalogOf(text: string): Catalog {
  const catalog = Catalog.empty();
  parser().parse(text).forEach((node) => applyStatement(node, catalog, 'live'));
  return catalog;
}
