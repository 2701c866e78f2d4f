import type { MigrationRule } from '../rule';
import { CONCURRENTLY_IN_TRANSACTION } from './concurrently-in-transaction';
import { CONCURRENTLY_LOCK_TIMEOUT } from './concurrently-lock-timeout';
import { ENUM_VALUE_IN_TRANSACTION } from './enum-value-in-transaction';
import { INVALID_INDEX_STAYS } from './invalid-index-stays';
import { MISSING_LOCK_TIMEOUT } from './missing-lock-timeout';
import { MISSING_STATEMENT_TIMEOUT } from './missing-statement-timeout';
import { OPAQUE_STATEMENT } from './opaque-statement';
import { SERVER_REFUSES } from './server-refuses';
import { STATEMENT_TIMEOUT_CUTS_WORK } from './statement-timeout-cuts-work';
import { TRANSACTION_IN_TRANSACTION } from './transaction-in-transaction';
import { TRANSACTION_LEFT_OPEN } from './transaction-left-open';
import { VALIDATE_IN_SAME_TRANSACTION } from './validate-in-same-transaction';
import { WHOLE_TABLE_WRITE } from './whole-table-write';
import { WORK_UNDER_LOCK } from './work-under-lock';

/** The rules of this folder. */
export const TRANSACTION_RULES: readonly MigrationRule[] = [
  CONCURRENTLY_IN_TRANSACTION,
  CONCURRENTLY_LOCK_TIMEOUT,
  ENUM_VALUE_IN_TRANSACTION,
  INVALID_INDEX_STAYS,
  MISSING_LOCK_TIMEOUT,
  MISSING_STATEMENT_TIMEOUT,
  OPAQUE_STATEMENT,
  SERVER_REFUSES,
  STATEMENT_TIMEOUT_CUTS_WORK,
  TRANSACTION_IN_TRANSACTION,
  TRANSACTION_LEFT_OPEN,
  VALIDATE_IN_SAME_TRANSACTION,
  WHOLE_TABLE_WRITE,
  WORK_UNDER_LOCK,
];
