import type { RewriteStep } from './rewrite';
import { quoteIdentifier } from '../../sql/quote';
import type { Catalog } from '../catalog/catalog';
import { typeText } from '../catalog/sql-type';

/** Rows that a batch writes: small enough that nobody waits for it. */
const BATCH = 1000;

/**
 * Writes rows in batches along the primary key, each in a transaction of its own.
 *
 * The key is followed, not counted: an UPDATE that looks for what is missing reads the same rows again and again.
 */
export function backfillStep(title: string, relation: string, assignments: string, condition: string, catalog: Catalog): RewriteStep {
  const known = catalog.tryFind(relation);
  const columns = known?.constraints.find(({ kind }) => kind === 'PRIMARY KEY')?.columns ?? ['id'];
  const [first] = columns;
  const key = quoteIdentifier(first);
  const column = known?.columns.find(({ name }) => name === first);
  const type = column ? typeText(column.type) : 'bigint';
  return {
    title,
    needsNoTransaction: true,
    sql: `DO $backfill$
DECLARE
  reached ${type};
  upto ${type};
BEGIN
  LOOP
    SELECT batch.${key} INTO upto FROM (
      SELECT t.${key} FROM ${relation} AS t WHERE reached IS NULL OR t.${key} > reached ORDER BY t.${key} LIMIT ${BATCH}
    ) AS batch ORDER BY batch.${key} DESC LIMIT 1;
    EXIT WHEN upto IS NULL;
    UPDATE ${relation} AS t SET ${assignments}
      WHERE (reached IS NULL OR t.${key} > reached) AND t.${key} <= upto AND (${condition});
    COMMIT;
    reached := upto;
  END LOOP;
END
$backfill$;`,
  };
}
