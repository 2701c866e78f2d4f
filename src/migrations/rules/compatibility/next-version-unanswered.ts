import { failureOf } from '../../application/application';
import { ORDERS } from '../examples';
import type { MigrationRule } from '../rule';

/** Whatever the next version asks for is there when the migrations are done. */
export const NEXT_VERSION_UNANSWERED: MigrationRule = {
  id: 'next-version-unanswered',
  severity: 'error',
  phase: 'expand',
  title: 'Whatever the next version asks for is there when the migrations are done.',
  why: 'The statements of the next version are known (--next): one of them names a table or a column that no migration makes, or that one has '
    + 'dropped, or inserts a row without a column that must have a value, and fails from the first request on (42P01, 42703, 23502).',
  sources: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  given: ORDERS,
  next: 'SELECT id, remark FROM orders WHERE id = $1;',
  bad: 'SELECT 1;',
  good: 'ALTER TABLE orders ADD COLUMN remark text;',
  check: () => [],
  checkEnd: ({ application, catalog }) => (application.next ?? []).flatMap((query) => {
    const failure = failureOf(query, catalog);
    return failure === undefined ? [] : [{
      query, message: `the next version ${failure} when all migrations are done`, fix: 'add it in a migration, or correct the statement',
    }];
  }),
};
