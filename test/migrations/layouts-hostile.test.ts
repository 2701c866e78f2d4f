import fc from 'fast-check';
import { sentBy } from './sent';
import { isMigrationProgram, partsOf } from '../../src/migrations/layouts/programs/program';

describe('what is not JavaScript', () => {
  const UP = 'exports.up = (knex) => knex.raw("A");\n';

  test.each([
    ['a template that is not closed', `${UP}const a = \`b`, '2:11 the program is not read, because a literal or a comment is not closed'],
    ['a text that is not closed', `${UP}const a = "b`, '2:11 the program is not read, because a literal or a comment is not closed'],
    ['a comment that is not closed', `${UP}/* a`, '2:1 the program is not read, because a literal or a comment is not closed'],
    ['a bracket that is not closed', `${UP}{ a(`, '2:1 the program is not read, because a bracket is not closed'],
    ['a bracket that closes nothing', `${UP}a)`, '2:2 the program is not read, because its brackets do not match'],
    ['brackets across each other', `${UP}a([)]`, '2:4 the program is not read, because its brackets do not match'],
    ['another language', `${UP}a @ b`, '2:3 the program is not read, because it has a sign that JavaScript does not have'],
    ['a program of many megabytes', UP + ' '.repeat(5 * 1024 * 1024), '1:1 a program of more than 4 MiB is not read'],
    ['calls within calls within calls', `exports.up = (knex) => ${'Promise.all('.repeat(100_000)}${')'.repeat(100_000)};`, '1:1 calls stand within each other too deeply'],
  ])('%s is opaque as a whole', (_name, text, why) => {
    expect(isMigrationProgram(text)).toBe(true);
    expect(sentBy(text)).toEqual([`transaction <${why}>`]);
  });

  test('a literal of a million escapes is read, or opaque', () => {
    const sql = `SELECT '${'\n'.repeat(1_000_000)}'`;
    const [sent] = sentBy(`exports.up = (knex) => knex.raw(${JSON.stringify(sql)});`);
    expect([`transaction 1:34 ${sql}`, 'transaction <1:33 the program is not read, because a literal is too long>']).toContain(sent);
  });

  test.each([
    ['comparisons', 'a<'], ['names', 'a.'], ['calls', 'a.map().'], ['calls of long names', 'a.a.a.a.a.a.a.a.a.map().'], ['declarations', 'let '], ['calls of many types', 'knex.transaction((a):b)\n'], ['comments', '/**/knex.raw("A");'], ['templates', '`${'], ['brackets', '('],
  ])('a megabyte of %s takes no longer than a few seconds', (_name, text) => {
    const started = performance.now();
    expect(partsOf(`exports.up = (knex) => {\n${text.repeat(1_000_000 / text.length)}\n}`)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('drawn programs', () => {
  /** A piece of a body, and what is expected of it, in order. */
  type Drawn = readonly [string, readonly string[]];
  const leaf = fc.constantFrom<Drawn[]>(
    ['await knex.raw("A");', ['A']], ['await knex.schema.raw(`B`)\n', ['B']], ['await knex.raw(\'C\').then(() => knex.raw("D"));', ['C', 'D']],
    ['await knex.schema.dropTable("t");', ['<']], ['await knex.raw(`E ${f}`);', ['<']], ['await helper(knex);', ['<']], ['await knex("t").del()\n', ['<']],
    ['console.log(`F ${1 + 1} knex.raw("G")`);', []], ['// knex.raw("H")\n', []], ['const { a, b = /"`/ } = { a: \'knex.raw("I")\' };', []], ['const n = 4 / 2 / 1;', []], ['a++; // `\n', []],
  );
  const { body } = fc.letrec<{ body: Drawn }>((tie) => ({
    body: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('body'), { minLength: 1, maxLength: 3 }).chain((parts) => {
      const [inside, expected] = [parts.map(([text]) => text).join('\n'), parts.flatMap(([, sent]) => sent)];
      return fc.constantFrom<Drawn[]>(
        [`{ ${inside} }`, expected], [`if (n > 1) { ${inside} } else { }`, expected], [`for (const x of [1, 2]) { ${inside} }`, expected],
        [`try { ${inside} } catch (error) { throw error; } finally { }`, expected], [`await Promise.all([1].map(async (x) => { ${inside} }));`, expected],
        [`await knex.transaction(async (trx) => { ${inside} });`, expected], [`await (async () => { ${inside} })();`, expected],
        [`console.log(\`\${(() => { ${inside} })}\`);`, expected], [`await knex.schema.hasTable("t").then(async function (has) { ${inside} });`, expected],
        [`await unknown(async () => { ${inside} });`, ['<']],
      );
    })),
  }));
  const around = fc.constantFrom<((body: string) => string)[]>(
    (text) => `exports.up = async (knex) => { ${text} };`, (text) => `export async function up(knex: Knex): Promise<void> {\n${text}\n}\nexport async function down(knex: Knex) { await knex.raw("Z"); }`,
  (text) => `module.exports = { async down(knex) { await knex.raw("Z"); }, async up(knex) { ${text} } };`,
  );

  test('send what they say, in its order, and hide nothing', () => {
    fc.assert(fc.property(fc.array(body, { maxLength: 4 }), around, (parts, put) => {
      const program = put(parts.map(([text]) => text).join('\n'));
      const sent = partsOf(program)?.flatMap(({ embedded }) => embedded) ?? [];
      expect(sent.map((each) => 'opaque' in each ? '<' : each.text)).toEqual(parts.flatMap(([, expected]) => expected));
    }), { numRuns: 300 });
  });

  test('are read or opaque, whatever they hold', () => {
    const tokens = fc.constantFrom('exports', '.', 'up', '=', 'export', 'function', 'async', 'await', '(', ')', '{', '}', '[', ']', '=>', ',', ';', ':', '<', '>', '`', '${', '"', '\'', '/', '*', '//', '\n', '\\',
      'knex', 'raw', 'schema', 'transaction', 'pgm', 'sql', 'const', 'config', 'module', '!', '?.', '+', '0', 'trx', 'then', '\ufeff', 'é', '@', '#');
    fc.assert(fc.property(fc.array(tokens, { maxLength: 60 }), fc.boolean(), (parts, isSpaced) => {
      const text = `exports.up = (knex) => { ${parts.join(isSpaced ? ' ' : '')} }`;
      for (const { embedded } of partsOf(text) ?? []) {
        embedded.forEach((each) => expect('opaque' in each ? each.start : each.offsetOf(0)).toBeLessThanOrEqual(text.length));
      }
    }), { numRuns: 2000 });
  });
});
