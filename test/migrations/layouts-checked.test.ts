import { parser } from './checking';
import { checkMigrations } from '../../src/migrations/check-migrations';
import { migrationFilesOf } from '../../src/migrations/layouts/layout';

describe('programs that are checked', () => {
  const check = (text: string) => checkMigrations(migrationFilesOf([{ source: '1_a.ts', text, isNamed: true }]), { version: 18, accepted: [], lockTimeout: 1000, statementTimeout: 1000 }, parser());
  const found = (text: string) => check(text).findings.filter(({ severity }) => severity === 'error')
    .map(({ ruleId, position: { line, column }, accepted }) => `${ruleId} ${line}:${column}${accepted === undefined ? '' : ` (${accepted.reason})`}`);
  const up = (body: string) => `export const up = async (knex) => {\n${body}\n};\n`;

  test('statements are found where they stand in the program, with the line of the program', () => {
    const text = up('  await knex.raw(`\n    SELECT 1;\n    ALTER TABLE t\n      DROP COLUMN a;\n  `);');
    expect(found(text)).toEqual(['drop-column 4:5']);
    expect(check(text).findings[0].line).toBe('    ALTER TABLE t');
  });

  test('behind escapes, the column is that of the program', () => {
    expect(found(up('await knex.raw("SELECT \\\'\\u0041\\\';\\nALTER TABLE t DROP COLUMN a");'))).toEqual(['drop-column 2:37']);
  });

  test('a syntax error is told in its place', () => {
    expect(check(up('  await knex.raw("SELECT 1;\\n\\n UPDAT t");')).problems).toEqual([
      { source: '1_a.ts', position: { line: 2, column: 33 }, message: 'syntax error at or near "UPDAT"; correct the statement' },
    ]);
  });

  test('a question mark that knex takes for a parameter is no operator, as the server says too', () => {
    expect(found(up('await knex.raw("SELECT a \\\\? \'b\' FROM t")'))).toEqual([]);
    expect(check(up('await knex.raw("SELECT a ? \'b\' FROM t")')).problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('syntax error'), position: { line: 2, column: 28 } }),
    ]);
  });

  test('a backslash begins no meta-command, and COPY has no data', () => {
    expect(check(up('await knex.raw("\\\\q")')).problems).toEqual([expect.objectContaining({ message: expect.stringContaining('syntax error') })]);
    expect(found(up('await knex.raw("COPY t FROM stdin;\\nALTER TABLE t DROP COLUMN a;")'))).toContain('drop-column 2:37');
  });

  test('what is not seen is never passed, and a comment of the program accepts it', () => {
    expect(found(up('  await knex.schema.dropTable("t");'))).toEqual(['opaque-statement 2:9']);
    expect(check(up('  await knex.schema.dropTable("t");')).findings[0].message).toBe('what it does cannot be told: knex.schema.dropTable builds what it runs');
    const accepted = '  // zero-downtime/accepted.opaque-statement: only a new table';
    expect(found(up(`${accepted}\n  await knex.schema.createTable("t", f)\n  await knex.schema.createTable("u", f)`)))
      .toEqual(['opaque-statement 3:9 (only a new table)', 'opaque-statement 4:9']);
  });

  test('a comment of the program or of the SQL accepts what follows, and nothing else', () => {
    const accepted = 'zero-downtime/accepted.drop-column: unused';
    const drop = 'ALTER TABLE t DROP COLUMN a';
    expect(found(up(`/* ${accepted} */\nawait knex.raw("${drop}")\nawait knex.raw("${drop}")`))).toEqual(['drop-column 3:17 (unused)', 'drop-column 4:17']);
    expect(found(up(`await knex.raw(\`\n-- ${accepted}\n${drop};\n${drop}\`)`))).toEqual(['drop-column 4:1 (unused)', 'drop-column 5:1']);
    expect(found(up(`await knex.schema.alterTable("t", (t) => {\n// ${accepted}\nt.dropColumn("a") });\nawait knex.raw("${drop}")`))).toEqual(['opaque-statement 2:7', 'drop-column 5:17']);
    expect(found(`// ${accepted}\n${up(`await knex.raw("${drop}")`)}`)).toEqual(['drop-column 3:17']);
  });

  test('what cannot run in the transaction of the tool', () => {
    const index = up('await knex.raw("CREATE INDEX CONCURRENTLY i ON t (a)")');
    expect(found(index)).toContain('concurrently-in-transaction 2:17');
    expect(found(`export const config = { transaction: false };\n${index}`)).toEqual([]);
    expect(found(`export const config = { transaction: false };\n${up('await knex.raw("SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a)")')}`)).toContain('concurrently-in-transaction 3:27');
  });
});
