import { createHash } from 'crypto';
import type { Change } from './change';
import type { OutsideChange } from './outside-change';

/** Longer names are cut; the hash tells them apart. */
const LONGEST = 40;

/**
 * What the ledger knows a change by: words for people, and a hash of all that it says.
 *
 * The release that expands and the one that contracts declare the same change, and so mean the same; what was edited in between is another one.
 */
export function nameOf(change: Change | OutsideChange): string {
  const words = wordsOf(change).join('-').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST).replace(/^-+|-+$/g, '');
  return `${words === '' ? 'change' : words}-${contentsOf(change).slice(0, 8)}`;
}

/** A hash of all that a change says. */
export function contentsOf(change: Change | OutsideChange): string {
  return createHash('sha256').update(JSON.stringify(canonical(change))).digest('hex').slice(0, 16);
}

function wordsOf(change: Change | OutsideChange): readonly string[] {
  switch (change.kind) {
    case 'renameColumn': case 'changeColumnType': case 'changeEnum': return [change.table, change.from, 'to', change.to];
    case 'splitColumn': return [change.table, change.from, 'to', ...change.into.map(({ column }) => column)];
    case 'mergeColumns': return [change.table, ...change.from.map(({ column }) => column), 'to', change.to];
    case 'addColumn': return ['add', change.table, change.column];
    case 'setNotNull': return [change.table, change.column, 'not-null'];
    case 'addCheck': case 'addForeignKey': case 'addUnique': return [change.table, change.constraint];
    case 'createIndex': return [change.table, change.index];
    case 'dropColumn': return ['drop', change.table, change.column];
    case 'dropTable': return ['drop', change.table];
    case 'renameTable': return [change.table, 'to', change.to];
    case 'fullTextSearch': return ['search', change.table, change.column];
    case 'sql': return [change.title];
    case 'command': return [change.contracts ? 'contract' : 'run', programOf(change.image)];
    case 'pgroll': return ['pgroll', change.name];
  }
}

/** The last part of an image's path: what people call it. */
function programOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '').split('/').at(-1)!;
}

/** The same whatever order somebody wrote it in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([one], [other]) => one < other ? -1 : 1);
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
