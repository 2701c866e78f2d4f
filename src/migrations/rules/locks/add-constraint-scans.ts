import { constraintInTwoSteps } from '../../rewrites/constraints';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A CHECK, a NOT NULL or a foreign key is added NOT VALID, and validated by itself. */
export const ADD_CONSTRAINT_SCANS: MigrationRule = {
  id: 'add-constraint-scans',
  severity: 'error',
  phase: 'expand',
  title: 'A CHECK, a NOT NULL or a foreign key is added NOT VALID, and validated by itself.',
  why: 'Without NOT VALID every row is checked in the same statement: a CHECK lets nobody read or write meanwhile, a foreign key lets '
    + 'nobody write either of its two tables. VALIDATE CONSTRAINT does the same under SHARE UPDATE EXCLUSIVE, which others read and write'
    + ' beside.',
  sources: [manualOf('sql-altertable'), 'https://squawkhq.com/docs/constraint-missing-not-valid'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);',
  good: 'ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;',
  check: (step) => blockingViolations(step, ({ command }) => ['ADD CHECK', 'ADD FOREIGN KEY', 'ADD NOT NULL'].includes(command),
    'add it NOT VALID, and validate it in a transaction of its own', constraintInTwoSteps),
};
