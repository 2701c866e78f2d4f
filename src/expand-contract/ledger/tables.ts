/**
 * What is kept of phased migrations, in the database that they change: so whoever runs them next, wherever, knows what was done.
 *
 * Rows are written in the transaction that does what they say. Nothing here holds what the program's tables hold, but keys of rows that differ.
 */
export const LEDGER_TABLES = `
CREATE SCHEMA IF NOT EXISTS zero_downtime;
-- Triggers call a function of it on behalf of every writer; its tables stay closed.
GRANT USAGE ON SCHEMA zero_downtime TO PUBLIC;

CREATE TABLE IF NOT EXISTS zero_downtime.migration (
  name text PRIMARY KEY,
  content_hash text NOT NULL,
  definition jsonb NOT NULL,
  phase text NOT NULL DEFAULT 'expand'
    CHECK (phase IN ('expand', 'backfill', 'verify', 'complete', 'ready', 'contract', 'contracted', 'abort', 'aborted')),
  declared_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ready_at timestamptz,
  ended_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  note text,
  -- The index whose build has begun: one of that name that was there before is somebody else's.
  building text
);

CREATE TABLE IF NOT EXISTS zero_downtime.unit_done (
  migration text NOT NULL REFERENCES zero_downtime.migration ON DELETE CASCADE,
  phase text NOT NULL,
  position integer NOT NULL,
  title text NOT NULL,
  started_at timestamptz NOT NULL,
  done_at timestamptz NOT NULL,
  PRIMARY KEY (migration, phase, position)
);

CREATE TABLE IF NOT EXISTS zero_downtime.walk (
  migration text NOT NULL REFERENCES zero_downtime.migration ON DELETE CASCADE,
  phase text NOT NULL,
  key_columns text[] NOT NULL,
  key_types text[] NOT NULL,
  reached text[],
  bound text[],
  rows_seen bigint NOT NULL DEFAULT 0,
  rows_written bigint NOT NULL DEFAULT 0,
  rows_total bigint NOT NULL,
  batch integer NOT NULL,
  batches bigint NOT NULL DEFAULT 0,
  -- Whether rows of neighbouring keys lie on the same pages.
  is_in_order boolean NOT NULL DEFAULT true,
  -- Where the span of rows ends that is being written, how many rows and batches it has, and how many of these are left.
  upto text[],
  span_rows bigint NOT NULL DEFAULT 0,
  span_batches integer NOT NULL DEFAULT 1,
  batches_left integer NOT NULL DEFAULT 0,
  -- How many spans are written in one batch, because nothing was won by more, until that is tried again.
  plain_spans integer NOT NULL DEFAULT 0,
  -- Rows that have left an old one behind, and entries of indexes, since the table was vacuumed.
  rows_moved bigint NOT NULL DEFAULT 0,
  content_old numeric NOT NULL DEFAULT 0,
  content_new numeric NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  PRIMARY KEY (migration, phase)
);

CREATE TABLE IF NOT EXISTS zero_downtime.mismatch (
  migration text NOT NULL REFERENCES zero_downtime.migration ON DELETE CASCADE,
  key text[] NOT NULL,
  found_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Without a key, as two sessions that note the same moment must never wait for each other.
CREATE TABLE IF NOT EXISTS zero_downtime.old_write (
  migration text NOT NULL,
  at timestamptz NOT NULL,
  application_name text NOT NULL
);
CREATE INDEX IF NOT EXISTS old_write_migration_at_idx ON zero_downtime.old_write (migration, at);

-- Since when sessions of the old version are looked for, and when one was seen last: whoever is not connected at one moment may be at the next.
CREATE TABLE IF NOT EXISTS zero_downtime.watch (
  migration text PRIMARY KEY REFERENCES zero_downtime.migration ON DELETE CASCADE,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz,
  seen text
);

-- When pods of a version were let start last.
CREATE TABLE IF NOT EXISTS zero_downtime.start (
  service text NOT NULL,
  epoch integer NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (service, epoch)
);

-- What a person has agreed to, where contract waits for one.
CREATE TABLE IF NOT EXISTS zero_downtime.approval (
  migration text PRIMARY KEY REFERENCES zero_downtime.migration ON DELETE CASCADE,
  approved_by text NOT NULL,
  approved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Indexes and constraints that were made for a column because the one that it replaces has them, whose names they get when that one goes.
CREATE TABLE IF NOT EXISTS zero_downtime.carried (
  migration text NOT NULL REFERENCES zero_downtime.migration ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('index', 'constraint', 'reference')),
  on_table oid NOT NULL,
  old_id oid NOT NULL,
  old_name text NOT NULL,
  new_name text NOT NULL,
  -- Of which constraint the old index is.
  stands_for text CHECK (stands_for IN ('PRIMARY KEY', 'UNIQUE')),
  -- Whether rows are known to replicas by it.
  is_identity boolean NOT NULL DEFAULT false,
  PRIMARY KEY (migration, kind, on_table, new_name)
);

CREATE TABLE IF NOT EXISTS zero_downtime.service (
  name text PRIMARY KEY,
  least_epoch integer NOT NULL
);
`;
