import { migrationFilesOf, type ReadFile } from '../../src/migrations/layouts/layout';
import { byNumber } from '../../src/migrations/layouts/order';

type Files = Readonly<Record<string, string>>;

const found = (files: Files): ReadFile[] => Object.entries(files).map(([source, text]) => ({ source, text, isNamed: false }));
const shown = (files: Files) => migrationFilesOf(found(files))
  .map(({ source, text, isInTransaction }) => `${source}: ${text.trim()}${isInTransaction ? ' (transaction)' : ''}`);

test('numbers are put in the order of numbers, however long', () => {
  expect(['10_a', '9_b', '2_c', '20260101120000_d', '010_e'].sort(byNumber)).toEqual(['2_c', '9_b', '10_a', '010_e', '20260101120000_d']);
});

test('plain files run as psql runs them, and structure.sql says what became of it all', () => {
  expect(shown({ 'm/10.sql': 'SELECT 10', 'm/2.sql': 'SELECT 2', 'm/structure.sql': 'x', 'm/3.down.sql': 'x' })).toEqual(['m/2.sql: SELECT 2', 'm/10.sql: SELECT 10']);
});

test('a file that is named is read whatever its name, in the order of the names', () => {
  const named = (source: string): ReadFile => ({ source, text: 'SELECT 1', isNamed: true });
  expect(migrationFilesOf([named('b/structure.sql'), named('a.sql')]).map(({ source }) => source)).toEqual(['b/structure.sql', 'a.sql']);
});

test('Flyway', () => {
  expect(shown({
    'm/V1_10__c.sql': 'SELECT 3', 'm/V1_2__b.sql': 'SELECT 2', 'm/R__view.sql': 'SELECT 9', 'm/U1_2__b.sql': 'x', 'm/V2__i.sql': 'CREATE INDEX CONCURRENTLY i ON t (a)', 'm/B1__base.sql': 'SELECT 0',
  })).toEqual([
    'm/B1__base.sql: SELECT 0 (transaction)', 'm/V1_2__b.sql: SELECT 2 (transaction)', 'm/V1_10__c.sql: SELECT 3 (transaction)',
    'm/V2__i.sql: CREATE INDEX CONCURRENTLY i ON t (a)', 'm/R__view.sql: SELECT 9 (transaction)',
  ]);
});

test('golang-migrate and Prisma send what several statements make one transaction', () => {
  expect(shown({ 'm/1_a.up.sql': 'SELECT 1; SELECT 2', 'm/1_a.down.sql': 'x', 'm/2_b.up.sql': 'SELECT 3;' })).toEqual(['m/1_a.up.sql: SELECT 1; SELECT 2 (transaction)', 'm/2_b.up.sql: SELECT 3;']);
  expect(shown({ 'p/20240102_b/migration.sql': 'SELECT 2; SELECT 3', 'p/20240101_a/migration.sql': 'SELECT 1' })).toEqual([
    'p/20240101_a/migration.sql: SELECT 1', 'p/20240102_b/migration.sql: SELECT 2; SELECT 3 (transaction)',
  ]);
});

test.each([
  ['dbmate', '-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;', ['a.sql: -- migrate:up\nSELECT 1; (transaction)']],
  ['dbmate without a transaction', '-- migrate:up transaction:false\nSELECT 1;', ['a.sql: -- migrate:up transaction:false\nSELECT 1;']],
  ['goose', '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;', ['a.sql: -- +goose Up\nSELECT 1; (transaction)']],
  ['goose without a transaction', '-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;', ['a.sql: -- +goose Up\nSELECT 1;']],
  ['node-pg-migrate', '-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;', ['a.sql: -- Up Migration\nSELECT 1; (transaction)']],
  ['Liquibase', '--liquibase formatted sql\n--changeset me:1\nSELECT 1;\n--rollback SELECT 0;\n--changeset me:2 runInTransaction:false\nSELECT 2;',
    ['a.sql: --changeset me:1\nSELECT 1;\n--rollback SELECT 0; (transaction)', 'a.sql: --changeset me:2 runInTransaction:false\nSELECT 2;']],
])('%s', (_name, text, expected) => {
  expect(shown({ 'a.sql': text })).toEqual(expected);
});

test('what stands in a section keeps its line', () => {
  const [{ text }] = migrationFilesOf(found({ 'a.sql': '-- migrate:down\nSELECT 2;\n-- migrate:up\nSELECT 1;' }));
  expect(text.split('\n')[3]).toBe('SELECT 1;');
});

test('files before the first one that is checked are history', () => {
  expect(migrationFilesOf(found({ '1.sql': '', '2.sql': '', '3.sql': '' }), { from: '2.sql' }).map(({ isHistory }) => isHistory)).toEqual([true, false, false]);
});
