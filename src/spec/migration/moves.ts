import type { TableOptions } from './migration-options';
import type { ChangeEnumOptions, MergeColumnsOptions, SplitColumnOptions } from './move-options';
import { expression, named, tableOf } from './sql-values';
import { refuse } from '../declaration-error';
import { flagOf, listOf, nonEmpty, quoted, settingsOf } from '../values';

/** What `Migration.splitColumn` says, or throws. */
export function splitOf(title: string, options: SplitColumnOptions): SplitColumnOptions {
  const from = named(`${title} from`, options.from);
  const into = several(`${title} into`, options.into).map(({ column, type, up, notNull }, index) => ({
    column: named(`${title} into[${index}] column`, column),
    type: expression(`${title} into[${index}] type`, type),
    up: expression(`${title} into[${index}] up`, up),
    ...flagOf(`${title} into[${index}] notNull`, notNull, false) && { notNull: true },
  }));
  refuseSame(title, [from, ...into.map(({ column }) => column)]);
  return { ...tableOf(title, options), from, into, down: expression(`${title} down`, options.down) };
}

/** What `Migration.mergeColumns` says, or throws. */
export function mergeOf(title: string, options: MergeColumnsOptions): MergeColumnsOptions {
  const from = several(`${title} from`, options.from).map(({ column, down }, index) => ({
    column: named(`${title} from[${index}] column`, column), down: expression(`${title} from[${index}] down`, down),
  }));
  const to = named(`${title} to`, options.to);
  refuseSame(title, [...from.map(({ column }) => column), to]);
  return {
    ...tableOf(title, options),
    from,
    to,
    type: expression(`${title} type`, options.type),
    up: expression(`${title} up`, options.up),
    ...flagOf(`${title} notNull`, options.notNull, false) && { notNull: true },
  };
}

/** What `Migration.changeEnum` says, or throws. */
export function enumOf(title: string, options: ChangeEnumOptions): ChangeEnumOptions {
  const [from, to] = [named(`${title} from`, options.from), named(`${title} to`, options.to)];
  const values = listOf(`${title} values`, options.values).map((value) => named(`${title} values`, value));
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (values.length === 0 || twice !== undefined) {
    refuse(twice === undefined ? `${title} values must hold at least one` : `${title} values ${quoted(twice)} is given twice; give each value once`);
  }
  refuseSame(title, [from, to]);
  const table: TableOptions = tableOf(title, options);
  return { ...table, from, to, type: named(`${title} type`, options.type), values, ...called('up', title, options.up), ...called('down', title, options.down) };
}

/** Nothing is said by a map of nothing. */
function called<K extends 'up' | 'down'>(key: K, title: string, names: Readonly<Record<string, string>> | undefined): { readonly [P in K]?: Record<string, string> } {
  const entries = Object.entries(names === undefined ? {} : settingsOf(`${title} ${key}`, names));
  const checked = Object.fromEntries(entries.map(([one, other]) => [nonEmpty(`${title} ${key} value`, one), named(`${title} ${key} ${quoted(one)}`, other)]));
  return (entries.length === 0 ? {} : { [key]: checked }) as { readonly [P in K]?: Record<string, string> };
}

function several<T extends object>(field: string, parts: readonly T[]): readonly T[] {
  const all = listOf(field, parts).map((part, index) => settingsOf(`${field}[${index}]`, part));
  return all.length < 2 ? refuse(`${field} must hold at least two columns, not ${all.length}`) : all;
}

function refuseSame(title: string, columns: readonly string[]): void {
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) {
    refuse(`${title} names ${quoted(twice)} twice; all its columns are there for a while, so give each a name of its own`);
  }
}
