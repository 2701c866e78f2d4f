import fc from 'fast-check';
import { Migration } from '../../../src/spec/migration/migration';
import { quoteIdentifier, quoteLiteral } from '../../../src/sql/quote';
import { declared, judged } from '../../plan/migrations/judged';

/** What the names of a migration are made of. */
interface Names {
  readonly table: { readonly table: string; readonly schema?: string };
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly d: string;
  readonly text: string;
}

type Declare = (names: Names) => Migration;

const q = quoteIdentifier;

/** Each kind, with and without what may be left out. */
const KINDS: Readonly<Record<string, Declare>> = {
  'addColumn': ({ table, a }) => Migration.addColumn({ ...table, column: a, type: 'numeric(12, 2)' }),
  'addColumn with all': ({ table, a, b, text }) =>
    Migration.addColumn({ ...table, column: a, type: 'text', defaultValue: quoteLiteral(text), value: `${q(b)} || ${quoteLiteral(text)}`, notNull: true }),
  'addColumn with a volatile default': ({ table, a }) => Migration.addColumn({ ...table, column: a, type: 'uuid', defaultValue: 'gen_random_uuid()', notNull: true }),
  'renameColumn': ({ table, a, b }) => Migration.renameColumn({ ...table, from: a, to: b }),
  'changeColumnType': ({ table, a, b }) => Migration.changeColumnType({ ...table, from: a, to: b, type: 'bigint', up: `${q(a)}::bigint`, down: `${q(b)}::integer` }),
  'splitColumn': ({ table, a, b, c, text }) => Migration.splitColumn({
    ...table,
    from: a,
    into: [{ column: b, type: 'text', up: `split_part(${q(a)}, ' ', 1)` }, { column: c, type: 'text', up: `coalesce(${q(a)}, ${quoteLiteral(text)})`, notNull: true }],
    down: `${q(b)} || ${q(c)}`,
  }),
  'mergeColumns': ({ table, a, b, c }) => Migration.mergeColumns({
    ...table, from: [{ column: a, down: `split_part(${q(c)}, ' ', 1)` }, { column: b, down: q(c) }], to: c, type: 'text', up: `${q(a)} || ${q(b)}`, notNull: true,
  }),
  'changeEnum': ({ table, a, b, c, text }) => Migration.changeEnum({ ...table, from: a, to: b, type: c, values: ['good', `${text}x`.slice(0, 20)], up: { ok: 'good' }, down: { good: 'ok' } }),
  'notNull': ({ table, a }) => Migration.notNull({ ...table, column: a }),
  'notNull with a value': ({ table, a, text }) => Migration.notNull({ ...table, column: a, value: quoteLiteral(text) }),
  'addCheck': ({ table, a, b, text }) => Migration.addCheck({ ...table, constraint: a, check: `${q(b)} <> ${quoteLiteral(text)}` }),
  'addForeignKey': ({ table, a, b, c, d }) => Migration.addForeignKey({ ...table, constraint: a, columns: [b], references: { table: c, columns: [d] } }),
  'addUnique': ({ table, a, b, c }) => Migration.addUnique({ ...table, constraint: a, columns: [b, c] }),
  'createIndex': ({ table, a, b }) => Migration.createIndex({ ...table, index: a, columns: [b] }),
  'createIndex with all': ({ table, a, b, c, text }) => Migration.createIndex({ ...table, index: a, columns: [b, c], where: `${q(b)} <> ${quoteLiteral(text)}`, unique: true }),
  'dropColumn': ({ table, a }) => Migration.dropColumn({ ...table, column: a }),
  'dropTable': ({ table }) => Migration.dropTable(table),
  'renameTable': ({ table, a }) => Migration.renameTable({ ...table, to: a }),
  'fullTextSearch': ({ table, a, b, c, text }) => Migration.fullTextSearch({ ...table, column: a, columns: [b, c], configuration: `${text}x`.slice(0, 20) }),
};

/** What ends a quote somewhere, stands for something, or is called like something else. */
const HOSTILE = [
  '"', '\'', '\\', '.', ';', '--', '/*', '*/', '%', '$$', '$zd$', '<<type>>', '<<given>>', '(', ')', ' ', '\n', '*', 'é', '名', '🐘', '\u202e', 'A', 'select', 'new', 'E\'', '\\!', '1',
];

const name = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join('').replace(/\0/g, '').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ''))
  .filter((text) => text.trim() !== '' && Buffer.byteLength(text) <= 63);

const names = fc.tuple(fc.uniqueArray(name, { minLength: 7, maxLength: 7 }), fc.boolean())
  .map(([[schema, table, a, b, c, d, text], hasSchema]): Names => ({ table: hasSchema ? { schema, table } : { table }, a, b, c, d, text }));

const PLAIN: Names = { table: { table: 'orders' }, a: 'note', b: 'status', c: 'state', d: 'id', text: 'x' };

/** Names that no other migration has, for one of the same table: but for one that drops it, which none of the others would let go. */
function numbered(kind: string, index: number): Names {
  const { a, b, c, d, text } = PLAIN;
  return { table: { table: kind === 'dropTable' ? 'baskets' : 'orders' }, a: `${a}${index}`, b: `${b}${index}`, c: `${c}${index}`, d: `${d}${index}`, text };
}

describe('what is run for a migration breaks no rule of `zero-downtime migrations check`', () => {
  test.each(Object.entries(KINDS))('%s', (_, declare) => {
    expect(judged([declare(PLAIN)])).toEqual({ problems: [], accepted: [] });
  });

  test.each(Object.entries(KINDS))('%s, when it is contracted', (_, declare) => {
    expect(judged([], { contracts: [declare(PLAIN)] })).toEqual({ problems: [], accepted: [] });
  });

  test('whatever its tables and columns are called', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.keys(KINDS)), names, (kind, drawn) => {
      expect(judged([KINDS[kind](drawn)])).toEqual({ problems: [], accepted: [] });
    }), { numRuns: 150 });
  }, 60_000);

  test('whatever else is declared beside it', () => {
    fc.assert(fc.property(fc.subarray(Object.keys(KINDS), { minLength: 2 }), fc.boolean(), (kinds, isContracted) => {
      const migrations = kinds.map((kind, index) => KINDS[kind](numbered(kind, index)));
      const contracts = kinds.map((kind, index) => KINDS[kind](numbered(kind, 100 + index)));
      expect(judged(migrations, isContracted ? { contracts } : {})).toEqual({ problems: [], accepted: [] });
    }), { numRuns: 20 });
  }, 60_000);
});

test('every kind is among them, as long as its SQL is ours', () => {
  const kinds = Object.values(KINDS).map((declare) => declare(PLAIN)._spec.kind);
  const all = Object.getOwnPropertyNames(Migration).filter((member) => typeof Migration[member as keyof typeof Migration] === 'function');
  const ofOthers = ['sql', 'command', 'pgroll'];
  expect([...new Set(kinds)].map((kind) => kind === 'setNotNull' ? 'notNull' : kind).sort()).toEqual(all.filter((member) => !ofOthers.includes(member)).sort());
});

describe('a migration is judged', () => {
  test('by all that is run for it', () => {
    const { units } = declared(KINDS.renameColumn(PLAIN));
    expect(units.map(({ title }) => title)).toEqual([
      'Migration.renameColumn expand 1', 'Migration.renameColumn expand 2', 'Migration.renameColumn backfill 1', 'Migration.renameColumn verify 1',
      'Migration.renameColumn complete 1', 'Migration.renameColumn complete 2', 'Migration.renameColumn complete 3', 'Migration.renameColumn complete 4',
      'Migration.renameColumn complete 5', 'Migration.renameColumn complete 6', 'Migration.renameColumn complete 7',
      'Migration.renameColumn contract 1', 'Migration.renameColumn abort 1',
    ]);
  });

  test('in transactions that wait half a second for a lock, and a tenth for rows', () => {
    const { units } = declared(KINDS['notNull with a value'](PLAIN));
    expect(units.filter(({ isInTransaction }) => !isInTransaction)).toEqual([]);
    const timeouts = Object.fromEntries(units.map(({ phase, lockTimeout }) => [phase, lockTimeout]));
    expect(timeouts).toEqual({ expand: 500, backfill: 100, complete: 500, contract: 500, abort: 500 });
  });

  test('and an index is built outside of any, without an end', () => {
    const build = declared(KINDS.createIndex(PLAIN)).units.find(({ sql }) => sql.startsWith('CREATE INDEX CONCURRENTLY'));
    expect(build).toMatchObject({ isInTransaction: false, lockTimeout: 0 });
  });

  test('with something in the place of what only the database knows', () => {
    const { units } = declared(KINDS.changeColumnType(PLAIN));
    expect(units.map(({ sql }) => sql).join('\n')).not.toMatch(/<<|undefined/);
  });
});
