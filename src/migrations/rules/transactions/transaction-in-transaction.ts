import { as } from '../../sql/node';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A file that its tool runs in a transaction neither opens nor ends one. */
export const TRANSACTION_IN_TRANSACTION: MigrationRule = {
  id: 'transaction-in-transaction',
  severity: 'warning',
  phase: 'expand',
  title: 'A file that its tool runs in a transaction neither opens nor ends one.',
  why: 'BEGIN within a transaction does nothing but warn, and COMMIT ends the one that the tool opened: what follows runs without any, and the tool '
    + 'cannot take back a half of the file, nor write down safely that it was run.',
  sources: [manualOf('sql-begin'), 'https://squawkhq.com/docs/transaction-nesting'],
  given: ORDERS,
  bad: 'BEGIN;\nBEGIN;\nALTER TABLE orders ADD COLUMN extra jsonb;\nCOMMIT;',
  good: 'BEGIN;\nALTER TABLE orders ADD COLUMN extra jsonb;\nCOMMIT;',
  check: ({ session, statement, actions }) => {
    const kind = as(statement.node, 'TransactionStmt')?.kind ?? '';
    const isNested = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'].includes(kind) && session.transaction !== 'none';
    const endsAnothers = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK'].includes(kind) && session.transaction === 'runner';
    return isNested || endsAnothers ? [{
      action: actions[0],
      message: `${isNested ? 'a transaction is open already' : 'the transaction is the tool\'s'}${session.transaction === 'runner' && isNested ? ', opened by the tool' : ''}`
        + `${isNested ? ', and the server only warns' : ', and ends here: what follows runs in none'}`,
      fix: session.transaction === 'runner' ? 'leave BEGIN and COMMIT to the tool, or tell it to run the file without a transaction' : 'remove it',
    }] : [];
  },
};
