import { nameOf } from '../../../src/expand-contract/phases/name';
import type { DeclaredPhases, Unit } from '../../../src/expand-contract/phases/phases';
import { renderService } from '../../../src/manifests/render';
import { judgeSql } from '../../../src/migrations/declared/judge-sql';
import { as, allOf, stringOf } from '../../../src/migrations/sql/node';
import { loadSqlParser } from '../../../src/migrations/sql/sql-parser';
import { Migration } from '../../../src/spec/migration/migration';
import { folderWith, run } from '../../cli/run';
import { planned } from '../../plan/declare';
import { declared } from '../../plan/migrations/judged';
import { migrating } from '../../plan/migrations/migrating';

const TABLE = { table: 'orders' };
const MIGRATIONS: readonly Migration[] = [
  Migration.renameColumn({ ...TABLE, from: 'status', to: 'state' }),
  Migration.addColumn({ ...TABLE, column: 'large', type: 'boolean', defaultValue: 'false', value: 'quantity > 3', notNull: true }),
  Migration.createIndex({ ...TABLE, index: 'by_note', columns: ['note'] }),
  Migration.addUnique({ ...TABLE, constraint: 'once', columns: ['id', 'note'] }),
  Migration.addForeignKey({ ...TABLE, constraint: 'of_customer', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } }),
  Migration.fullTextSearch({ ...TABLE, column: 'words', columns: ['note'], configuration: 'english' }),
  Migration.sql({ title: 'shops', expand: ['CREATE TABLE shops (id bigint PRIMARY KEY)', 'INSERT INTO shops VALUES (1)'], contract: ['DROP TABLE baskets'] }),
];
const TYPES: Readonly<Record<string, string>> = { '<<type>>': 'text', '<<given>>': 'true' };

/** The phases that a ConfigMap of the synthesized service tells the ledger of, as it would read them. */
function phasesIn(data: Readonly<Record<string, string>>, migration: Migration): DeclaredPhases {
  const [statement] = loadSqlParser().parse(data[`${nameOf(migration._spec as never)}.sql`].replace(/ \\gset\n$/, ''));
  const [{ val }] = allOf(as(statement, 'SelectStmt')?.targetList, 'ResTarget');
  const definition = stringOf(as(as(val, 'FuncCall')?.args?.[2], 'TypeCast')?.arg)!;
  return JSON.parse(Object.entries(TYPES).reduce((text, [variable, type]) => text.split(variable).join(type), definition)) as DeclaredPhases;
}

const { planned: service } = planned(migrating({ migrations: [...MIGRATIONS] }), 'payments', judgeSql);
const data = renderService(service).find(({ id }) => id === 'migrations')!.manifest.data as Readonly<Record<string, string>>;

test.each(MIGRATIONS.map((migration) => [migration._spec.kind, migration] as const))('what the Jobs run for %s is what was judged', (_, migration) => {
  const { expand, complete, contract, abort, backfill, verify } = phasesIn(data, migration);
  const judged = declared(migration).units;
  // Which indexes come along only the database knows.
  const ofSteps = [...expand, ...complete, ...contract, ...abort].filter(({ carries }) => carries === undefined).map(({ sql }) => sql);
  const ofWalks = judged.filter(({ phase }) => phase === 'backfill' || phase === 'verify');
  expect(ofSteps).toEqual(judged.filter((unit) => !ofWalks.includes(unit)).map(({ sql }) => sql));
  expect(ofWalks.map(({ sql }) => sql)).toEqual([
    ...backfill === undefined ? [] : [expect.stringContaining(backfill.assignments)],
    ...verify === undefined ? [] : [expect.stringContaining(verify.isRight)],
  ]);
});

test('a name that YAML would not keep is written out', () => {
  const odd = Migration.dropColumn({ table: 'a\u0085b\u2028c\u007f', column: 'd\u2029' });
  const files = renderService(planned(migrating({ migrations: [odd] })).planned).find(({ id }) => id === 'migrations')!.manifest.data as Readonly<Record<string, string>>;
  expect(JSON.stringify(files)).not.toMatch(/[\u007f-\u009f\u2028\u2029]/);
  expect(phasesIn(files, odd).contract[0].sql).toContain('ALTER TABLE "a\u0085b\u2028c\u007f" DROP COLUMN "d\u2029";');
});

test('what the Jobs of a service run passes `zero-downtime migrations check`', async () => {
  const phases = MIGRATIONS.map((migration) => phasesIn(data, migration));
  const units = [...phases.flatMap(({ expand }) => expand), ...phases.flatMap(({ complete }) => complete)];
  const files = units.map((unit, index) => [`${index + 1}.sql`, scriptOf(unit)] as const);
  expect(files.length).toBeGreaterThan(20);
  const { code, out } = await run(['migrations', 'check', folderWith(Object.fromEntries(files))]);
  expect(out).toContain(`of ${files.length} files`);
  expect({ code, found: out.slice(0, out.indexOf('locks,')) }).toEqual({ code: 0, found: '' });
});

/** A step as somebody would run it by hand who does what the ledger does. */
function scriptOf({ sql, index }: Unit): string {
  const statements = sql.trimEnd().endsWith(';') ? sql : `${sql};`;
  return index === undefined ? `SET lock_timeout = '500ms';\nBEGIN;\n${statements}\nCOMMIT;\n` : `SET lock_timeout = 0;\n${statements}\n`;
}
