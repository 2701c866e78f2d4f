import fc from 'fast-check';
import { parser } from './checking';
import { checkMigrations } from '../../src/migrations/check-migrations';
import { migrationFilesOf } from '../../src/migrations/layouts/layout';
import { partsOf } from '../../src/migrations/layouts/programs/program';
import type { EmbeddedSql } from '../../src/migrations/sql/embedded';

/** What a program sends whose `up` gives an expression to pgm.sql, and the program. */
function sentAs(expression: string): { readonly program: string; readonly sql: EmbeddedSql } {
  const program = `// the first line\nexports.up = (pgm) => {\n  pgm.sql(${expression});\n};\n`;
  const [sql] = partsOf(program)?.[0].embedded ?? [];
  if (sql === undefined || !('text' in sql)) {
    throw new Error(`${program} is opaque: ${sql?.opaque}`);
  }
  return { program, sql };
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** As a person or a formatter writes it: lines stay lines. */
const asTemplate = (text: string) => `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&').replace(/\r/g, '\\r')}\``;

/** Letters of SQL, signs that literals have to escape, and anything else. */
const UNITS = fc.oneof(fc.constantFrom(...'SELECT a1;\'"`$\\{}\n\r\t-/*'), fc.constantFrom('é', '🚀', '\u2028', '\ud800', '\0', '${'), fc.string({ unit: 'binary', maxLength: 1 }));
const TEXTS = fc.array(UNITS, { maxLength: 60 }).map((units) => units.join(''));

test('any text comes out of JSON\'s literal of it as it was, each unit at its place', () => {
  fc.assert(fc.property(TEXTS, (text) => {
    const { program, sql } = sentAs(JSON.stringify(text));
    expect(sql.text).toBe(text);
    for (let at = 0; at < text.length; at += 1) {
      const place = sql.offsetOf(at);
      expect([text[at], '\\']).toContain(program[place]);
      expect(JSON.parse(`"${program.slice(sql.offsetOf(0), place)}"`)).toBe(text.slice(0, at));
    }
  }));
});

test('any text comes out of a template as it was, each unit on its line', () => {
  fc.assert(fc.property(TEXTS, (text) => {
    const { program, sql } = sentAs(asTemplate(text));
    expect(sql.text).toBe(text);
    for (let at = 0; at < text.length; at += 1) {
      expect([text[at], '\\']).toContain(program[sql.offsetOf(at)]);
      expect(lineAt(program, sql.offsetOf(at))).toBe(2 + lineAt(text, at));
    }
  }));
});

test('whatever is escaped how, and put together of what: as JavaScript has it', () => {
  const escapes = fc.constantFrom('\\n', '\\t', '\\\\', '\\\'', '\\"', '\\`', '\\x41', '\\u0041', '\\u{1F680}', '\\u{41}', '\\0', '\\q', '\\U', '\\\n', '\\\r\n', '\\\u2028', 'a', ' ', '$', '\\$', 'é');
  const quotes = fc.constantFrom('\'', '"', '`');
  const literals = fc.tuple(quotes, fc.array(escapes, { maxLength: 8 })).map(([quote, parts]) => `${quote}${parts.join('')}${quote}`);
  fc.assert(fc.property(fc.array(literals, { minLength: 1, maxLength: 4 }), (all) => {
    const expression = all.join('\n    + ');
    const { program, sql } = sentAs(expression);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    expect(sql.text).toBe(new Function(`return ${expression};`)());
    const places = Array.from({ length: sql.text.length }, (_, at) => sql.offsetOf(at));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places.every((place) => place > program.indexOf('sql(') && place < program.indexOf(');\n}'))).toBe(true);
  }));
});

test.each([
  ['"\\x4"'], ['"\\u12"'], ['"\\u{110000}"'], ['"\\u{}"'], ['`\\u`'],
])('%s is no literal of JavaScript', (expression) => {
  expect(() => sentAs(expression)).toThrow('pgm.sql is given what the program makes');
});

test('a template has line feeds alone, in files whose lines end as on Windows', () => {
  expect(sentAs('`SELECT 1;\r\nSELECT 2;\r\n`').sql.text).toBe('SELECT 1;\nSELECT 2;\n');
});

test('a statement is found in the line where it stands, whatever is before it', () => {
  const before = fc.array(fc.constantFrom('SELECT 1;', 'SELECT \'\\\';', 'SELECT \'`\';', '-- "${a}"\n', '\n', '\t', 'SELECT E\'\\n\';', '/* \' */'), { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(fc.property(before, fc.constantFrom(JSON.stringify, asTemplate), (start, literal) => {
    const { program } = sentAs(literal(`${start}\nDROP TABLE t;`));
    const checked = checkMigrations(migrationFilesOf([{ source: '1.js', text: program, isNamed: true }]), { version: 18, accepted: [] }, parser());
    const [{ position }] = checked.findings.filter(({ ruleId }) => ruleId === 'drop-table');
    expect(program.split('\n')[position.line - 1].slice(position.column - 1)).toMatch(/^DROP TABLE t;/);
  }));
});
