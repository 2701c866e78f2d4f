import { createHash } from 'crypto';
import { ADVANCE_FUNCTION } from './advance-function';
import { BATCH_FUNCTIONS } from './batch-functions';
import { CARRY_FUNCTIONS } from './carry-functions';
import { COMMAND_FUNCTIONS } from './command-functions';
import { DECLARE_FUNCTION } from './declare-function';
import { DEFAULT_FUNCTIONS } from './default-functions';
import { GATE_FUNCTIONS } from './gate-functions';
import { INDEX_FUNCTIONS } from './index-function';
import { KEY_FUNCTION } from './key-function';
import { OLD_WRITE_FUNCTION } from './old-write-function';
import { REPLACE_FUNCTIONS } from './replace-functions';
import { REQUIRE_FUNCTIONS } from './require-functions';
import { LEDGER_TABLES } from './tables';
import { THROTTLE_FUNCTION } from './throttle-function';
import { UNIT_FUNCTIONS } from './unit-function';
import { WALK_FUNCTIONS } from './walk-function';
import { quoteLiteral } from '../../sql/quote';

const OUTCOME = `
DO $zd$ BEGIN
  IF to_regtype('zero_downtime.outcome') IS NULL THEN
    CREATE TYPE zero_downtime.outcome AS (state text, statement text, pause integer, note text, done bigint, total bigint);
  END IF;
END $zd$;

CREATE OR REPLACE FUNCTION zero_downtime.told(state text, note text, pause integer DEFAULT 0, statement text DEFAULT NULL, done bigint DEFAULT NULL,
    total bigint DEFAULT NULL) RETURNS zero_downtime.outcome LANGUAGE sql IMMUTABLE AS $zd$
  SELECT state, statement, pause, note, done, total
$zd$;
`;

/** Two that come at the same time would meet in the system's tables; the lock keeps them apart. */
const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended(\'zero_downtime install\', 0));';

const LEDGER = [
  LEDGER_TABLES,
  OUTCOME,
  DECLARE_FUNCTION,
  KEY_FUNCTION,
  WALK_FUNCTIONS,
  REQUIRE_FUNCTIONS,
  REPLACE_FUNCTIONS,
  DEFAULT_FUNCTIONS,
  THROTTLE_FUNCTION,
  UNIT_FUNCTIONS,
  INDEX_FUNCTIONS,
  CARRY_FUNCTIONS,
  BATCH_FUNCTIONS,
  OLD_WRITE_FUNCTION,
  GATE_FUNCTIONS,
  COMMAND_FUNCTIONS,
  ADVANCE_FUNCTION,
].join('\n');

/**
 * Raised with every release that changes the ledger: of two versions of this library that use one database, the one of the higher number installs
 * its own, and the other one works with that. So a function keeps its parameters, a setting that an older version does not give has a default, and
 * a column that comes later is added by ALTER TABLE … ADD COLUMN IF NOT EXISTS.
 */
const NUMBER = 1;

/** As the schema is commented with. */
export const LEDGER_VERSION = `${NUMBER} ${createHash('sha256').update(LEDGER).digest('hex').slice(0, 16)}`;

const COMMENT = 'coalesce(obj_description(to_regnamespace(\'zero_downtime\'), \'pg_namespace\'), \'\')';
const IS_NEWER = `coalesce(substring(${COMMENT} FROM '^([0-9]{1,9}) ')::integer, 0) > ${NUMBER}`;

/** Whether this ledger, or a newer one, is in the database, as SQL. */
export const IS_INSTALLED = `(${COMMENT} = ${quoteLiteral(LEDGER_VERSION)} OR ${IS_NEWER})`;

/** What a database needs to run phased migrations, as one script for one transaction; run again, it changes nothing. */
export const INSTALL = `${LOCK}
-- Whoever asks again finds it.
DO $zd$ BEGIN
  IF ${IS_NEWER} THEN
    RAISE EXCEPTION 'a newer ledger was installed meanwhile' USING ERRCODE = '40ZD0';
  END IF;
END $zd$;
${LEDGER}
COMMENT ON SCHEMA zero_downtime IS ${quoteLiteral(LEDGER_VERSION)};
`;
