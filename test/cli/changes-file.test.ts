import { join } from 'path';
import { folderWith, run } from './run';
import { ExitCode } from '../../src/cli/exit-code';
import { loadSqlParser } from '../../src/migrations/sql/sql-parser';

const parser = loadSqlParser();

/** What `migrations plan` says of a file of changes. */
async function plan(changes: string, ...options: string[]) {
  const folder = folderWith({ 'changes.yaml': changes });
  const ran = await run(['migrations', 'plan', join(folder, 'changes.yaml'), ...options]);
  return { ...ran, error: ran.error.split(`${folder}/`).join('') };
}

describe('migrations plan', () => {
  test('prints each phase as SQL, under a name that says what and which', async () => {
    const { code, out } = await plan('- renameColumn: { table: orders, from: payment_status, to: status }');
    expect(code).toBe(ExitCode.OK);
    expect(out).toMatch(/^-- orders-payment-status-to-status-[0-9a-f]{8}\n-- <<type>> is the type of orders\.payment_status\n\n-- expand: beside the old version\n/);
    expect(out).toContain('ALTER TABLE orders ADD COLUMN status <<type>>;');
    expect(out).toContain('UPDATE orders SET status = (payment_status) WHERE status IS NULL AND (payment_status) IS NOT NULL;');
    expect(out.indexOf('DROP COLUMN payment_status')).toBeGreaterThan(out.indexOf('-- contract:'));
    expect(out.indexOf('DROP COLUMN IF EXISTS status')).toBeGreaterThan(out.indexOf('-- abort:'));
  });

  test('prints SQL that PostgreSQL parses, of every kind', async () => {
    const { out, error } = await plan(ALL);
    expect(error).toBe('');
    expect(parser.parse(out.replace(/<<\w+>>/g, 'text')).length).toBeGreaterThan(40);
  });

  test('as JSON', async () => {
    const { out } = await plan('- dropTable: { schema: shop, table: Order }', '--format', 'json');
    expect(JSON.parse(out)).toEqual([expect.objectContaining({
      name: expect.stringMatching(/^drop-order-[0-9a-f]{8}$/), contract: [{ title: 'Order goes', tables: ['shop."Order"'], sql: 'DROP TABLE shop."Order";' }],
    })]);
  });

  test('knows a change by all that it says, in whatever order', async () => {
    const named = async (text: string) => /^-- (\S+)/.exec((await plan(text)).out)?.[1];
    expect(await named('- dropColumn: { table: a, column: b }')).toBe(await named('- dropColumn: { column: b, table: a }'));
    expect(await named('- dropColumn: { table: a, column: b }')).not.toBe(await named('- dropColumn: { table: a, column: B }'));
  });
});

const ALL = `
- addColumn: { table: orders, column: token, type: uuid, default: gen_random_uuid(), notNull: true }
- addColumn: { table: orders, column: large, type: boolean, value: total > 100 }
- renameColumn: { table: orders, from: payment_status, to: status }
- changeColumnType: { table: orders, from: quantity, to: amount, type: bigint, up: "quantity::bigint", down: "amount::integer" }
- splitColumn: { table: orders, from: name, into: [{ column: first, type: text, up: "split_part(name, ' ', 1)" }, { column: last, type: text, up: "split_part(name, ' ', 2)", notNull: true }], down: "first || ' ' || last" }
- mergeColumns: { table: orders, from: [{ column: city, down: "split_part(place, ',', 1)" }, { column: land, down: "split_part(place, ',', 2)" }], to: place, type: text, up: "city || ',' || land" }
- changeEnum: { table: orders, from: state, to: mood, type: order_mood, values: [good, bad], up: { ok: good }, down: { good: ok } }
- setNotNull: { table: orders, column: note, value: "''" }
- addCheck: { table: orders, constraint: counted, check: quantity >= 0 }
- addForeignKey: { table: orders, constraint: of, columns: [customer_id], references: { table: customers, columns: [id] } }
- addUnique: { table: orders, constraint: once, columns: [id, status] }
- createIndex: { table: orders, index: by_status, columns: [status], where: status <> 'new', unique: true }
- dropColumn: { table: orders, column: remark }
- dropTable: { table: suppliers }
- renameTable: { table: orders, to: purchases }
- fullTextSearch: { table: orders, column: words, columns: [note, status], configuration: english }
- sql:
    title: something else
    tables: [orders]
    expand: ["ALTER TABLE orders ADD COLUMN a text"]
    backfill: { table: orders, assignments: a = note, condition: a IS NULL }
    verify: { table: orders, isRight: a IS NOT DISTINCT FROM note }
    complete: ["ALTER TABLE orders ADD CHECK (a <> '') NOT VALID"]
    contract: ["ALTER TABLE orders DROP COLUMN fax"]
    abort: ["ALTER TABLE orders DROP COLUMN a"]
`;

describe('changes that are no changes are refused with their place', () => {
  test.each([
    ['- renameColum: { table: t }', 'changes.yaml:1:3: "renameColum" is no key of a change; did you mean "renameColumn"?'],
    ['- renameColumn: { table: t, from: a }', 'changes.yaml:1:17: renameColumn must have a to'],
    ['- renameColumn: { table: t, from: a, to: b, type: text }', '"type" is no key of renameColumn'],
    [`- dropTable: { table: ${'x'.repeat(64)} }`, 'dropTable.table must have at most 63 bytes'],
    ['- dropTable: { table: a }\n  dropColumn: { table: a, column: b }', 'changes.yaml:2:3: a change must be one of'],
    ['- {}', 'a change must be one of addColumn'],
    ['- command: { image: flyway }', 'changes.yaml:1:3: command is run by the Jobs of a declaration, as Migration.command; leave it out'],
    ['- pgroll: {}', 'changes.yaml:1:3: pgroll is run by the Jobs of a declaration, as Migration.pgroll'],
    ['- addUnique: { table: t, constraint: c, columns: [] }', 'addUnique.columns must name at least one column'],
    ['- addForeignKey: { table: t, constraint: c, columns: [a], references: { table: u } }', 'addForeignKey.references must have a columns'],
    ['- addCheck: { table: t, constraint: c, check: "a >" }', 'addCheck.check is no SQL that PostgreSQL takes (it ends too early); correct it'],
    ['- addCheck: { table: t, constraint: c, check: "true); DROP TABLE t; SELECT (1" }', 'addCheck.check must be one expression'],
    ['- changeColumnType: { table: t, from: a, to: b, type: text, up: "a || random()", down: b }',
      'changeColumnType.up must give the same value whenever it is worked out, and random() does not'],
    ['- addColumn: { table: t, column: a, type: "text; DROP TABLE t" }', 'addColumn.type must be a type'],
    ['- addColumn: { table: t, column: a, type: text, notNull: yes }', 'addColumn.notNull "yes" must be one of true, false'],
    ['- sql: { title: t, expand: ["CREATE INDEX CONCURRENTLY i ON t (a)"] }', 'cannot run CONCURRENTLY, as each step is one; declare it as createIndex'],
    ['- sql: { title: t, contract: ["DROP TABLE a; COMMIT"] }', 'an item of sql.contract cannot run in a transaction, as each step is one; leave it out'],
    ['- sql: { title: t, abort: ["DROP TABL a"] }', 'an item of sql.abort is no SQL that PostgreSQL takes (syntax error at or near "TABL")'],
    ['- sql: { expand: [] }', 'sql must have a title'],
    ['- sql: { title: t, tables: ["a, b"] }', 'an item of sql.tables must be the name of one table, for example shop.orders'],
    ['- sql: { title: t, backfill: { table: a, assignments: "b = 1 WHERE c", condition: "true" } }', 'sql.backfill.assignments must be what an UPDATE sets'],
    ['- splitColumn: { table: t, from: a, into: [{ column: b, type: text, up: a }], down: b }', 'splitColumn.into must have at least two columns'],
    ['- mergeColumns: { table: t, from: [{ column: a, down: b }, { column: c }], to: b, type: text, up: a }', 'an item of mergeColumns.from must have a down'],
    ['a: 1', 'the file must be a list'],
    ['', 'the file must hold a list of changes'],
  ])('%s', async (changes, message) => {
    const { code, out, error } = await plan(changes);
    expect([code, out]).toEqual([ExitCode.BAD_INPUT, '']);
    expect(error).toContain(message);
  });
});
