import { checked } from './checking';
import type { Rewrite } from '../../src/migrations/rewrites/rewrite';

const ORDERS = 'CREATE TABLE orders (id bigint PRIMARY KEY, status varchar(20) NOT NULL, note text, total numeric(10,2), doc json);';

function stepsFor(change: string, given = ORDERS, version = 18): Rewrite {
  const { findings } = checked(given, change, { version, lockTimeout: 1000 });
  return findings.find(({ rewrite }) => rewrite !== undefined)?.rewrite ?? [];
}

const sqlFor = (change: string, given?: string, version?: number) => stepsFor(change, given, version).map(({ sql }) => sql);
const beside = (more: string) => `${ORDERS} ${more}`;

describe('a column that moves', () => {
  const rename = 'ALTER TABLE orders RENAME COLUMN status TO state';

  test('is followed by what the running version writes, and leads by what the next one writes', () => {
    const [, sync, , fill] = sqlFor(rename);
    expect(sync.replace(/\s+/g, ' ')).toContain('ELSIF ROW(NEW.status)::record *<> ROW(OLD.status)::record THEN NEW.state := NEW.status; '
      + 'ELSIF ROW(NEW.state)::record *<> ROW(OLD.state)::record THEN NEW.status := NEW.state; ELSIF NEW.state IS NULL THEN NEW.state := NEW.status; END IF;');
    expect(fill).toContain('UPDATE public.orders SET state = NULL\n');
    expect(fill).toContain('AND state IS NULL AND status IS NOT NULL');
  });

  test('goes with its table first, then with the triggers of its partitions, as programs take their locks', () => {
    const given = 'CREATE TABLE t (id bigint PRIMARY KEY, note text) PARTITION BY HASH (id); CREATE TABLE p PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0);';
    const before13 = sqlFor('ALTER TABLE t RENAME COLUMN note TO remark', given, 12);
    expect(before13[2]).toContain('BEFORE INSERT OR UPDATE ON public.p FOR EACH ROW');
    expect(before13[before13.length - 1]).toBe('BEGIN;\nALTER TABLE public.t DROP COLUMN note;\nDROP TRIGGER t_remark_sync ON public.p;\nDROP FUNCTION public.t_remark_sync();\nCOMMIT;');
    expect(sqlFor('ALTER TABLE t RENAME COLUMN note TO remark', given, 13)[2]).toContain('BEFORE INSERT OR UPDATE ON public.t FOR EACH ROW');
  });

  test('takes along its default, its conditions, its indexes and its names', () => {
    const given = 'CREATE TABLE t (id bigint PRIMARY KEY, a text DEFAULT lower(\'X\') UNIQUE CHECK (a <> \'\' AND a IS NOT NULL)); CREATE INDEX i ON t USING hash (a);';
    const steps = stepsFor('ALTER TABLE t RENAME COLUMN a TO b', given);
    const expand = steps.filter(({ isContract }) => !isContract).map(({ sql }) => sql);
    expect(expand).toEqual(expect.arrayContaining([
      'CREATE UNIQUE INDEX CONCURRENTLY t_a_key_new ON public.t USING btree (b);', 'CREATE INDEX CONCURRENTLY i_new ON public.t USING hash (b);',
      'ALTER TABLE public.t ADD CONSTRAINT t_a_check_new CHECK (((b <> \'\') AND (b IS NOT NULL))) NOT VALID;',
    ]));
    expect(steps[steps.length - 1].sql.split('\n')).toEqual(expect.arrayContaining([
      'ALTER TABLE public.t ALTER COLUMN b SET DEFAULT lower(\'X\');', 'ALTER TABLE public.t ADD CONSTRAINT t_a_key UNIQUE USING INDEX t_a_key_new;',
      'ALTER INDEX public.i_new RENAME TO i;', 'ALTER TABLE public.t RENAME CONSTRAINT t_a_check_new TO t_a_check;',
    ]));
  });

  test.each([
    ['a = 1.5', '(b = 1.5)'],
    ['a IN (1, -2) OR a NOT IN (3)', '((b IN (1, -2)) OR (b NOT IN (3)))'],
    ['NOT a BETWEEN 1 AND 2', '(NOT (b BETWEEN 1 AND 2))'],
    ['a::text = ANY (ARRAY[\'x\', \'y\\z\']) AND a IS NULL', '((b::text = ANY (ARRAY[\'x\', E\'y\\\\z\'])) AND (b IS NULL))'],
    ['coalesce(a, 0) > -a AND true', '((coalesce(b, 0) > (- b)) AND true)'],
    ['a::text LIKE \'1%\' AND a::text NOT ILIKE \'2%\'', '((b::text ~~ \'1%\') AND (b::text !~~* \'2%\'))'],
    ['"Of" > a AND CURRENT_DATE > \'2020-01-01\'', '(("Of" > b) AND (CURRENT_DATE > \'2020-01-01\'))'],
  ])('takes along a condition: %s', (condition, expected) => {
    const sql = sqlFor('ALTER TABLE t RENAME COLUMN a TO b', `CREATE TABLE t (id bigint PRIMARY KEY, "Of" integer, a integer, CHECK (${condition}));`);
    expect(sql).toContain(`ALTER TABLE public.t ADD CONSTRAINT t_check_new CHECK (${expected}) NOT VALID;`.replace('t_check', condition.includes('"Of"') ? 't_check' : 't_a_check'));
  });

  test.each(['a IS DISTINCT FROM 1', 'a OPERATOR(pg_catalog.=) 1', 't.a = 1', 'extract(year from now()) > a', 'CURRENT_TIME(3) IS NOT NULL AND a > 0'])('has no way where a condition is not written again: %s', (condition) => {
    expect(sqlFor('ALTER TABLE t RENAME COLUMN a TO b', `CREATE TABLE t (id bigint PRIMARY KEY, a integer, CHECK (${condition}));`)).toEqual([]);
  });

  test('that counts goes on where it was', () => {
    const contract = sqlFor('ALTER TABLE t ALTER COLUMN id TYPE bigint', 'CREATE TABLE t (id serial PRIMARY KEY);').slice(-1)[0];
    expect(contract).toContain('SELECT setval(\'public.t_id_new_seq\', (SELECT coalesce(max(id_new), 0)::bigint + 1 FROM public.t), false);');
    expect(contract).toContain('ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;');
  });

  test.each([
    ['a view reads', beside('CREATE VIEW v AS SELECT status FROM orders;')],
    ['another table references', beside('CREATE UNIQUE INDEX u ON orders (status); CREATE TABLE r (s varchar(20) REFERENCES orders (status));')],
    ['references another table', 'CREATE TABLE s (status text PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, status text REFERENCES s);'],
    ['is in an index of a part', beside('CREATE INDEX i ON orders (status) WHERE total > 0;')],
    ['may be what a generated column is made of', ORDERS.replace('note text', 'note text GENERATED ALWAYS AS (lower(status)) STORED')],
    ['has heirs', beside('CREATE TABLE more () INHERITS (orders);')],
    ['may be the key of partitions', 'CREATE TABLE orders (id bigint, status text, PRIMARY KEY (id, status)) PARTITION BY LIST (status);'],
    ['a trigger names', beside(`CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.status := 'x'; RETURN NEW; END $$;
      CREATE TRIGGER g BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f();`)],
    ['is of a domain that asks for something', 'CREATE DOMAIN d AS text CHECK (VALUE <> \'\'); CREATE TABLE orders (id bigint PRIMARY KEY, status d);'],
    ['has a default that is not written again', ORDERS.replace('NOT NULL', 'DEFAULT CASE WHEN now() > \'2020-01-01\' THEN \'a\' ELSE \'b\' END')],
    ['is of a table without a key', 'CREATE TABLE orders (status text);'],
  ])('has no way that is printed where it %s', (_, given) => {
    expect(sqlFor(rename, given)).toEqual([]);
  });

  test('tells of indexes that may go with it', () => {
    const steps = stepsFor(rename, beside('CREATE INDEX noted ON orders (total) WHERE note = \'x\';'));
    expect(steps[steps.length - 1].title).toBe('when every instance uses the new column, the old one goes; make noted again before, if the WHERE or an expression of it names the column');
  });
});

describe('a type that changes', () => {
  test('is assigned as ALTER TABLE would, and cast back', () => {
    const sql = sqlFor('ALTER TABLE orders ALTER COLUMN total TYPE integer');
    expect(sql[1]).toContain('NEW.total_new := NEW.total;');
    expect(sql[1]).toContain('NEW.total := NEW.total_new::numeric(10,2);');
  });

  test('gets a name that no column has', () => {
    expect(sqlFor('ALTER TABLE orders ALTER COLUMN total TYPE integer', ORDERS.replace('doc json', 'total_new text'))[0]).toBe('ALTER TABLE public.orders ADD COLUMN total_new_1 integer;');
  });

  test('by the zone of the session goes by that of whoever changes it', () => {
    const given = 'CREATE TABLE t (id bigint PRIMARY KEY, at timestamp);';
    expect(sqlFor('ALTER TABLE t ALTER COLUMN at TYPE timestamptz', given)[1]).toContain('LANGUAGE plpgsql SET timezone FROM CURRENT AS');
    expect(sqlFor('ALTER TABLE t ALTER COLUMN at TYPE date', given)[1]).toContain('LANGUAGE plpgsql AS');
  });

  test('by USING is worked out of the new row alone, and written by the next version', () => {
    const steps = stepsFor('ALTER TABLE orders ALTER COLUMN note TYPE integer USING length("note") /* note */ + length(orders.Status || \'note\')');
    expect(steps[1].sql).toContain('NEW.note_new := length(NEW.note) /* note */ + length(NEW.status || \'note\');');
    expect(steps[1].sql).not.toContain('NEW.note :=');
    expect(steps.slice(-2).map(({ sql }) => sql)).toEqual([
      'BEGIN;\nALTER TABLE public.orders ALTER COLUMN note DROP NOT NULL;\nDROP TRIGGER orders_note_new_sync ON public.orders;\nDROP FUNCTION public.orders_note_new_sync();\nCOMMIT;',
      'BEGIN;\nALTER TABLE public.orders DROP COLUMN note;\nCOMMIT;',
    ]);
  });

  test.each([
    ['text USING (total)::text', true],
    ['time', false],
    ['bigint USING extract(epoch from total)', false],
  ])('to %s is followed both ways: %s', (type, isBothWays) => {
    const given = 'CREATE TABLE t (id bigint PRIMARY KEY, total timestamp);';
    expect(sqlFor(`ALTER TABLE t ALTER COLUMN total TYPE ${type}`, given)[1].includes('NEW.total :=')).toBe(isBothWays);
  });

  test.each([
    ['whose default may be none of the new type', 'ALTER TABLE t ALTER COLUMN a TYPE integer USING length(a)', 'CREATE TABLE t (id bigint PRIMARY KEY, a text DEFAULT \'x\');'],
    ['whose condition may refuse that it is empty', 'ALTER TABLE t ALTER COLUMN a TYPE integer USING length(a)', 'CREATE TABLE t (id bigint PRIMARY KEY, a text CHECK (a <> \'\'));'],
    ['of the whole row', 'ALTER TABLE t ALTER COLUMN a TYPE text USING t::text', 'CREATE TABLE t (id bigint PRIMARY KEY, a text);'],
    ['in a body', 'DO $$ BEGIN ALTER TABLE t ALTER COLUMN a TYPE integer; END $$', 'CREATE TABLE t (id bigint PRIMARY KEY, a bigint);'],
    ['of a table that is not known', 'ALTER TABLE t ALTER COLUMN a TYPE integer', 'SELECT 1;'],
  ])('%s has no way that is printed', (_, change, given) => {
    expect(sqlFor(change, given)).toEqual([]);
  });
});
