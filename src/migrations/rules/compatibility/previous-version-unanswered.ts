import { failureOf } from '../../application/application';
import { ORDERS } from '../examples';
import type { MigrationRule } from '../rule';

/** The version before the running one is still answered where somebody may go back to it. */
export const PREVIOUS_VERSION_UNANSWERED: MigrationRule = {
  id: 'previous-version-unanswered',
  severity: 'warning',
  phase: 'contract',
  title: 'The version before the running one is still answered where somebody may go back to it.',
  why: 'The statements of an older version are known (--previous): what was there for them before these migrations is not any more. A rollback '
    + 'past the running version then meets errors (42P01, 42703, 23502) instead of the state that it was made for. Keep what it needs as long as '
    + 'such a rollback is wanted, or say that it is not.',
  sources: ['https://martinfowler.com/bliki/ParallelChange.html', 'https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  given: ORDERS,
  previous: 'SELECT id, note FROM orders WHERE id = $1;',
  bad: 'ALTER TABLE orders DROP COLUMN note;',
  good: 'ALTER TABLE orders ADD COLUMN remark text;',
  check: () => [],
  checkEnd: ({ application, before, catalog }) => (application.previous ?? []).flatMap((query) => {
    const failure = failureOf(query, before) === undefined ? failureOf(query, catalog) : undefined;
    return failure === undefined ? [] : [{
      query, message: `the version before the running one ${failure} when all migrations are done`, fix: 'keep it until nobody goes back to that version',
    }];
  }),
};
