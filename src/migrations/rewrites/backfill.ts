import { tryFindText, tryFindWord } from './fragment';
import { fieldName } from './names';
import type { Rewrite, RewriteStep } from './rewrite';
import { quoteIdentifier } from '../../sql/quote';
import type { Catalog } from '../catalog/catalog';
import type { Relation } from '../catalog/relation';
import type { Action } from '../effects/effect';
import { allOf, as } from '../sql/node';
import type { Step } from '../step';

/** Rows that a batch writes: small enough that nobody waits for it. */
const BATCH = 1000;
/** How long a batch waits for a row: a tenth of what the server lets pass before it looks for a deadlock. */
const PATIENCE = '100ms';

/** What is written of which rows. */
export interface Backfill {
  readonly title: string;
  /** What is written, and of which rows: columns by themselves, or behind the name of the table. */
  readonly assignments: string;
  readonly condition?: string;
  /** The table as the statement names it, where it names it otherwise. */
  readonly from?: string;
  readonly alias?: string;
}

/** The columns by which each row of a table is told apart, if such are known: none of them is null. */
export function tryFindKey(relation: Relation | undefined): readonly string[] | undefined {
  const isGiven = (column: string) => relation?.columns.find(({ name }) => name === column)?.notNull === 'yes';
  return relation?.constraints.find(({ kind }) => kind === 'PRIMARY KEY')?.columns
    ?? relation?.indexes.find(({ isUnique, isPlain, method, columns }) => isUnique && isPlain && method === 'btree' && columns.every(isGiven))?.columns;
}

/** How the statements of a walk along a key are written. */
interface Walk {
  readonly from: string;
  /** The columns of the key, as a list and as one value. */
  readonly columns: string;
  readonly row: string;
  readonly order: string;
  readonly backwards: string;
  /** The value of the key that a variable of the walk has. */
  readonly at: (variable: string) => string;
}

function walkAlong(key: readonly string[], table: string, from: string): Walk {
  const columns = key.map((column) => `${table}.${quoteIdentifier(column)}`);
  const asRow = (values: readonly string[]) => values.length === 1 ? values[0] : `(${values.join(', ')})`;
  return {
    from,
    columns: columns.join(', '),
    row: asRow(columns),
    order: `ORDER BY ${columns.join(', ')}`,
    backwards: `ORDER BY ${columns.map((column) => `${column} DESC`).join(', ')}`,
    at: (variable) => asRow(key.map((column) => `backfill.${variable}.${fieldName(column)}`)),
  };
}

/**
 * Writes rows in batches along the key of the table, each in a transaction of its own; nothing where no key is known.
 *
 * The key is followed, not counted: an UPDATE that looks for what is missing reads the same rows again and again. It is followed to where
 * it ended at first: rows that come later have their value, and there may be no end to them. A batch that waits for a row lets go of the
 * others long before the server looks for a deadlock, of which a program might be the victim; rows are locked first, in the order of the
 * key, so that a batch that gives up has written nothing.
 */
export function tryBackfillStep({ title, assignments, condition, ...named }: Backfill, relation: string, catalog: Catalog): RewriteStep | undefined {
  const known = catalog.tryFind(relation);
  const key = tryFindKey(known);
  if (known === undefined || key === undefined) {
    return undefined;
  }
  const table = quoteIdentifier(named.alias ?? known.name);
  const walk = walkAlong(key, table, `${named.from ?? relation}${named.alias === undefined ? '' : ` AS ${table}`}`);
  const rest = condition === undefined ? '' : ` AND ${condition}`;
  return { title, needsNoTransaction: true, sql: walkText(walk, assignments, rest) };
}

function walkText({ from, columns, row, order, backwards, at }: Walk, assignments: string, rest: string): string {
  const batch = `${row} >= ${at('reached')} AND ${row} <= ${at('upto')}${rest}`;
  return `DO $backfill$
#variable_conflict use_column
<<backfill>>
DECLARE
  reached record;
  upto record;
  last record;
BEGIN
  SELECT ${columns} INTO reached FROM ${from} ${order} LIMIT 1;
  SELECT ${columns} INTO last FROM ${from} ${backwards} LIMIT 1;
  WHILE reached IS NOT NULL LOOP
    SELECT ${columns} INTO upto FROM ${from} WHERE ${row} >= ${at('reached')} AND ${row} <= ${at('last')} ${order} OFFSET ${BATCH - 1} LIMIT 1;
    IF NOT FOUND THEN
      upto := last;
    END IF;
    BEGIN
      SET LOCAL lock_timeout = '${PATIENCE}';
      PERFORM 1 FROM ${from} WHERE ${batch} ${order} FOR NO KEY UPDATE;
      UPDATE ${from} SET ${assignments}
        WHERE ${batch};
    EXCEPTION WHEN lock_not_available THEN
      CONTINUE;
    END;
    COMMIT;
    SELECT ${columns} INTO reached FROM ${from} WHERE ${row} > ${at('upto')} AND ${row} <= ${at('last')} ${order} LIMIT 1;
  END LOOP;
END
$backfill$;`;
}

/** UPDATE of a whole table in batches; nothing where rows of other tables are asked, where rows are returned, or where the key changes on its way. */
export function updateInBatches(step: Step, action: Action): Rewrite | undefined {
  const update = as(action.node, 'UpdateStmt');
  const text = tryFindText(step, action);
  const { relation = '' } = action;
  const { catalog } = step.surroundings;
  if (update === undefined || text === undefined || update.fromClause || update.returningClause || update.withClause) {
    return undefined;
  }
  const targets = allOf(update.targetList, 'ResTarget');
  const key = tryFindKey(catalog.tryFind(relation)) ?? [];
  const batches = tryBackfillStep({
    title: 'a thousand rows at a time',
    assignments: text.slice(tryFindWord(text, 'set')?.end).trim(),
    from: update.relation?.inh ? relation : `ONLY ${relation}`,
    alias: update.relation?.alias?.aliasname,
  }, relation, catalog);
  return batches === undefined || targets.some(({ name = '' }) => key.includes(name)) ? undefined : [batches];
}
