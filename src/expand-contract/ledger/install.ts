import { createHash } from 'crypto';
import { ADVANCE_FUNCTION } from './advance-function';
import { BATCH_FUNCTIONS } from './batch-functions';
import { COMMAND_FUNCTIONS } from './command-functions';
import { DECLARE_FUNCTION } from './declare-function';
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
const LEDGER = [
  'SELECT pg_advisory_xact_lock(hashtextextended(\'zero_downtime install\', 0));',
  LEDGER_TABLES,
  OUTCOME,
  DECLARE_FUNCTION,
  KEY_FUNCTION,
  WALK_FUNCTIONS,
  REQUIRE_FUNCTIONS,
  REPLACE_FUNCTIONS,
  THROTTLE_FUNCTION,
  UNIT_FUNCTIONS,
  INDEX_FUNCTIONS,
  BATCH_FUNCTIONS,
  OLD_WRITE_FUNCTION,
  GATE_FUNCTIONS,
  COMMAND_FUNCTIONS,
  ADVANCE_FUNCTION,
].join('\n');

/** The version of the ledger, as its schema is commented with: whoever finds another one installs its own. */
export const LEDGER_VERSION = createHash('sha256').update(LEDGER).digest('hex').slice(0, 16);

/** What a database needs to run phased migrations, as one script for one transaction; run again, it changes nothing. */
export const INSTALL = `${LEDGER}\nCOMMENT ON SCHEMA zero_downtime IS ${quoteLiteral(LEDGER_VERSION)};\n`;
