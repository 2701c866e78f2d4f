import { checked, parser, rulesOf } from './checking';
import { catalogFromServer, type ServerRows } from '../../src/migrations/catalog/from-server';
import { checkMigrations } from '../../src/migrations/check-migrations';

const ORDERS = 'CREATE TABLE orders (id bigint PRIMARY KEY, status text, note text); CREATE TABLE other (id bigint, note text);';
const plpgsql = (name: string, body: string, kind = 'FUNCTION', returns = 'RETURNS void') => `CREATE ${kind} ${name}() ${returns} LANGUAGE plpgsql AS $$ ${body} $$;`;
const found = (given: string, sql: string) => rulesOf(checked(`${ORDERS}${given}`, sql, { lockTimeout: 1000 }));

describe('what a migration calls is looked into', () => {
  const index = 'BEGIN CREATE INDEX ON orders (note); END';

  test.each([
    ['a function', plpgsql('build', index), 'SELECT build()'],
    ['a function with its schema', plpgsql('public.build', index), 'SELECT public.build()'],
    ['a function of a query', plpgsql('build', index), 'INSERT INTO other SELECT 1 FROM build()'],
    ['a function that another one calls', `${plpgsql('build', index)}${plpgsql('outer', 'BEGIN PERFORM build(); END')}`, 'SELECT public.outer()'],
    ['a function in SQL', 'CREATE FUNCTION build() RETURNS void LANGUAGE sql AS \'CREATE INDEX ON orders (note)\';', 'SELECT build()'],
    ['a function in DO', plpgsql('build', index), 'DO $$ BEGIN PERFORM build(); END $$'],
    ['a procedure', plpgsql('build', index, 'PROCEDURE', ''), 'CALL build()'],
    ['a constant that is run', plpgsql('build', 'BEGIN EXECUTE \'CREATE INDEX ON orders (note)\'; END'), 'SELECT build()'],
  ])('%s', (_title, given, sql) => {
    expect(found(given, sql)).toEqual(['create-index-blocks-writes:1']);
  });

  test('and what puts together what it runs is not passed as safe', () => {
    const given = plpgsql('build', 'BEGIN EXECUTE format(\'CREATE INDEX ON %I (note)\', \'orders\'); END');
    const { findings } = checked(`${ORDERS}${given}`, 'SELECT build()');
    expect(findings.map(({ ruleId, message }) => [ruleId, message])).toEqual([
      ['opaque-statement', 'what it does cannot be told: public.build: it puts together what it runs (EXECUTE)'],
    ]);
    expect(found(plpgsql('p', 'BEGIN FOR r IN EXECUTE $q$SELECT 1$q$ LOOP NULL; END LOOP; END'.replace('BEGIN', 'DECLARE r record; BEGIN')), 'SELECT p()')).toEqual(['opaque-statement:1']);
  });

  test('a procedure that commits holds no lock on its way', () => {
    const steps = (end: string) => plpgsql('p', `BEGIN ALTER TABLE orders ADD COLUMN n integer; ${end} UPDATE orders SET note = 'x'; END`, 'PROCEDURE', '');
    expect(found(steps('COMMIT;'), 'CALL p()')).toEqual(['whole-table-write:1']);
  });

  test('is refused for nothing that may not be run at all', () => {
    const body = 'BEGIN IF false THEN ALTER TABLE orders DROP COLUMN missing; END IF; END';
    expect(found(plpgsql('sometimes', body), 'SELECT sometimes()')).not.toContain('server-refuses:1');
    expect(found('', 'ALTER TABLE orders DROP COLUMN missing')).toContain('server-refuses:1');
  });

  test('a function that calls itself ends', () => {
    expect(found(plpgsql('again', 'BEGIN PERFORM again(); CREATE INDEX ON orders (note); END'), 'SELECT again()')).toEqual(['create-index-blocks-writes:1']);
  });

  test('by the name that it has, and no more when it is dropped', () => {
    const build = plpgsql('build', index);
    expect(found(`${build} ALTER FUNCTION build() RENAME TO made;`, 'SELECT made()')).toEqual(['create-index-blocks-writes:1']);
    expect(found(`${build} DROP FUNCTION build();`, 'SELECT build()')).toEqual([]);
  });

  test('making it runs nothing', () => {
    expect(found('', plpgsql('build', index))).toEqual([]);
    expect(found(plpgsql('build', index), 'ALTER TABLE other ALTER COLUMN note SET DEFAULT build()')).toEqual([]);
  });
});

describe('a function that names what has gone is found', () => {
  const trigger = (body: string) => `${plpgsql('kept', body, 'FUNCTION', 'RETURNS trigger')}
    CREATE TRIGGER kept BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION kept();`;
  const left = (given: string, sql: string) => found(given, sql).filter((text) => text.startsWith('function-left-behind'));
  const drop = 'ALTER TABLE orders DROP COLUMN note;';

  test.each([
    ['NEW', trigger('BEGIN NEW.note := upper(NEW.status); RETURN NEW; END')],
    ['OLD, in a condition', trigger('BEGIN IF OLD.note IS NULL THEN RETURN NULL; END IF; RETURN NEW; END')],
    ['a query', plpgsql('f', 'DECLARE n text; BEGIN SELECT note INTO n FROM orders; END')],
    ['an expression with a query', plpgsql('f', 'DECLARE n text; BEGIN n := (SELECT note FROM orders LIMIT 1); END')],
    ['a loop', plpgsql('f', 'DECLARE n text; BEGIN FOR n IN SELECT note FROM orders LOOP NULL; END LOOP; END')],
    ['an update in SQL', 'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS \'UPDATE orders SET note = NULL\';'],
    ['a body of the script', 'CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT note FROM orders; END;'],
  ])('in %s', (_title, given) => {
    expect(left(given, drop)).toEqual(['function-left-behind:1']);
    expect(left(given, 'ALTER TABLE orders RENAME COLUMN note TO remark;')).toEqual(['function-left-behind:1']);
    expect(left(given, 'ALTER TABLE orders DROP COLUMN status;').length).toBe(given.includes('status') ? 1 : 0);
    expect(left(given, 'ALTER TABLE other DROP COLUMN note;')).toEqual([]);
  });

  test('by the table', () => {
    const reader = plpgsql('f', 'BEGIN PERFORM 1 FROM orders; END');
    expect(left(reader, 'DROP TABLE orders')).toEqual(['function-left-behind:1']);
    expect(left(reader, 'ALTER TABLE orders RENAME TO purchases')).toEqual(['function-left-behind:1']);
    expect(left(reader, drop)).toEqual([]);
  });

  test('unless it is replaced or dropped in the same file', () => {
    const given = trigger('BEGIN NEW.note := 1; RETURN NEW; END');
    expect(left(given, `${drop} CREATE OR REPLACE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`)).toEqual([]);
    expect(left(given, `${drop} DROP FUNCTION kept() CASCADE;`)).toEqual([]);
    expect(left(`${given} DROP TRIGGER kept ON orders;`, drop)).toEqual([]);
  });

  test('and named, with the trigger', () => {
    const { findings } = checked(`${ORDERS}${trigger('BEGIN NEW.note := 1; RETURN NEW; END')}`, drop);
    expect(findings.find(({ ruleId }) => ruleId === 'function-left-behind')?.message)
      .toBe('the function public.kept of the trigger kept names public.orders.note, and fails from now on');
  });

  test('in what a live server holds', () => {
    const rows: ServerRows = {
      relations: [{
        oid: '1',
        schema: 'public',
        name: 'orders',
        kind: 'r',
        persistence: 'p',
        is_partition: false,
        bound: null,
        method: 'heap',
        tablespace: null,
        parents: [],
        triggers: [{ name: 'kept', function: 'public.kept' }],
      }],
      columns: ['id', 'note'].map((name) => ({
        oid: '1', name, type: 'text', not_null: false, not_null_name: null, not_null_validated: null, identity: false, generated: '', expression: null,
      })),
      constraints: [],
      indexes: [],
      reads: [],
      types: [],
      functions: [{
        schema: 'public',
        name: 'kept',
        volatility: 'volatile',
        definition: plpgsql('public.kept', 'BEGIN NEW.note := 1; RETURN NEW; END', 'FUNCTION', 'RETURNS trigger').replace(/;$/, '\n'),
      }],
    };
    const catalog = catalogFromServer(rows, parser());
    const file = { source: 'a.sql', text: drop, isInTransaction: false, isHistory: false };
    expect(rulesOf(checkMigrations([file], { version: 18, accepted: [], catalog, lockTimeout: 1 }, parser()))).toEqual(['drop-column:1', 'function-left-behind:1']);
  });
});
