import type { SqlMigrationOptions } from './migration-options';
import { expression } from './sql-values';
import { listOf, nonEmpty, settingsOf } from '../values';

/** Reads what a migration says as SQL; phases that it leaves out stay absent, because a change is known by all that it says. */
export function writtenOut(title: string, options: SqlMigrationOptions): SqlMigrationOptions {
  const { backfill, verify } = options;
  return {
    title: nonEmpty(`${title} title`, options.title),
    ...texts(title, 'tables', options),
    ...texts(title, 'expand', options),
    ...backfill !== undefined && { backfill: fields(`${title} backfill`, backfill, ['table', 'assignments', 'condition']) },
    ...verify !== undefined && { verify: fields(`${title} verify`, verify, ['table', 'isRight']) },
    ...texts(title, 'complete', options),
    ...texts(title, 'contract', options),
    ...texts(title, 'abort', options),
  };
}

type Listed = 'tables' | 'expand' | 'complete' | 'contract' | 'abort';

function texts<K extends Listed>(title: string, key: K, options: SqlMigrationOptions): { readonly [P in K]?: string[] } {
  const given: string[] | undefined = options[key];
  return (given === undefined || given.length === 0 ? {}
    : { [key]: listOf(`${title} ${key}`, given).map((text, index) => expression(`${title} ${key} ${index + 1}`, text)) }) as { readonly [P in K]?: string[] };
}

function fields<T extends object>(title: string, given: T, keys: readonly (keyof T & string)[]): T {
  const settings = settingsOf(title, given);
  return Object.fromEntries(keys.map((key) => [key, expression(`${title} ${key}`, settings[key] as string)])) as T;
}
