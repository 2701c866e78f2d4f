/**
 * Why the old version may still be there, or nothing where there is evidence that it is gone: no session of an older epoch, no write in the old
 * shape for a while, and as long a while since the new version may start, and since such sessions are looked for. Where somebody is to agree, that
 * comes last, so that the evidence is known.
 *
 * A session without a name, or with the one that its driver gives it, counts as an old one where sessions of the service are told by name: who cannot
 * be seen is not gone. A write of the old shape by a session of the new version is none of the old one: it has left out a column that has a default.
 */
export const GATE_FUNCTIONS = `
-- The epoch that a session of a service tells by its name: -1 where it tells none, nothing where it is no session of that service.
CREATE OR REPLACE FUNCTION zero_downtime.epoch_of(session_name text, service text) RETURNS integer LANGUAGE sql IMMUTABLE AS $zd$
  SELECT CASE WHEN starts_with(session_name, service || '@') THEN coalesce(substring(session_name FROM '@([0-9]{1,9})$')::integer, -1) END
$zd$;

-- Whether a session may be anybody's: those of pgjdbc, r2dbc-postgresql, Vert.x and postgres.js have a name before anybody gives them one.
CREATE OR REPLACE FUNCTION zero_downtime.tells_nobody(session_name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $zd$
  SELECT session_name IN ('', 'PostgreSQL JDBC Driver', 'r2dbc-postgresql', 'vertx-pg-client', 'postgres.js')
$zd$;

-- The session of an older version that is there, or was a while ago, or the pod that may have one; or for how long nobody has looked.
CREATE OR REPLACE FUNCTION zero_downtime.old_session(wanted text, quiet interval, settings jsonb) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  service_name text := settings ->> 'service';
  new_epoch integer := (settings ->> 'epoch')::integer;
  found_session record;
  watched zero_downtime.watch;
  started record;
BEGIN
  INSERT INTO zero_downtime.watch (migration) VALUES (wanted) ON CONFLICT (migration) DO NOTHING;
  -- Of another role's session a role without rights sees the name, but not what kind of session it is; those of the server itself have no user.
  SELECT pid, application_name INTO found_session FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
      AND coalesce(zero_downtime.epoch_of(application_name, service_name) < new_epoch, zero_downtime.tells_nobody(application_name) AND (settings ->> 'namelessIsOld')::boolean)
    ORDER BY application_name DESC LIMIT 1;
  IF FOUND THEN
    UPDATE zero_downtime.watch SET seen_at = clock_timestamp(), seen = coalesce(nullif(found_session.application_name, ''), 'no name') WHERE migration = wanted RETURNING * INTO watched;
    RETURN format('session %s of %s is there, %s %s@%s', found_session.pid, watched.seen,
      CASE WHEN zero_downtime.tells_nobody(found_session.application_name) THEN 'which may be older than' ELSE 'older than' END, service_name, new_epoch);
  END IF;
  SELECT * INTO watched FROM zero_downtime.watch WHERE migration = wanted;
  IF watched.seen_at + quiet > clock_timestamp() THEN
    RETURN format('a session of %s was there %s ago, and %s without are waited', watched.seen, date_trunc('seconds', clock_timestamp() - watched.seen_at), quiet);
  END IF;
  SELECT epoch, at INTO started FROM zero_downtime.start AS s WHERE s.service = service_name AND s.epoch < new_epoch AND s.at + quiet > clock_timestamp() ORDER BY at DESC LIMIT 1;
  IF FOUND THEN
    RETURN format('a pod of %s@%s was started %s ago, and %s without are waited', service_name, started.epoch, date_trunc('seconds', clock_timestamp() - started.at), quiet);
  END IF;
  IF watched.since + quiet > clock_timestamp() THEN
    RETURN format('sessions are watched for %s only, and %s are waited', date_trunc('seconds', clock_timestamp() - watched.since), quiet);
  END IF;
  RETURN NULL;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.old_version(m zero_downtime.migration, settings jsonb) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  quiet interval := (settings ->> 'quiet')::interval;
  last_write timestamptz;
  -- Looked for at each asking, whatever else is missing.
  reason text := CASE WHEN settings ->> 'service' IS NOT NULL THEN zero_downtime.old_session(m.name, quiet, settings) END;
BEGIN
  IF m.ready_at + quiet > clock_timestamp() THEN
    RETURN format('the new version may start for %s only, and %s are waited', date_trunc('seconds', clock_timestamp() - m.ready_at), quiet);
  END IF;
  SELECT max(at) INTO last_write FROM zero_downtime.old_write
    WHERE migration = m.name AND coalesce(zero_downtime.epoch_of(application_name, settings ->> 'service') < (settings ->> 'epoch')::integer, true);
  -- A session that has just noted one does not note the next.
  IF quiet > interval '0' AND last_write + quiet + interval '5 seconds' > clock_timestamp() THEN
    RETURN format('the old shape was written %s ago, which is noted every 5 seconds, and %s without are waited', date_trunc('seconds', clock_timestamp() - last_write), quiet);
  END IF;
  IF reason IS NOT NULL THEN
    RETURN reason;
  END IF;
  IF (settings ->> 'needsApproval')::boolean AND NOT EXISTS (SELECT 1 FROM zero_downtime.approval WHERE migration = m.name) THEN
    RETURN format('nobody has approved that the old shape goes: zero-downtime migrations approve %s', m.name);
  END IF;
  RETURN NULL;
END
$zd$;

-- From now on no version starts that is older than the one that asks.
CREATE OR REPLACE FUNCTION zero_downtime.end_older(settings jsonb) RETURNS void LANGUAGE sql AS $zd$
  INSERT INTO zero_downtime.service (name, least_epoch)
    SELECT settings ->> 'service', (settings ->> 'epoch')::integer WHERE settings ->> 'service' IS NOT NULL
    ON CONFLICT (name) DO UPDATE SET least_epoch = greatest(service.least_epoch, excluded.least_epoch)
$zd$;

-- Why a version may not start yet, or ever, or nothing where it may: 'wait' before what it needs is there, 'refuse' when what it knew has gone.
-- Its program's role asks, which need not see the ledger.
CREATE OR REPLACE FUNCTION zero_downtime.may_start(service_name text, epoch integer, needed text[], expanded_is_enough boolean, OUT answer text, OUT reason text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $zd$
DECLARE
  least integer;
  missing text;
BEGIN
  SELECT s.least_epoch INTO least FROM zero_downtime.service s WHERE s.name = service_name;
  IF least > epoch THEN
    answer := 'refuse';
    reason := format('%s@%s is older than the schema allows: what it needs was dropped for %s@%s; start that version or a later one', service_name, epoch, service_name, least);
    RETURN;
  END IF;
  SELECT format('%s is in phase %s', each, coalesce(m.phase, 'none: it is not declared yet')) INTO missing
    FROM unnest(needed) AS each LEFT JOIN zero_downtime.migration m ON m.name = each
    WHERE m.phase IS NULL OR NOT (m.phase IN ('ready', 'contract', 'contracted') OR (expanded_is_enough AND m.phase IN ('backfill', 'verify', 'complete'))) LIMIT 1;
  IF missing IS NOT NULL THEN
    answer := 'wait';
    reason := missing;
    RETURN;
  END IF;
  answer := 'start';
  -- Whoever only reads is let start all the same.
  IF current_setting('transaction_read_only') = 'off' THEN
    INSERT INTO zero_downtime.start AS s (service, epoch, at) VALUES (service_name, may_start.epoch, clock_timestamp())
      ON CONFLICT ON CONSTRAINT start_pkey DO UPDATE SET at = excluded.at;
  END IF;
END
$zd$;
GRANT EXECUTE ON FUNCTION zero_downtime.may_start(text, integer, text[], boolean) TO PUBLIC;
`;
