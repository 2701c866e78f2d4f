import { parser } from './checking';
import { applyStatement } from '../../src/migrations/catalog/apply-statement';
import { Catalog } from '../../src/migrations/catalog/catalog';
import { typeText } from '../../src/migrations/catalog/sql-type';

function catalogOf(sql: string, catalog = Catalog.empty()): Catalog {
  parser().parse(sql).forEach((node) => applyStatement(node, catalog, 'V1.sql'));
  return catalog;
}

const table = (sql: string, id = 'public.t') => catalogOf(sql).tryFind(id);

describe('a replay knows', () => {
  test('types as they are written', () => {
    const types = ['integer', 'bigint', 'varchar(20)', 'numeric(10,2)', 'timestamp(3) with time zone', 'text[]', 'boolean', 'double precision', 'char(5)', 'interval', 'uuid'];
    const made = table(`CREATE TABLE t (${types.map((type, index) => `c${index} ${type}`).join(', ')})`);
    expect(made?.columns.map(({ type }) => typeText(type))).toEqual(types);
  });

  test('names that PostgreSQL gives to constraints and indexes', () => {
    const made = table('CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE CHECK (a > 0), b int REFERENCES u, CHECK (a > b), CHECK (a < b), UNIQUE (a, b)); CREATE INDEX ON t (a, b); CREATE INDEX ON t (lower(b::text))');
    expect(made?.constraints.map(({ name }) => name)).toEqual(['t_pkey', 't_a_key', 't_a_check', 't_b_fkey', 't_check', 't_check1', 't_a_b_key']);
    expect(made?.indexes.map(({ name }) => name)).toEqual(['t_pkey', 't_a_key', 't_a_b_key', 't_a_b_idx', 't_expr_idx']);
  });

  test('what a dropped column takes with it', () => {
    const made = table('CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > 0)); CREATE INDEX i ON t (a); ALTER TABLE t DROP COLUMN a');
    expect([made?.columns.length, made?.constraints.length, made?.indexes.length]).toEqual([1, 1, 1]);
  });

  test('a table under its new name, and what points at it', () => {
    const catalog = catalogOf('CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p); CREATE VIEW v AS SELECT id FROM p; ALTER TABLE p RENAME TO q; CREATE SCHEMA s; ALTER TABLE q SET SCHEMA s');
    expect(catalog.tryFind('public.p')).toBeUndefined();
    expect(catalog.referencing('s.q').map(({ relation }) => relation.id)).toEqual(['public.t']);
    expect(catalog.readersOf('s.q').map(({ id }) => id)).toEqual(['public.v']);
  });

  test('columns, constraints, indexes, triggers, types and schemas under their new names', () => {
    const catalog = catalogOf(`CREATE TYPE mood AS ENUM ('ok'); CREATE SCHEMA s; CREATE TABLE s.x (id int);
      CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0), m mood); CREATE INDEX i ON t (a);
      ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME CONSTRAINT c TO d; ALTER INDEX i RENAME TO j; ALTER TYPE mood RENAME TO feeling; ALTER SCHEMA s RENAME TO r`);
    expect(catalog.tryFind('public.t')).toMatchObject({ columns: [{ name: 'b' }, { name: 'm' }], constraints: [{ name: 'd', columns: ['b'] }], indexes: [{ name: 'j', columns: ['b'] }] });
    expect([catalog.tryFindType('feeling')?.labels, catalog.tryFind('r.x')?.name]).toEqual([['ok'], 'x']);
  });

  test('enums and domains', () => {
    const catalog = catalogOf(`CREATE TYPE mood AS ENUM ('ok'); ALTER TYPE mood ADD VALUE 'bad'; ALTER TYPE mood RENAME VALUE 'ok' TO 'good';
      CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; CREATE TYPE pair AS (a int, b int)`);
    expect(catalog.tryFindType('mood')?.labels).toEqual(['good', 'bad']);
    expect(catalog.tryFindType('d')).toMatchObject({ isConstrained: true, constraints: [{ name: 'c', isValidated: false }] });
    expect(catalogOf('ALTER DOMAIN d DROP CONSTRAINT c', catalog).tryFindType('d')?.isConstrained).toBe(false);
    expect(catalogOf('DROP TYPE mood; DROP DOMAIN d', catalog).types.map(({ id }) => id)).toEqual(['public.pair']);
  });

  test('the schema that a search_path leads to', () => {
    expect(catalogOf('CREATE SCHEMA s; SET search_path = s, public; CREATE TABLE t (id int)').tryFind('s.t')?.name).toBe('t');
    expect(catalogOf('SELECT pg_catalog.set_config(\'search_path\', \'\', false); CREATE TABLE public.t (id int)').tryFind('public.t')?.name).toBe('t');
    expect(catalogOf('SET search_path TO "$user", public; CREATE TABLE t (id int)').tryFind('public.t')?.name).toBe('t');
    expect(catalogOf('SELECT set_config(\'search_path\', \'"$user", s\', false); CREATE TABLE t (id int)').tryFind('s.t')?.name).toBe('t');
  });

  test('partitions, and what becomes of them', () => {
    const made = 'CREATE TABLE p (id int, PRIMARY KEY (id)) PARTITION BY RANGE (id); CREATE TABLE a PARTITION OF p FOR VALUES FROM (1) TO (2); CREATE TABLE b (id int NOT NULL);';
    expect(catalogOf(`${made} ALTER TABLE p ATTACH PARTITION b DEFAULT`).descendantsOf('public.p').map(({ id, isDefaultPartition }) => [id, isDefaultPartition])).toEqual([['public.a', false], ['public.b', true]]);
    expect(catalogOf(`${made} ALTER TABLE p DETACH PARTITION a`).descendantsOf('public.p')).toEqual([]);
    expect(catalogOf(`${made} ALTER TABLE p ADD COLUMN n text`).tryFind('public.a')?.columns.map(({ name }) => name)).toEqual(['id', 'n']);
    expect(catalogOf(`${made} DROP TABLE p`).relations.map(({ id }) => id)).toEqual(['public.b']);
  });

  test('no table of what alters an index, a sequence or a type', () => {
    expect(catalogOf('ALTER INDEX p_pkey ATTACH PARTITION a_pkey; ALTER TYPE pair ADD ATTRIBUTE c int; ALTER INDEX i SET (fillfactor = 70)').relations).toEqual([]);
  });

  test('what is gone with what', () => {
    const made = 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p); CREATE SEQUENCE s OWNED BY p.id; CREATE VIEW v AS SELECT id FROM p; CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();';
    const catalog = catalogOf(`${made} DROP TRIGGER g ON t; DROP TABLE p CASCADE`);
    expect(catalog.relations.map(({ id, constraints, triggers }) => [id, constraints.length, triggers.length])).toEqual([['public.t', 0, 0]]);
    expect(catalogOf('DROP SCHEMA public CASCADE', catalog).relations).toEqual([]);
  });

  test('that of a table which nobody made little is known', () => {
    expect(table('ALTER TABLE t ADD COLUMN a int')).toMatchObject({ isKnown: false, columns: [{ name: 'a' }] });
  });

  test('what a copy keeps apart', () => {
    const first = catalogOf('CREATE TABLE t (id int)');
    const second = catalogOf('DROP TABLE t; CREATE TABLE u (id int)', first.copy());
    expect([first.relations.map(({ id }) => id), second.relations.map(({ id }) => id)]).toEqual([['public.t'], ['public.u']]);
  });
});
