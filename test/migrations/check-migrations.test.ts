import { assert, constantFrom, array, property } from 'fast-check';
import { checked, migration, parser, rulesOf } from './checking';
import { queriesOf } from '../../src/migrations/application/application';
import { checkMigrations } from '../../src/migrations/check-migrations';
import { CORPUS } from '../support/migrations/corpus';

const ORDERS = 'CREATE TABLE orders (id bigint PRIMARY KEY, status varchar(20), quantity integer NOT NULL, note text, "Order" text);';

describe('a verdict depends on', () => {
  test('the old type, where it is known', () => {
    const wider = 'SET lock_timeout = \'1s\'; ALTER TABLE orders ALTER COLUMN status TYPE text';
    expect(rulesOf(checked(ORDERS, wider))).toEqual([]);
    expect(rulesOf(checked('', wider))).toEqual(['alter-type-rewrites:1']);
    expect(rulesOf(checked(ORDERS, 'SET lock_timeout = \'1s\'; ALTER TABLE orders ALTER COLUMN quantity TYPE bigint'))).toEqual(['alter-type-rewrites:1']);
  });

  test('a type that an earlier statement of the same file gave', () => {
    const twice = 'SET lock_timeout = 1000;\nALTER TABLE orders ALTER COLUMN status TYPE varchar(50);\nALTER TABLE orders ALTER COLUMN status TYPE varchar(30);';
    expect(rulesOf(checked(ORDERS, twice))).toEqual(['alter-type-rewrites:3']);
  });

  test('a CHECK that was validated, from version 12 on', () => {
    const given = `${ORDERS} ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c;`;
    const set = 'SET lock_timeout = 1000; ALTER TABLE orders ALTER COLUMN note SET NOT NULL';
    expect(rulesOf(checked(given, set))).toEqual([]);
    expect(rulesOf(checked(given, set, { version: 11 }))).toEqual(['set-not-null-scans:1']);
    expect(rulesOf(checked(given.replace(/ALTER TABLE orders VALIDATE.*/, ''), set))).toEqual(['set-not-null-scans:1']);
  });

  test('whether the table is new', () => {
    expect(rulesOf(checked('', `${ORDERS} CREATE INDEX ON orders (note); ALTER TABLE orders RENAME COLUMN note TO n; DROP TABLE orders;`))).toEqual([]);
  });

  test('whether a volatile function gives the default', () => {
    const add = 'SET lock_timeout = 1000; ALTER TABLE orders ADD COLUMN n integer DEFAULT f()';
    const made = (volatility: string) => `${ORDERS} CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql ${volatility} AS 'BEGIN RETURN 1; END';`;
    expect(rulesOf(checked(made('IMMUTABLE'), add))).toEqual([]);
    expect(rulesOf(checked(made(''), add))).toEqual(['add-column-rewrites:1']);
    expect(rulesOf(checked(ORDERS, add))).toEqual(['add-column-rewrites:1']);
  });

  test('the transaction: of the file, or of BEGIN', () => {
    const build = 'SET lock_timeout = 0; CREATE INDEX CONCURRENTLY i ON orders (note);';
    expect(rulesOf(checked(ORDERS, build))).toEqual([]);
    expect(rulesOf(checked(ORDERS, build, {}, { isInTransaction: true }))).toEqual(['concurrently-in-transaction:1']);
    expect(rulesOf(checked(ORDERS, `BEGIN; ${build} COMMIT;`))).toEqual(['concurrently-in-transaction:1']);
    expect(rulesOf(checked(ORDERS, `BEGIN; COMMIT; ${build}`))).toEqual([]);
  });

  test('a lock_timeout: set in the file, for a transaction, or outside', () => {
    const add = 'ALTER TABLE orders ADD COLUMN n integer;';
    expect(rulesOf(checked(ORDERS, add))).toEqual(['missing-lock-timeout:1']);
    expect(rulesOf(checked(ORDERS, `SET lock_timeout TO '500ms'; ${add}`))).toEqual([]);
    expect(rulesOf(checked(ORDERS, `SELECT set_config('lock_timeout', '2s', false); ${add}`))).toEqual([]);
    expect(rulesOf(checked(ORDERS, `BEGIN; SET LOCAL lock_timeout = 5; COMMIT;\n${add}`))).toEqual(['missing-lock-timeout:2']);
    expect(rulesOf(checked(ORDERS, add, { lockTimeout: 2000 }))).toEqual([]);
  });

  test('the body of a DO', () => {
    const body = 'DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE INDEX i ON orders (note); END IF; END $$';
    expect(rulesOf(checked(ORDERS, body, { lockTimeout: 1 }))).toEqual(['create-index-blocks-writes:1']);
  });
});

describe('what is accepted', () => {
  const drop = 'ALTER TABLE orders DROP COLUMN note;';

  test('is told with the reason that a comment gives', () => {
    const { findings } = checked(ORDERS, `-- zero-downtime/accepted.drop-column: gone since 2.3\n${drop}`, { lockTimeout: 1 });
    expect(findings.map(({ accepted }) => accepted)).toEqual([{ reason: 'gone since 2.3', by: 'comment' }]);
  });

  test.each(['-- zero-downtime/accepted.drop-column:', '-- zero-downtime/accepted.drop-table: other', '-- drop-column: gone'])('is nothing by %s', (comment) => {
    expect(checked(ORDERS, `${comment}\n${drop}`, { lockTimeout: 1 }).findings.map(({ accepted }) => accepted)).toEqual([undefined]);
  });

  test('is the next statement alone', () => {
    const { findings } = checked(ORDERS, `-- zero-downtime/accepted.drop-column: gone\n${drop}\nALTER TABLE orders DROP COLUMN status;`, { lockTimeout: 1 });
    expect(findings.map(({ accepted }) => accepted?.reason)).toEqual(['gone', undefined]);
  });
});

describe('what is printed', () => {
  test('names the place, the line and the column', () => {
    const [finding] = checked(ORDERS, '\n  -- why\n  ALTER TABLE orders DROP COLUMN note;', { lockTimeout: 1 }).findings;
    expect(finding).toMatchObject({ source: 'V2.sql', position: { line: 3, column: 3 }, line: '  ALTER TABLE orders DROP COLUMN note;', subject: 'public.orders.note' });
  });

  test('puts names in quotes that need it, wherever SQL is made of them', () => {
    const hostile = 'CREATE TABLE "Or""der" ("I d" bigint PRIMARY KEY, "select" integer NOT NULL);';
    for (const change of ['RENAME COLUMN "select" TO "from"', 'ALTER COLUMN "select" TYPE bigint', 'ALTER COLUMN "I d" SET NOT NULL', 'ADD CONSTRAINT "c;" CHECK ("select" > 0)', 'ADD UNIQUE ("select")',
      'ADD COLUMN "ne;w" uuid DEFAULT gen_random_uuid() UNIQUE', 'RENAME TO "all"']) {
      const { findings } = checked(hostile, `ALTER TABLE "Or""der" ${change}`, { lockTimeout: 1 });
      for (const { sql } of findings.flatMap(({ rewrite }) => rewrite ?? [])) {
        expect(sql.replace(/"(?:[^"]|"")*"/g, '')).not.toMatch(/Or|I d|;w/);
        expect(() => parser().parse(sql)).not.toThrow();
      }
    }
  });

  test('sums up the strongest lock on each relation', () => {
    const { locks } = checked(`${ORDERS} CREATE TABLE c (id bigint PRIMARY KEY);`,
      'COMMENT ON TABLE orders IS \'x\'; ALTER TABLE orders ADD COLUMN c_id bigint; ALTER TABLE orders ADD FOREIGN KEY (c_id) REFERENCES c NOT VALID;');
    expect(locks).toEqual([
      { source: 'V2.sql', relation: 'public.orders', mode: 'ACCESS EXCLUSIVE', command: 'ADD COLUMN', isLong: false },
      { source: 'V2.sql', relation: 'public.c', mode: 'SHARE ROW EXCLUSIVE', command: 'ADD FOREIGN KEY', isLong: false },
    ]);
  });
});

describe('a replay', () => {
  const statements = CORPUS.flatMap((group) => group.statements);

  test('gives the same for the same files, and never throws, whatever follows what', () => {
    assert(property(constantFrom(...CORPUS), array(constantFrom(...statements), { maxLength: 12 }), (group, chosen) => {
      const files = [migration(group.given, { isHistory: true, source: 'given.sql' }), migration(chosen.map((each) => `${each};`).join('\n'))];
      const told = () => {
        const { findings, problems, locks, statements: count } = checkMigrations(files, { version: 18, accepted: [] }, parser());
        return { findings, problems, locks, count };
      };
      const once = told();
      expect(JSON.stringify(told())).toBe(JSON.stringify(once));
      expect(once.problems).toEqual([]);
    }), { numRuns: 60 });
  });

  test('says no less of a later version of a table than of one that is not known', () => {
    // What is not known is taken for the worst: knowledge may only take findings of work under a lock away.
    const work = new Set(['alter-type-rewrites', 'add-column-rewrites', 'set-not-null-scans']);
    assert(property(constantFrom(...CORPUS), array(constantFrom(...statements), { minLength: 1, maxLength: 1 }), (group, [statement]) => {
      const rules = (given: string) => checked(given, statement).findings.map(({ ruleId }) => ruleId).filter((id) => work.has(id));
      const own = group.statements.includes(statement) ? group.given : '';
      expect(rules('')).toEqual(expect.arrayContaining(rules(own.replace(/CREATE DOMAIN[^;]*;/g, ''))));
    }), { numRuns: 40 });
  });
});

describe('what the versions of the program send', () => {
  const given = `${ORDERS} CREATE VIEW noted AS SELECT id, note FROM orders;`;
  const after = (sql: string, running?: string, next?: string) => rulesOf(checked(given, sql, {
    lockTimeout: 1,
    application: {
      running: running === undefined ? undefined : queriesOf('running.sql', running, parser()).queries,
      next: next === undefined ? undefined : queriesOf('next.sql', next, parser()).queries,
    },
  }));
  const drop = 'ALTER TABLE orders DROP COLUMN status';

  test.each([
    ['a column that nobody names', 'SELECT id, note FROM orders', []],
    ['a column that is read', 'SELECT o.id FROM orders o WHERE o.status = $1', ['drop-column:1']],
    ['a column that is written', 'UPDATE orders SET status = $1', ['drop-column:1']],
    ['a column that is given', 'INSERT INTO orders (id, status, quantity) VALUES ($1, $2, $3)', ['drop-column:1']],
    ['a column that is given by its place', 'INSERT INTO orders VALUES ($1, $2)', ['drop-column:1']],
    ['all columns', 'SELECT * FROM orders', ['drop-column:1']],
    ['a column of another table', 'SELECT status FROM invoices', []],
    ['a column in a query within', 'SELECT 1 FROM customers WHERE id IN (SELECT id FROM orders WHERE status = $1)', ['drop-column:1']],
  ])('decides of %s', (_title, running, rules) => {
    expect(after(drop, running)).toEqual(rules);
  });

  test('is the worst where nobody says it', () => {
    expect(after(drop)).toEqual(['drop-column:1']);
    expect(after('DROP VIEW noted', 'SELECT note FROM noted')).toEqual(['drop-table:1']);
    expect(after('DROP VIEW noted', 'SELECT note FROM orders')).toEqual([]);
  });

  test('must be answered when all is done', () => {
    expect(after('SELECT 1', undefined, 'SELECT id,\n remark FROM orders; SELECT note AS n FROM orders ORDER BY n')).toEqual(['next-version-unanswered:1']);
    expect(after('ALTER TABLE orders ADD COLUMN remark text', undefined, 'INSERT INTO orders (id, quantity, remark) VALUES ($1, 1, $2)')).toEqual([]);
    expect(after(drop, 'SELECT 1', 'SELECT status FROM orders')).toEqual(['next-version-unanswered:1']);
    expect(after('SELECT 1', undefined, 'SELECT id FROM missing')).toEqual(['next-version-unanswered:1']);
  });
});

test('a release that adds a column and drops another is told, across files too', () => {
  const files = [
    migration(ORDERS, { source: 'V1.sql', isHistory: true }),
    migration('ALTER TABLE orders ADD COLUMN remark text', { source: 'V2.sql' }),
    migration('ALTER TABLE orders DROP COLUMN note', { source: 'V3.sql' }),
  ];
  expect(rulesOf(checkMigrations(files, { version: 18, accepted: [], lockTimeout: 1 }, parser()))).toEqual(['drop-column:1', 'expand-with-contract:1']);
});

test('what is rolled back was never there', () => {
  const sql = 'BEGIN; ALTER TABLE orders ALTER COLUMN status TYPE text; ROLLBACK;\nALTER TABLE orders ALTER COLUMN status TYPE varchar(30);';
  expect(rulesOf(checked(ORDERS, sql, { lockTimeout: 1 }))).toEqual([]);
  expect(rulesOf(checked(ORDERS, sql.replace('ROLLBACK', 'COMMIT'), { lockTimeout: 1 }))).toEqual(['alter-type-rewrites:2']);
});

describe('a verdict says in which versions it is so', () => {
  const versions = (given: string, sql: string, version: number) => checked(given, sql, { version, lockTimeout: 1 })
    .findings.filter(({ severity }) => severity === 'error').map((finding) => finding.versions ?? 'all');

  test('where others differ', () => {
    const proven = `${ORDERS} ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL);`;
    expect(versions(proven, 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL', 11)).toEqual([{ upTo: 11 }]);
    const key = 'CREATE TYPE mood AS ENUM (\'ok\');';
    expect(versions(key, 'BEGIN; ALTER TYPE mood ADD VALUE \'bad\'; COMMIT;', 11)).toEqual([{ upTo: 11 }]);
    expect(versions(ORDERS, 'REINDEX TABLE CONCURRENTLY orders', 11)).toEqual([{ upTo: 11 }]);
    expect(versions(ORDERS, 'ALTER TABLE orders ADD COLUMN n integer GENERATED ALWAYS AS (1) VIRTUAL', 15)).toEqual([{ upTo: 17 }]);
  });

  test('with the first one that has it, too', () => {
    expect(versions(ORDERS, 'ALTER TABLE orders ADD COLUMN n text GENERATED ALWAYS AS (note || \'x\') STORED', 15)).toEqual([{ from: 12 }]);
    expect(versions(ORDERS, 'CREATE UNIQUE INDEX i ON orders (note) NULLS NOT DISTINCT', 18)).toEqual([{ from: 15 }]);
  });

  test('and nothing where all agree', () => {
    expect(versions(ORDERS, 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL', 18)).toEqual(['all']);
    expect(versions(ORDERS, 'ALTER TABLE orders DROP COLUMN note', 14)).toEqual(['all']);
  });
});

describe('a transaction', () => {
  const add = 'ALTER TABLE orders ADD COLUMN n integer;';
  const found = (sql: string, isInTransaction = false) => rulesOf(checked(ORDERS, sql, { lockTimeout: 1 }, { isInTransaction }));

  test('that is opened is ended in the file', () => {
    expect(found(`BEGIN;\n${add}`)).toEqual(['transaction-left-open:1']);
    expect(found(`START TRANSACTION;\n${add}\nROLLBACK;`)).toEqual([]);
    expect(found(`BEGIN;\n${add}\nCOMMIT;\nBEGIN;`)).toEqual(['transaction-left-open:4']);
  });

  test('is opened and ended once, and by the tool where it does so', () => {
    expect(found(`BEGIN;\nBEGIN;\n${add}\nCOMMIT;`)).toEqual(['transaction-in-transaction:2']);
    expect(found(`BEGIN;\n${add}\nCOMMIT;`, true)).toEqual(['transaction-in-transaction:1', 'transaction-in-transaction:3']);
    expect(found(`${add}\nCOMMIT;`, true)).toEqual(['transaction-in-transaction:2']);
  });
});

describe('a statement_timeout', () => {
  const validate = 'ALTER TABLE orders VALIDATE CONSTRAINT c;';
  const given = `${ORDERS} ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID;`;
  const found = (sql: string, statementTimeout?: number) => checked(given, sql, { lockTimeout: 60_000, statementTimeout }).findings
    .map(({ ruleId }) => ruleId);

  test('of seconds cuts off what works beside others', () => {
    expect(found(validate, 5000)).toEqual(['statement-timeout-cuts-work']);
    expect(found(`SET statement_timeout = '2h'; ${validate}`, 5000)).toEqual([]);
    expect(found('CREATE INDEX CONCURRENTLY i ON orders (note);', 5000)).toContain('statement-timeout-cuts-work');
  });

  test('bounds what keeps others waiting', () => {
    const drop = 'ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;';
    expect(found(drop)).toContain('missing-statement-timeout');
    expect(found(drop, 5000)).not.toContain('missing-statement-timeout');
    expect(found(`SET statement_timeout = 0; ${drop}`, 5000)).toContain('missing-statement-timeout');
  });
});

describe('a version that somebody may go back to', () => {
  const previous = (sql: string, query: string) => rulesOf(checked(ORDERS, sql, {
    lockTimeout: 1, application: { running: [], previous: queriesOf('previous.sql', query, parser()).queries },
  }));

  test('keeps what it had', () => {
    expect(previous('ALTER TABLE orders DROP COLUMN note', 'SELECT note FROM orders')).toEqual(['previous-version-unanswered:1']);
    expect(previous('ALTER TABLE orders DROP COLUMN note', 'SELECT status FROM orders')).toEqual([]);
  });

  test('may insert as it did', () => {
    const insert = 'INSERT INTO orders (id, quantity) VALUES ($1, $2)';
    expect(previous('ALTER TABLE orders ADD COLUMN kind text DEFAULT \'a\' NOT NULL', insert)).toEqual([]);
    const required = 'ALTER TABLE orders ADD COLUMN kind text DEFAULT \'a\' NOT NULL; ALTER TABLE orders ALTER COLUMN kind DROP DEFAULT';
    expect(previous(required, insert)).toContain('previous-version-unanswered:1');
  });

  test('is not held against what it never had', () => {
    expect(previous('SELECT 1', 'SELECT gone FROM orders')).toEqual([]);
  });
});
