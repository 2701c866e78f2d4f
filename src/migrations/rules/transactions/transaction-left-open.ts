import { as } from '../../sql/node';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A transaction that a file opens is ended by it. */
export const TRANSACTION_LEFT_OPEN: MigrationRule = {
  id: 'transaction-left-open',
  severity: 'error',
  phase: 'expand',
  title: 'A transaction that a file opens is ended by it.',
  why: 'psql and most tools close the connection at the end of a file, and the server takes back what was not committed: the migration counts as done, '
    + 'and nothing of it is there. Where the connection stays open, its locks stay with it.',
  sources: [manualOf('sql-begin'), 'https://squawkhq.com/docs/ban-uncommitted-transaction'],
  given: ORDERS,
  bad: 'BEGIN;\nALTER TABLE orders ADD COLUMN extra jsonb;',
  good: 'BEGIN;\nALTER TABLE orders ADD COLUMN extra jsonb;\nCOMMIT;',
  check: ({ session, statement, later, actions }) => session.transaction === 'none' && opens(statement.node) && !later.some(ends) ? [{
    action: actions[0],
    message: 'no COMMIT follows in the file: what comes after it is taken back when the connection closes, or holds its locks until then',
    fix: 'COMMIT at the end',
  }] : [],
};

function opens(node: Parameters<typeof as>[0]): boolean {
  return ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'].includes(as(node, 'TransactionStmt')?.kind ?? '');
}

function ends(node: Parameters<typeof as>[0]): boolean {
  return ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK', 'TRANS_STMT_PREPARE'].includes(as(node, 'TransactionStmt')?.kind ?? '');
}
