import type { MigrationRule } from '../rule';
import { ADD_COLUMN_CONSTRAINT } from './add-column-constraint';
import { ADD_COLUMN_REWRITES } from './add-column-rewrites';
import { ADD_CONSTRAINT_SCANS } from './add-constraint-scans';
import { ADD_EXCLUSION_CONSTRAINT } from './add-exclusion-constraint';
import { ADD_KEY_BUILDS_INDEX } from './add-key-builds-index';
import { ALTER_DOMAIN_SCANS } from './alter-domain-scans';
import { ALTER_TYPE_RECHECKS } from './alter-type-rechecks';
import { ALTER_TYPE_REWRITES } from './alter-type-rewrites';
import { ATTACH_PARTITION_SCANS } from './attach-partition-scans';
import { CREATE_INDEX_BLOCKS_WRITES } from './create-index-blocks-writes';
import { DETACH_PARTITION_BLOCKS } from './detach-partition-blocks';
import { DROP_INDEX_BLOCKS } from './drop-index-blocks';
import { LOCK_TABLE } from './lock-table';
import { PARTITION_OF_LOCKS_PARENT } from './partition-of-locks-parent';
import { REFRESH_BLOCKS_READERS } from './refresh-blocks-readers';
import { REINDEX_BLOCKS } from './reindex-blocks';
import { SET_NOT_NULL_SCANS } from './set-not-null-scans';
import { TABLE_REWRITE } from './table-rewrite';

/** The rules of this folder. */
export const LOCK_RULES: readonly MigrationRule[] = [
  ADD_COLUMN_CONSTRAINT,
  ADD_COLUMN_REWRITES,
  ADD_CONSTRAINT_SCANS,
  ADD_EXCLUSION_CONSTRAINT,
  ADD_KEY_BUILDS_INDEX,
  ALTER_DOMAIN_SCANS,
  ALTER_TYPE_RECHECKS,
  ALTER_TYPE_REWRITES,
  ATTACH_PARTITION_SCANS,
  CREATE_INDEX_BLOCKS_WRITES,
  DETACH_PARTITION_BLOCKS,
  DROP_INDEX_BLOCKS,
  LOCK_TABLE,
  PARTITION_OF_LOCKS_PARENT,
  REFRESH_BLOCKS_READERS,
  REINDEX_BLOCKS,
  SET_NOT_NULL_SCANS,
  TABLE_REWRITE,
];
