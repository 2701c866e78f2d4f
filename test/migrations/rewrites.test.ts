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

describe('an index', () => {
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

  test('that is unique takes over an index', () => {
    expect(sqlFor('ALTER TABLE shop.orders ADD CONSTRAINT once UNIQUE (status, note) DEFERRABLE').slice(1)).toEqual([
      'CREATE UNIQUE INDEX CONCURRENTLY once_idx ON shop.orders (status, note);', 'ALTER TABLE shop.orders ADD CONSTRAINT once UNIQUE USING INDEX once_idx DEFERRABLE;',
    ]);
  });
});

describe('a column', () => {
  test('with a value of its own for each row is added bare, then filled along the key', () => {
    const [add, setDefault, fill, ...rest] = sqlFor('ALTER TABLE shop.orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE', 15);
    expect([add, setDefault]).toEqual(['ALTER TABLE shop.orders ADD COLUMN token uuid;', 'ALTER TABLE shop.orders ALTER COLUMN token SET DEFAULT gen_random_uuid();']);
    expect(fill).toContain('reached uuid;');
    expect(fill).toContain('UPDATE shop.orders AS t SET token = gen_random_uuid()');
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

  test('that changes its type by USING is worked out so in the trigger, the backfill and nowhere else', () => {
    const sql = sqlFor('ALTER TABLE shop.orders ALTER COLUMN note TYPE integer USING length(note)');
    expect(sql[1]).toContain('NEW.note_new := length(NEW.note);');
    expect(sql[1]).toContain('NEW.note := NEW.note_new::text;');
    expect(sql[3]).toContain('SET note_new = length(t.note)');
    expect(sql[sql.length - 1]).toMatch(/^BEGIN;\nDROP TRIGGER orders_note_new_sync ON shop\.orders;\nALTER TABLE shop\.orders DROP COLUMN note;/);
  });

  test('that is generated has no way that is printed', () => {
    expect(sqlFor('ALTER TABLE shop.orders ADD COLUMN n text GENERATED ALWAYS AS (note || \'x\') STORED')).toEqual([]);
  });
});

test('every row is written along the key, and what is assigned stays as it was', () => {
  expect(sqlFor('UPDATE shop.orders SET note = upper(status), total = 0')[0]).toContain('UPDATE shop.orders AS t SET note = upper(status), total = 0');
  expect(sqlFor('UPDATE shop.orders SET note = x.n FROM x')).toEqual([]);
});
