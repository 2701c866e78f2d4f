import type { MigrationRule } from '../rule';
import { ADD_COLUMN_JSON } from './add-column-json';
import { ADD_COLUMN_REQUIRED } from './add-column-required';
import { CHECK_BINDS_RUNNING_VERSION } from './check-binds-running-version';
import { DROP_CASCADE } from './drop-cascade';
import { DROP_COLUMN } from './drop-column';
import { DROP_DEFAULT } from './drop-default';
import { DROP_NOT_NULL } from './drop-not-null';
import { DROP_TABLE } from './drop-table';
import { EXPAND_WITH_CONTRACT } from './expand-with-contract';
import { FUNCTION_LEFT_BEHIND } from './function-left-behind';
import { NEXT_VERSION_UNANSWERED } from './next-version-unanswered';
import { PREVIOUS_VERSION_UNANSWERED } from './previous-version-unanswered';
import { RENAME_COLUMN } from './rename-column';
import { RENAME_ENUM_VALUE } from './rename-enum-value';
import { RENAME_TABLE } from './rename-table';
import { ROW_SECURITY_HIDES_ROWS } from './row-security-hides-rows';
import { SELECT_STAR_PLANS } from './select-star-plans';
import { TRUNCATE_TABLE } from './truncate-table';

/** The rules of this folder. */
export const COMPATIBILITY_RULES: readonly MigrationRule[] = [
  ADD_COLUMN_JSON,
  ADD_COLUMN_REQUIRED,
  CHECK_BINDS_RUNNING_VERSION,
  DROP_CASCADE,
  DROP_COLUMN,
  DROP_DEFAULT,
  DROP_NOT_NULL,
  DROP_TABLE,
  EXPAND_WITH_CONTRACT,
  FUNCTION_LEFT_BEHIND,
  NEXT_VERSION_UNANSWERED,
  PREVIOUS_VERSION_UNANSWERED,
  RENAME_COLUMN,
  RENAME_ENUM_VALUE,
  RENAME_TABLE,
  ROW_SECURITY_HIDES_ROWS,
  SELECT_STAR_PLANS,
  TRUNCATE_TABLE,
];
