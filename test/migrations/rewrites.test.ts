import { checked } from './checking';

const ORDERS = 'CREATE TABLE shop.orders (id uuid PRIMARY KEY, status varchar(20) NOT NULL, note text, total numeric(10,2));';

function sqlFor(change: string, version = 18, given = ORDERS): string[] {
  const { findings } = checked(given, change, { version, lockTimeout: 1000 });
  return findings.find(({ rewrite }) => rewrite !== undefined)?.rewrite?.map(({ sql }) => sql) ?? [];
}

describe('SET NOT NULL', () => {
  const change = 'ALTER TABLE shop.orders ALTER COLUMN note SET NOT NULL';

  test('in four steps, by a CHECK', () => {
    expect(sqlFor(change, 15)).toEqual([
      'ALTER TABLE shop.orders ADD CONSTRAINT orders_note_given CHECK (note IS NOT NULL) NOT VALID;',
      'ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_note_given;',
      'ALTER TABLE shop.orders ALTER COLUMN note SET NOT NULL;',
      'ALTER TABLE shop.orders DROP CONSTRAINT orders_note_given;',
    ]);
  });

  test('stays a CHECK on 11, which would read every row all the same', () => {
    expect(sqlFor(change, 11)).toHaveLength(2);
  });

  test('in two steps since 18', () => {
    expect(sqlFor(change, 18)).toEqual([
      'ALTER TABLE shop.orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;', 'ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_note_not_null;',
    ]);
  });
});

describe('a NOT NULL', () => {
  test('that is added without a name gets one', () => {
    expect(sqlFor('ALTER TABLE shop.orders ADD NOT NULL note')[0]).toBe('ALTER TABLE shop.orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;');
    expect(sqlFor('ALTER TABLE shop.orders ADD CONSTRAINT told NOT NULL note')[0]).toBe('ALTER TABLE shop.orders ADD CONSTRAINT told NOT NULL note NOT VALID;');
  });

  test('gets a name that no other constraint has', () => {
    const given = ORDERS.replace('note text', 'note text CONSTRAINT orders_note_given CHECK (length(note) > 3)');
    expect(sqlFor('ALTER TABLE shop.orders ALTER COLUMN note SET NOT NULL', 15, given)[0]).toContain('ADD CONSTRAINT orders_note_given_1 CHECK (note IS NOT NULL)');
  });
});

describe('an index', () => {
  test('is built whatever comments say, and is not what stands in a body', () => {
    expect(sqlFor('CREATE INDEX -- on time\n i ON shop.orders (status)')[1]).toBe('CREATE INDEX CONCURRENTLY i ON shop.orders (status);');
    expect(sqlFor('DO $$ BEGIN CREATE INDEX i ON shop.orders (status); END $$')).toEqual([]);
  });

  test('that is there is not dropped to be built again', () => {
    expect(sqlFor('CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON shop.orders (status)', 18, `${ORDERS} CREATE INDEX i ON shop.orders (status);`)).toEqual([]);
  });

  test.each([
    ['of a partitioned table', 'CREATE TABLE t (id bigint) PARTITION BY HASH (id); CREATE INDEX i ON t (id);'],
    ['of a constraint', 'CREATE TABLE t (id bigint CONSTRAINT i UNIQUE);'],
  ])('%s is not dropped concurrently', (_, given) => {
    expect(sqlFor('DROP INDEX IF EXISTS i', 18, given)).toEqual([]);
  });

  test.each([
    ['CREATE INDEX i ON shop.orders (status)', 'CREATE INDEX CONCURRENTLY i ON shop.orders (status);'],
    ['CREATE UNIQUE INDEX IF NOT EXISTS "I;" ON shop.orders USING btree (status DESC) WHERE note <> \';\'', 'CREATE UNIQUE INDEX CONCURRENTLY "I;" ON shop.orders USING btree (status DESC) WHERE note <> \';\';'],
    ['CREATE INDEX ON shop.orders (status, note)', 'CREATE INDEX CONCURRENTLY orders_status_note_idx ON shop.orders (status, note);'],
  ])('%s is built beside writers, after what an earlier try left', (change, expected) => {
    const [first, second] = sqlFor(change);
    expect(first).toMatch(/^DROP INDEX CONCURRENTLY IF EXISTS shop\./);
    expect(second).toBe(expected);
  });
});

describe('a constraint', () => {
  test.each([
    ['ADD CHECK (total > 0)', ['ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID;', 'VALIDATE CONSTRAINT orders_total_check;']],
    ['ADD CONSTRAINT "Fk" FOREIGN KEY (id) REFERENCES shop.orders (id) ON DELETE CASCADE', [
      'ADD CONSTRAINT "Fk" FOREIGN KEY (id) REFERENCES shop.orders (id) ON DELETE CASCADE NOT VALID;', 'VALIDATE CONSTRAINT "Fk";',
    ]],
  ])('%s is added and validated apart', (clause, expected) => {
    expect(sqlFor(`ALTER TABLE shop.orders ${clause}`)).toEqual(expected.map((part) => `ALTER TABLE shop.orders ${part}`));
  });

  test('in a body has no text that could be printed', () => {
    expect(sqlFor('DO $$ BEGIN ALTER TABLE shop.orders ADD CONSTRAINT c CHECK (total > 0); END $$')).toEqual([]);
  });

  test('that is a foreign key of a partitioned table waits to be validated since 18', () => {
    const given = 'CREATE TABLE days (day integer PRIMARY KEY); CREATE TABLE events (day integer) PARTITION BY HASH (day); CREATE TABLE e PARTITION OF events FOR VALUES WITH (MODULUS 1, REMAINDER 0);';
    const change = 'ALTER TABLE events ADD FOREIGN KEY (day) REFERENCES days';
    expect(sqlFor(change, 17, given)).toEqual([]);
    expect(sqlFor(change, 18, given)).toHaveLength(2);
  });

  test.each([
    ['UNIQUE (status, note) DEFERRABLE', '(status, note)', 'UNIQUE USING INDEX once_idx DEFERRABLE'],
    ['UNIQUE (status) DEFERRABLE INITIALLY DEFERRED', '(status)', 'UNIQUE USING INDEX once_idx DEFERRABLE INITIALLY DEFERRED'],
    ['UNIQUE NULLS NOT DISTINCT (status) INCLUDE (note)', '(status) INCLUDE (note) NULLS NOT DISTINCT', 'UNIQUE USING INDEX once_idx'],
  ])('that is %s takes over an index', (clause, columns, taken) => {
    expect(sqlFor(`ALTER TABLE shop.orders ADD CONSTRAINT once ${clause}`).slice(1)).toEqual([
      `CREATE UNIQUE INDEX CONCURRENTLY once_idx ON shop.orders ${columns};`, `ALTER TABLE shop.orders ADD CONSTRAINT once ${taken};`,
    ]);
  });

  test('that is unique drops no other index that has the name of its own', () => {
    const given = `${ORDERS} CREATE INDEX once_idx ON shop.orders (total);`;
    expect(sqlFor('ALTER TABLE shop.orders ADD CONSTRAINT once UNIQUE (status)', 18, given)[0]).toBe('DROP INDEX CONCURRENTLY IF EXISTS shop.once_idx_1;');
  });

  test('that is unique has no way on a partitioned table', () => {
    const given = 'CREATE TABLE t (id bigint) PARTITION BY HASH (id); CREATE TABLE p PARTITION OF t FOR VALUES WITH (MODULUS 1, REMAINDER 0);';
    expect(sqlFor('ALTER TABLE t ADD UNIQUE (id)', 18, given)).toEqual([]);
  });

  test('that is a primary key finds its columns proven, which 11 would read all the same', () => {
    const given = 'CREATE TABLE t (id bigint);';
    expect(sqlFor('ALTER TABLE t ADD PRIMARY KEY (id)', 18, given).slice(0, 2)).toEqual([
      'ALTER TABLE public.t ADD CONSTRAINT t_id_not_null NOT NULL id NOT VALID;', 'ALTER TABLE public.t VALIDATE CONSTRAINT t_id_not_null;',
    ]);
    expect(sqlFor('ALTER TABLE t ADD PRIMARY KEY (id)', 11, given)).toEqual([]);
  });
});

describe('a column', () => {
  test('with a value of its own for each row is added bare, then filled along the key', () => {
    const [add, setDefault, fill, ...rest] = sqlFor('ALTER TABLE shop.orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE', 15);
    expect([add, setDefault]).toEqual(['ALTER TABLE shop.orders ADD COLUMN token uuid;', 'ALTER TABLE shop.orders ALTER COLUMN token SET DEFAULT gen_random_uuid();']);
    expect(fill).toContain('UPDATE shop.orders SET token = gen_random_uuid()');
    expect(rest).toHaveLength(7);
  });

  test('of a domain with constraints gets the type under it, and one that counts a sequence', () => {
    const domain = `CREATE DOMAIN d AS varchar(5) CHECK (VALUE <> ''); ${ORDERS}`;
    expect(sqlFor('ALTER TABLE shop.orders ADD COLUMN n d', 18, domain)).toEqual(['ALTER TABLE shop.orders ADD COLUMN n varchar(5);']);
    expect(sqlFor('ALTER TABLE shop.orders ADD COLUMN n bigserial').slice(0, 4)).toEqual([
      'CREATE SEQUENCE shop.orders_n_seq;', 'ALTER TABLE shop.orders ADD COLUMN n bigint;', 'ALTER SEQUENCE shop.orders_n_seq OWNED BY shop.orders.n;',
      'ALTER TABLE shop.orders ALTER COLUMN n SET DEFAULT nextval(\'shop.orders_n_seq\');',
    ]);
  });

  test('keeps what is said of its constraints, and of itself', () => {
    const change = 'ALTER TABLE shop.orders ADD COLUMN n text COLLATE "C" NOT NULL DEFAULT(\'1\') CHECK (n > \'\') CONSTRAINT "Low" CHECK (n < \'9\')'
      + ' REFERENCES shop.orders (note) DEFERRABLE INITIALLY DEFERRED';
    expect(sqlFor(change, 18, ORDERS).map((sql) => sql.slice('ALTER TABLE shop.orders '.length))).toEqual([
      'ADD COLUMN n text COLLATE "C" DEFAULT (\'1\') NOT NULL;',
      'ADD CONSTRAINT orders_n_check CHECK (n > \'\') NOT VALID;', 'VALIDATE CONSTRAINT orders_n_check;',
      'ADD CONSTRAINT "Low" CHECK (n < \'9\') NOT VALID;', 'VALIDATE CONSTRAINT "Low";',
      'ADD CONSTRAINT orders_n_fkey FOREIGN KEY (n) REFERENCES shop.orders (note) DEFERRABLE INITIALLY DEFERRED NOT VALID;', 'VALIDATE CONSTRAINT orders_n_fkey;',
    ]);
  });

  test('that counts begins where it is told to', () => {
    expect(sqlFor('ALTER TABLE shop.orders ADD COLUMN n bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 500)')[0]).toBe('CREATE SEQUENCE shop.orders_n_seq START WITH 500;');
  });

  test('cannot be filled where nothing tells rows apart, but a unique index of what is NOT NULL does', () => {
    const change = 'ALTER TABLE log ADD COLUMN id bigserial PRIMARY KEY';
    expect(sqlFor(change, 18, 'CREATE TABLE log (code text, line text);')).toEqual([]);
    const sql = sqlFor(change, 18, 'CREATE TABLE log (code text NOT NULL UNIQUE, line text);');
    expect(sql[4]).toContain('WHERE log.code >= backfill.reached.code');
    expect(sql[sql.length - 1]).toBe('ALTER TABLE public.log ADD CONSTRAINT log_pkey PRIMARY KEY USING INDEX log_pkey_idx;');
  });

  test('that is generated has no way that is printed', () => {
    expect(sqlFor('ALTER TABLE shop.orders ADD COLUMN n text GENERATED ALWAYS AS (note || \'x\') STORED')).toEqual([]);
    expect(sqlFor('ALTER TABLE shop.orders ADD COLUMN n text GENERATED ALWAYS AS (note || \'x\') VIRTUAL CHECK (n <> \'\')')).toEqual([]);
  });
});

describe('a partition', () => {
  const given = 'CREATE TABLE t (id bigint) PARTITION BY LIST (id); CREATE TABLE p PARTITION OF t FOR VALUES IN (1);';

  test('is detached concurrently, unless there is one for all other rows', () => {
    expect(sqlFor('ALTER TABLE t DETACH PARTITION p', 18, given)).toEqual(['ALTER TABLE public.t DETACH PARTITION public.p CONCURRENTLY;']);
    expect(sqlFor('ALTER TABLE t DETACH PARTITION p', 18, `${given} CREATE TABLE rest PARTITION OF t DEFAULT;`)).toEqual([]);
  });
});

test('a materialized view is refreshed concurrently where its rows are told apart', () => {
  const given = 'CREATE TABLE t (id bigint); CREATE MATERIALIZED VIEW m AS SELECT id FROM t;';
  expect(sqlFor('REFRESH MATERIALIZED VIEW m', 18, given)).toEqual([]);
  expect(sqlFor('REFRESH MATERIALIZED VIEW m', 18, `${given} CREATE UNIQUE INDEX ON m (id);`)).toEqual(['REFRESH MATERIALIZED VIEW CONCURRENTLY public.m;']);
});

describe('every row', () => {
  test('is written along the key, to where it ended at first, and what is assigned stays as it was', () => {
    const [sql] = sqlFor('UPDATE shop.orders SET note = upper(status), total = 0');
    expect(sql).toContain('UPDATE shop.orders SET note = upper(status), total = 0\n');
    expect(sql).toContain('SELECT orders.id INTO last FROM shop.orders ORDER BY orders.id DESC LIMIT 1;');
    expect(sql).toContain('orders.id > backfill.upto.id AND orders.id <= backfill.last.id');
  });

  test('is locked in the order of the key before, and for a moment', () => {
    const [sql] = sqlFor('UPDATE shop.orders SET note = \'x\'');
    expect(sql.indexOf('SET LOCAL lock_timeout = \'100ms\';')).toBeLessThan(sql.indexOf('ORDER BY orders.id FOR NO KEY UPDATE;'));
    expect(sql.indexOf('FOR NO KEY UPDATE;')).toBeLessThan(sql.indexOf('UPDATE shop.orders SET'));
    expect(sql).toMatch(/EXCEPTION WHEN lock_not_available THEN\s+CONTINUE;/);
  });

  test.each([
    ['UPDATE shop.orders AS o SET note = o.status', 'UPDATE shop.orders AS o SET note = o.status'],
    ['UPDATE ONLY shop.orders /* set all */ SET (note, status) = (status, note)', 'UPDATE ONLY shop.orders SET (note, status) = (status, note)'],
  ])('is written by %s under the names that it has there', (change, expected) => {
    expect(sqlFor(change)[0]).toContain(`${expected}\n`);
  });

  test('of a key of several columns is found by all of them, whatever PL/pgSQL reserves', () => {
    const [sql] = sqlFor('UPDATE t SET n = n + 1', 18, 'CREATE TABLE t (a text, begin bigint, n integer, PRIMARY KEY (a, begin));');
    expect(sql).toContain('(t.a, t.begin) > (backfill.upto.a, backfill.upto."begin")');
  });

  test.each([
    ['of another table are asked', 'UPDATE shop.orders SET note = x.n FROM x'],
    ['the key changes', 'UPDATE shop.orders SET id = gen_random_uuid()'],
    ['it is deleted', 'DELETE FROM shop.orders'],
    ['the statement stands in a body', 'DO $$ BEGIN UPDATE shop.orders SET note = 1; END $$'],
  ])('is not written in batches where %s', (_, change) => {
    expect(sqlFor(change)).toEqual([]);
  });

  test('is not written in batches where nothing tells rows apart', () => {
    expect(sqlFor('UPDATE log SET line = 1', 18, 'CREATE TABLE log (line integer);')).toEqual([]);
  });
});
