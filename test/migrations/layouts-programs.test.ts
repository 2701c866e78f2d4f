import { sentBy } from './sent';
import { migrationFilesOf } from '../../src/migrations/layouts/layout';
import { isMigrationProgram, isProgram } from '../../src/migrations/layouts/programs/program';

/** The same for the body of an `up` of knex, without places. */
const bodySends = (body: string) => sentBy(`exports.up = async (knex) => {\n${body}\n};`).join('').replace(/^transaction /, '').replace(/\d+:\d+ /g, '');

describe('where up is', () => {
  const SENT = (place: string) => [`transaction ${place} SELECT 1`];

  test.each([
    ['a property of exports', 'exports.up = function (knex) {\n  return knex.raw("SELECT 1");\n};\nexports.down = function (knex) { return knex.raw("x"); };', '2:20'],
    ['a named function', 'exports.up = async function up(knex) {\n  await knex.raw("SELECT 1");\n};', '2:19'],
    ['an arrow without brackets', 'exports.up = knex => knex.raw("SELECT 1");\nexports.down = knex => knex.raw("x");', '1:32'],
    ['an arrow without semicolons', 'exports.up = (knex) => knex.raw("SELECT 1")\n\nasync function other(knex) { await knex.raw("x") }\nexports.down = (knex) => knex.raw("x")', '1:34'],
    ['an arrow over lines', 'exports.up = (knex) =>\n  knex\n    .raw("SELECT 1")\nexports.down = (knex) => knex.raw("x")', '3:11'],
    ['behind module', 'module.exports.up = (knex) => knex.raw("SELECT 1");', '1:41'],
    ['in brackets', 'exports["up"] = (knex) => knex.raw("SELECT 1");', '1:37'],
    ['an object', 'module.exports = {\n  down: (knex) => knex.raw("x"),\n  up: (knex) => knex.raw("SELECT 1"),\n};', '3:27'],
    ['a method', 'module.exports = { async up(knex) { await knex.raw("SELECT 1") }, async down(knex) { await knex.raw("x") } };', '1:53'],
    ['names of an object', 'async function up(knex) { await knex.raw("SELECT 1") }\nasync function down(knex) { await knex.raw("x") }\nmodule.exports = { down, up };', '1:43'],
    ['TypeScript', 'import type { Knex } from "knex";\n\nexport async function up(knex: Knex): Promise<void> {\n  await knex.raw("SELECT 1");\n}\n\nexport async function down(knex: Knex): Promise<{ a: 1 }> { await knex.raw("x"); }', '4:19'],
    ['TypeScript, a type that holds braces', 'export function up(knex: Knex): Promise<{ a: 1 }> {\n return knex.raw("SELECT 1") }', '2:19'],
    ['a constant with a type', 'export const up: (knex: Knex) => Promise<void> = async (knex: Knex): Promise<void> => {\n  await knex.raw("SELECT 1");\n};', '2:19'],
    ['a list of exports', 'const forward = async (knex) => { await knex.raw("SELECT 1") };\nexport { forward as up, forward as down };', '1:51'],
    ['the default', 'export default { up: async (knex) => { await knex.raw("SELECT 1") } };', '1:56'],
    ['what TypeScript compiles to', '"use strict";\nexports.down = exports.up = void 0;\nexports.up = up;\nasync function up(knex) {\n  await knex.raw("SELECT 1");\n}', '5:19'],
    ['what esbuild compiles to', 'var a_exports = {};\n__export(a_exports, { up: () => up });\nmodule.exports = __toCommonJS(a_exports);\nasync function up(knex) {\n  await knex.raw("SELECT 1");\n}', '5:19'],
    ['node-pg-migrate', 'exports.shorthands = undefined;\nexports.up = (pgm) => {\n  pgm.sql(`SELECT 1`);\n};\nexports.down = (pgm) => { pgm.sql("x"); };', '3:12'],
    ['another name of what is given', 'import { MigrationBuilder } from "node-pg-migrate";\nexport function up(builder: MigrationBuilder): void { builder.sql("SELECT 1") }', '2:68'],
  ])('%s', (_name, text, place) => {
    expect(sentBy(text)).toEqual(SENT(place));
  });

  test.each([
    ['a call makes it', 'exports.up = makeUp("knex");', '1:14'],
    ['another file has it', 'export { up } from "./knex";', '1:10'],
    ['a name that is declared nowhere', 'module.exports = { up }; // knex', '1:20'],
  ])('%s: nothing of it is seen', (_name, text, place) => {
    expect(sentBy(text)).toEqual([`transaction <${place} up is made elsewhere>`]);
  });

  test.each([
    ['no up', 'exports.down = (knex) => knex.raw("x");'],
    ['neither of the tools', 'exports.up = (queryInterface) => queryInterface.sequelize.query("SELECT 1");'],
    ['nothing that is exported', 'function up(knex) { knex.raw("SELECT 1") }'],
    ['a module that only speaks of it', 'import knex from "knex";\nexport const db = knex({}); // up and running'],
    ['nothing', ''],
  ])('%s: no migration', (_name, text) => {
    expect(isMigrationProgram(text)).toBe(false);
    expect(sentBy(text)).toEqual(['<1:1 it is no program of knex or node-pg-migrate, which exports up>']);
  });
});

test('programs are told by their names', () => {
  expect(['a.js', 'a.cjs', 'a.mjs', 'a.ts', 'a.mts', 'a.d.ts', 'a.d.mts', 'a.json', 'a.sql', 'js'].filter(isProgram)).toEqual(['a.js', 'a.cjs', 'a.mjs', 'a.ts', 'a.mts']);
});

describe('what is sent', () => {
  test.each([
    ['await knex.raw("A"); await knex.schema.raw(\'B\'); await trx.raw(`C`);', 'A | B | C'],
    ['pgm.sql("A"); pgm.sql(`B`,);', 'A | B'],
    ['await knex.raw("A " + `B ` +\n "C");', 'A B C'],
    ['await knex.raw(/* sql */ `A`);', 'A'],
    ['await knex.raw<{ rows: Row[] }>("A"); await knex.raw<Map<string, Row>>("B");', 'A | B'],
    ['return knex.schema.raw("A").raw("B");', 'A | B'],
    ['return knex.raw("A").then(() => knex.raw("B")).then(function () { return knex.raw("C"); }).catch((error) => { throw error; });', 'A | B | C'],
    ['return Promise.all([knex.raw("A"), knex.raw("B")]);', 'A | B'],
    ['if (await knex.schema.hasTable("t")) { await knex.raw("A"); } else await knex.raw("B")', 'A | B'],
    ['try {\n  await knex.raw("A")\n} catch (error) { console.error(`no ${error}`) }', 'A'],
    ['const { rows } = await knex.raw("A"); for (const row of rows) { await knex.raw("B") }', 'A | B'],
    ['await knex.transaction(async (inner) => { await inner.raw("A"); await knex.raw("B"); });', 'A | B'],
    ['await knex.raw("A").transacting(trx).timeout(1000);', 'A'],
    ['if (knex.client.config.client === "pg") { await knex.raw("A"); }', 'A'],
    ['// await knex.raw("A");\n/* knex.raw("B") */ const text = "knex.raw(`C`)"; const d = /knex.raw("D")/;', ''],
    ['await knex.raw("SELECT a \\\\? \'b\'");', 'SELECT a ? \'b\''],
    ['await knex.raw("SELECT a ? b \\\\\\\\? c ?");', 'SELECT a $1 b $2 c $3'],
    ['pgm.sql("SELECT E\'\\\\n\' \\\\? 1");', 'SELECT E\'\\n\' \\? 1'],
    ['pgm.sql("A"); const { rows } = await pgm.db.query("B"); pgm.sql("C"); await pgm.db.select(`D`);', 'B | D | A | C'],
    ['', ''],
  ])('%s', (body, expected) => {
    expect(bodySends(body)).toBe(expected);
  });
});

describe('what cannot be seen', () => {
  test.each([
    ['await knex.schema.createTable("t", (table) => { table.timestamp("a").defaultTo(knex.fn.now()); });', '<knex.schema.createTable builds what it runs>'],
    ['await knex.schema.alterTable("t", f).raw("A");', '<knex.schema.alterTable builds what it runs> | A'],
    ['await knex.schema.withSchema("s").dropTable("t");', '<knex.schema.withSchema builds what it runs>'],
    ['pgm.addColumns("t", { a: "int" }); pgm.createIndex("t", "a");', '<pgm.addColumns builds what it runs> | <pgm.createIndex builds what it runs>'],
    ['await pgm.db.query("A $1", [1]); await pgm.db.query(sql);', '<pgm.db.query is given bindings> | <pgm.db.query is given what the program makes>'],
    ['await pgm.db.end();', '<pgm.db.end builds what it runs>'],
    ['await knex("t").where({ a: 1 }).update({ b: knex.raw("now()") });', '<knex(…) builds what it runs>'],
    ['await knex.select("a").from("t").then((rows) => rows.map(() => knex.raw("A")));', '<knex.select builds what it runs> | A'],
    ['await knex`A`;', '<knex(…) builds what it runs>'],
    ['await knex["raw"]("A");', '<knex.[…] builds what it runs>'],
    ['await knex.raw(`A ${b}`);', '<knex.raw is given a template with substitutions>'],
    ['await knex.raw("A ?", [1]);', '<knex.raw is given bindings>'],
    ['await pgm.sql("A {b}", { b: 1 });', '<pgm.sql is given bindings>'],
    ['await knex.raw(sql); await knex.raw("A" + b); await knex.raw("A" +); await knex.raw(); await knex.raw`A`;', Array(5).fill('<knex.raw is given what the program makes>').join(' | ')],
    ['await knex.raw("\\u{zz}");', '<knex.raw is given what the program makes>'],
    ['await knex.raw(`A`.trim());', '<knex.raw is given what the program makes>'],
    ['const part = knex.raw("now()");', '<knex.raw makes a part of what is run elsewhere>'],
    ['const trx = await knex.transaction();', '<knex.transaction is left open for statements that are not told apart>'],
    ['await addIndexes(knex);', '<addIndexes is not looked into>'],
    ['await require("./helper").run();', '<require.run is not looked into>'],
    ['await (0, helper_1.run)(1);', '<helper_1.run is not looked into>'],
    ['await new Client().query("A");', '<Client is not looked into>'],
    ['await this.run();', '<this.run is not looked into>'],
    ['await User.query().patch({});', '<User.query is not looked into>'],
    ['await retry<void>(() => knex.raw("A"));', '<retry is not looked into>'],
    ['const db = knex;', '<knex is handed on to what is not looked into>'],
    ['const { schema } = knex;', '<knex is handed on to what is not looked into>'],
    ['const schema = knex.schema;', '<knex.schema is handed on to what is not looked into>'],
    ['run({ knex });', '<run is not looked into>'],
    ['["a"].forEach((name) => run(name));', '<run is not looked into>'],
    ['const sql = require("fs").readFileSync(path.join(__dirname, "a.sql"), "utf8").toString(); await knex.raw(sql);', '<knex.raw is given what the program makes>'],
  ])('%s', (body, expected) => {
    expect(bodySends(body)).toBe(expected);
  });

  test('what is taken apart is not followed', () => {
    expect(sentBy('exports.up = async ({ raw }) => { await raw("A"); }; // knex')).toEqual(['transaction <1:41 raw is not looked into>']);
  });
});

describe('transactions', () => {
  const knex = (before: string) => sentBy(`${before}\nexports.up = async (knex) => {\nawait knex.raw("A");\nawait knex.raw("B");\n};`);
  const IN_ONE = ['transaction 3:17 A | 4:17 B'];
  const ALONE = ['3:17 A | 4:17 B'];

  test.each([
    ['', IN_ONE],
    ['exports.config = { transaction: true };', IN_ONE],
    ['exports.config = { other: false };', IN_ONE],
    ['const config = { transaction: false }', ALONE],
    ['exports.config = { transaction: false };', ALONE],
    ['exports.config = { "transaction": false };', ALONE],
    ['export const config = { transaction: false };', ALONE],
    ['export const config: Config = { transaction: false };', ALONE],
    ['const c = { transaction: false }; exports.config = c;', ALONE],
    ['// exports.config = { transaction: false };', IN_ONE],
  ])('knex: %s', (before, expected) => {
    expect(knex(before)).toEqual(expected);
  });

  test('knex, where one object is exported', () => {
    expect(sentBy('module.exports = { config: { transaction: false }, up: (knex) => knex.raw("A") };')).toEqual(['1:76 A']);
  });

  test('node-pg-migrate', () => {
    expect(sentBy('exports.up = (pgm) => {\n  pgm.noTransaction();\n  pgm.sql("A");\n};')).toEqual(['3:12 A']);
    expect(sentBy('exports.up = (pgm) => pgm.sql("A");\nexports.down = (pgm) => pgm.noTransaction();')).toEqual(['transaction 1:32 A']);
  });

  test('without one, what a call sends in several statements is one, and so is what the program opens', () => {
    const body = ['"A"', '"B; C;"', '"D"', '"E;"'].map((text) => `await knex.raw(${text});`).join(' ');
    const opened = 'await knex.transaction(async (trx) => { await trx.raw("F"); await trx.raw("G"); }); await knex.transaction((t) => t.raw("H")); await knex.raw("I");';
    expect(sentBy(`exports.config = { transaction: false };\nexports.up = async (knex) => {${body} ${opened}};`).map((part) => part.replace(/\d+:\d+ /g, ''))).toEqual([
      'A', 'transaction B; C;', 'D | E;', 'transaction F | G', 'transaction H', 'I',
    ]);
  });

  test('what --transaction says, holds', () => {
    const file = { source: 'a.js', text: 'exports.up = (knex) => knex.raw("A");', isNamed: true };
    expect(migrationFilesOf([file], { transaction: 'none' }).map(({ isInTransaction }) => isInTransaction)).toEqual([false]);
  });

  test('a program that sends nothing is a file all the same', () => {
    expect(sentBy('exports.config = { transaction: false }; exports.up = async (knex) => {};')).toEqual(['']);
    expect(sentBy('exports.up = async (knex) => {};')).toEqual(['transaction ']);
  });
});
