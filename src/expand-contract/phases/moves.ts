import { constraintsLikeOld, likeOld, lookThrough, namesOf } from './carried';
import type { ChangeOf, TableName } from './change';
import {
  backfillOf, endOfTrigger, probeOf, requirementOf, syncName, syncTrigger, tableOf, verificationOf, type ShapeColumn, type TwoShapes,
} from './dual-write';
import { notNullUnits } from './not-null';
import type { Phases, Unit } from './phases';
import { NOTHING, unit, variableOf } from './units';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote';

/** A column under another name: both are there until nobody knows the old one. */
export function renameColumn(name: string, change: ChangeOf<'renameColumn'>): Phases {
  const { from, to } = change;
  const { text: type, ...variable } = variableOf(name, change, from, 'type', 'collated type');
  const olds = [{ column: from, value: quoteIdentifier(to), type }];
  const news = [{ column: to, value: quoteIdentifier(from), type }];
  const shapes = { migration: name, table: change, olds, news };
  return { ...moved(shapes, { defaults: movedDefault(change, from, to), complete: [...likeOld(change, 'all'), ...constraintsLikeOld(name, change)] }), variables: [variable] };
}

/** A column of another type, and of another name, as two types never share one. */
export function changeColumnType(name: string, change: ChangeOf<'changeColumnType'>): Phases {
  const { from, to, up, down, type, default: given } = change;
  const { text: oldType, ...variable } = variableOf(name, change, from, 'type', 'type');
  const shapes = { migration: name, table: change, olds: [{ column: from, value: down, type: oldType }], news: [{ column: to, value: up, type }] };
  const defaults = given === undefined ? undefined : givenDefault(change, given);
  return { ...moved(shapes, { defaults, complete: likeOld(change, 'plain') }), variables: [variable] };
}

/** One column as several. */
export function splitColumn(name: string, change: ChangeOf<'splitColumn'>): Phases {
  const { from, into, down } = change;
  const { text: oldType, ...variable } = variableOf(name, change, from, 'type', 'type');
  const news = into.map(({ column, type, up }) => ({ column, value: up, type }));
  const complete = into.filter(({ notNull }) => notNull).flatMap(({ column }) => notNullUnits(change, column));
  const olds = [{ column: from, value: down, type: oldType }];
  return { ...moved({ migration: name, table: change, olds, news }, { complete }), variables: [variable] };
}

/** Several columns as one. */
export function mergeColumns(name: string, change: ChangeOf<'mergeColumns'>): Phases {
  const { from, to, type, up, notNull } = change;
  const known = from.map(({ column, down }, index) => ({ column, down, variable: variableOf(name, change, column, `type${index + 1}`, 'type') }));
  const olds = known.map(({ column, down, variable }) => ({ column, value: down, type: variable.text }));
  const complete = notNull === true ? notNullUnits(change, to) : [];
  return {
    ...moved({ migration: name, table: change, olds, news: [{ column: to, value: up, type }] }, { complete }),
    variables: known.map(({ variable: { text: _text, ...variable } }) => variable),
  };
}

/** A column of another enum: values may go, come, or be called otherwise, which no enum can do in use. */
export function changeEnum(name: string, change: ChangeOf<'changeEnum'>): Phases {
  const { from, to, values } = change;
  const type = tableOf({ schema: change.schema, table: change.type });
  const { text: oldType, ...variable } = variableOf(name, change, from, 'type', 'type');
  const up = mapped(quoteIdentifier(from), change.up ?? {}, type);
  const down = mapped(quoteIdentifier(to), change.down ?? {}, oldType);
  const shapes = { migration: name, table: change, olds: [{ column: from, value: down, type: oldType }], news: [{ column: to, value: up, type }] };
  const phases = moved(shapes, {
    before: [
      `CREATE TYPE ${type} AS ENUM (${values.map(quoteLiteral).join(', ')});`,
    ],
    // Each value must mean something to the other version, or writes of the one that has it would fail.
    after: [valuesOf(change, to, down), valuesOf(change, from, up)],
    complete: likeOld(change, 'plain'),
    atAbort: [`DROP TYPE IF EXISTS ${type};`],
  });
  return { ...phases, variables: [variable] };
}

function valuesOf(table: TableName, column: string, expression: string): string {
  return `SELECT zero_downtime.require_values(${[tableOf(table), column, expression].map(quoteLiteral).join(', ')});`;
}

function mapped(column: string, values: Readonly<Record<string, string>>, type: string): string {
  const cases = Object.entries(values).map(([one, other]) => `WHEN ${quoteLiteral(one)} THEN ${quoteLiteral(other)}`);
  return cases.length === 0 ? `${column}::text::${type}` : `(CASE ${column}::text ${cases.join(' ')} ELSE ${column}::text END)::${type}`;
}

/** What a move has beside what all have. */
interface Particulars {
  /** Before the columns are made. */
  readonly before?: readonly string[];
  /** When they are there. */
  readonly after?: readonly string[];
  readonly complete: readonly Unit[];
  /** What becomes of defaults; where nothing is said, what the old ones come to. */
  readonly defaults?: Defaults;
  /** After the new columns went. */
  readonly atAbort?: readonly string[];
}

/** What takes care of defaults when both shapes are made, and when the old one goes. */
interface Defaults {
  readonly atExpand: readonly string[];
  readonly atContract: readonly string[];
}

function moved(shapes: TwoShapes, { before = [], after = [], complete, defaults = carriedDefaults(shapes), atAbort = [] }: Particulars): Phases {
  const { migration, table, olds, news } = shapes;
  const target = tableOf(table);
  const sync = syncName(shapes);
  const [from, to] = [wordsOf(olds), wordsOf(news)];
  const changed = (columns: readonly ShapeColumn[], command: string) => `ALTER TABLE ${target} ${columns.map(({ column }) => `${command} ${quoteIdentifier(column)}`).join(', ')};`;
  const replaced = olds.map(({ column }) => `SELECT zero_downtime.require_replaced(${[target, column, news[0].column].map(quoteLiteral).join(', ')});`);
  const names = namesOf(shapes);
  return {
    ...NOTHING,
    name: migration,
    isSo: `${countOf(target, news)} = ${news.length} AND ${countOf(target, olds)} = 0`,
    expand: [
      unit(table, `${to} beside ${from}`, [
        ...before,
        `ALTER TABLE ${target} ${news.map(({ column, type }) => `ADD COLUMN ${quoteIdentifier(column)} ${type}`).join(', ')};`,
        requirementOf(sync, table, olds.map(({ column }) => column)),
        ...news.map(({ column }) => `SELECT zero_downtime.same_rights(${[target, olds[0].column, column].map(quoteLiteral).join(', ')});`),
        probeOf(table, [...news, ...olds]),
        ...aloneOf(shapes),
        ...defaults.atExpand,
        ...after,
      ].join('\n')),
      unit(table, `${from} and ${to} follow each other`, syncTrigger(shapes)),
    ],
    backfill: backfillOf(shapes),
    verify: verificationOf(shapes),
    complete: [...complete, ...olds.map(({ column }) => lookThrough(table, column, news[0].column))],
    contract: [unit(table, `${olds.length === 1 ? `${from} goes` : `${from} go`}`, endOfTrigger(sync, table, [...replaced, ...defaults.atContract, ...names.before, changed(olds, 'DROP COLUMN'), ...names.after].join('\n')))],
    notesOldWrites: true,
    abort: [{
      ...unit(table, `${news.length === 1 ? `${to} goes` : `${to} go`} again`, endOfTrigger(sync, table, [...names.atAbort, changed(news, 'DROP COLUMN IF EXISTS'), ...atAbort].join('\n'))),
      undoes: 0,
    }],
  };
}

/** Each shape is made of the other alone; a column that is another one as it is needs no look. */
function aloneOf({ table, olds, news }: TwoShapes): readonly string[] {
  const reads = (columns: readonly ShapeColumn[], others: readonly ShapeColumn[]) =>
    columns.filter(({ value }) => !others.some(({ column }) => value === quoteIdentifier(column))).map(({ value }) =>
      `SELECT zero_downtime.require_alone(${[tableOf(table), table.table, value].map(quoteLiteral).join(', ')}, ARRAY[${others.map(({ column }) => quoteLiteral(column)).join(', ')}]);`);
  return [...reads(news, olds), ...reads(olds, news)];
}

/** How many of the columns are there, as SQL. */
function countOf(target: string, columns: readonly ShapeColumn[]): string {
  return `zero_downtime.columns_of(${quoteLiteral(target)}, ARRAY[${columns.map(({ column }) => quoteLiteral(column)).join(', ')}])`;
}

function wordsOf(columns: readonly ShapeColumn[]): string {
  return columns.map(({ column }) => column).join(' and ');
}

/** The default of a column is that of the one that takes its place. */
function movedDefault(table: TableName, from: string, to: string): Defaults {
  const columns = [tableOf(table), from, to].map(quoteLiteral).join(', ');
  return { atExpand: [], atContract: [`SELECT zero_downtime.move_default(${columns});`, `SELECT zero_downtime.move_sequences(${columns});`] };
}

/** One that somebody gives. */
function givenDefault(change: ChangeOf<'changeColumnType'>, expression: string): Defaults {
  const { from, to, type } = change;
  return {
    // Read now, so that it cannot fail in the end.
    atExpand: [`EXPLAIN SELECT (${expression})::${type};`],
    atContract: [
      `ALTER TABLE ${tableOf(change)} ALTER COLUMN ${quoteIdentifier(to)} SET DEFAULT ${expression};`,
      `SELECT zero_downtime.move_sequences(${[tableOf(change), from, to].map(quoteLiteral).join(', ')});`,
    ],
  };
}

/** What the old defaults come to in the new shape. */
function carriedDefaults({ table, olds, news }: TwoShapes): Defaults {
  const names = `ARRAY[${olds.map(({ column }) => quoteLiteral(column)).join(', ')}]`;
  const target = quoteLiteral(tableOf(table));
  return {
    atExpand: [`SELECT zero_downtime.require_default(${target}, ${names});`],
    atContract: news.map(({ column, value }) =>
      `SELECT zero_downtime.carry_default(${target}, ${quoteLiteral(table.table)}, ${names}, ${quoteLiteral(column)}, ${quoteLiteral(value)});`),
  };
}
